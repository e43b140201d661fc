// Questions and answers: whose turn it is, and who renders whom.
#include "services/ingest/transcript/course.h"
#include "services/ingest/transcript/cues.h"

namespace earshot::transcript {
namespace {

// Investor relations introduce and thank; who says more answers.
constexpr size_t kModerationBytes = 400;

}  // namespace

Course::Voice Course::JudgeTurn(const Heard& heard) {
  switch (turn_) {
    case Turn::kNone:
      return JudgeOutsideTurns(heard);
    case Turn::kAnnounced:
      return Ask(heard);
    case Turn::kQuestion:
      return JudgeAfterQuestion(heard);
    case Turn::kQuestionRendered:
      return JudgeAfterRenderedQuestion(heard);
    case Turn::kAnswer:
      return JudgeAfterAnswer(heard);
    case Turn::kAnswerRendered:
      return JudgeAfterRenderedAnswer(heard);
  }
  return {};
}

// Nobody has been announced: the label, else the words.
Course::Voice Course::JudgeOutsideTurns(const Heard& heard) {
  const v1::SpeakerRole role = heard.labelled ? people_[*heard.labelled].role : v1::SPEAKER_ROLE_UNSPECIFIED;
  if (role == v1::SPEAKER_ROLE_INTERPRETER) return Render(heard, Turn::kAnswerRendered);
  const bool stranger =
      heard.labelled && role == v1::SPEAKER_ROLE_UNSPECIFIED && !have_spoken_.contains(*heard.labelled);
  if (role == v1::SPEAKER_ROLE_ANALYST || ((stranger || heard.label.anonymous) && SoundsLikeQuestion(heard.text))) {
    asker_ = heard.labelled;
    return Ask(heard);
  }
  std::optional<size_t> person = heard.labelled;
  for (const auto& [label, bound] : bindings_) {
    if (!person && label == heard.label_key) person = bound;
  }
  return {.role = v1::SPEAKER_ROLE_MANAGEMENT, .person = person};
}

Course::Voice Course::JudgeAfterQuestion(const Heard& heard) {
  const bool same_label = heard.label_key == asker_label_;
  if (heard.language.empty()) return same_label ? Ask(heard) : Answer(heard);
  if (original_.language.empty()) return same_label ? Render(heard, Turn::kQuestionRendered) : Answer(heard);
  if (heard.language == original_.language) return same_label || IsAsker(heard) ? Ask(heard) : Answer(heard);
  const auto behind = FindAnswerBehindQuestion(heard.text);
  if (behind && *behind > 0 && *behind < heard.text.size() / 2) return Answer(heard);
  const bool answers = BeginsLikeAnswer(heard.text) && !behind;
  return SoundsLikeQuestion(heard.text) && !answers ? Render(heard, Turn::kQuestionRendered) : Answer(heard);
}

Course::Voice Course::JudgeAfterRenderedQuestion(const Heard& heard) {
  if (heard.language.empty()) return Answer(heard);
  if (heard.language != rendered_language_) {
    const bool goes_on = IsAsker(heard) || (heard.label.anonymous && heard.label_key == asker_label_);
    return goes_on && !BeginsLikeAnswer(heard.text) && SoundsLikeQuestion(heard.text) ? Ask(heard) : Answer(heard);
  }
  const bool other_label = heard.label_key != last_label_;
  const bool answers = BeginsLikeAnswer(heard.text) || (rendering_complete_ && other_label);
  return answers ? Answer(heard) : Render(heard, Turn::kQuestionRendered);
}

Course::Voice Course::JudgeAfterAnswer(const Heard& heard) {
  if (IsAsker(heard)) return IsAcknowledgement(heard.text) ? Voice{v1::SPEAKER_ROLE_ANALYST, asker_} : Ask(heard);
  if (heard.language.empty()) return Answer(heard);
  if (heard.language != original_.language) return Render(heard, Turn::kAnswerRendered);
  const std::pair voice(heard.label_key, heard.language);
  const bool interpreter =
      heard.label_key != original_.label && interpreted_.contains(voice) && !answered_.contains(voice);
  if (interpreter) return Render(heard, Turn::kAnswerRendered);
  const bool asks_again = heard.label.anonymous && heard.label_key == asker_label_ &&
                          heard.label_key != original_.label && SoundsLikeQuestion(heard.text);
  return asks_again ? Ask(heard) : Answer(heard);
}

Course::Voice Course::JudgeAfterRenderedAnswer(const Heard& heard) {
  if (IsAsker(heard) && heard.label_key != last_label_) {
    return IsAcknowledgement(heard.text) ? Voice{v1::SPEAKER_ROLE_ANALYST, asker_} : Ask(heard);
  }
  if (heard.language != rendered_language_) return Answer(heard);
  if (heard.label_key == last_label_) return Render(heard, Turn::kAnswerRendered);
  if (heard.label.anonymous) {
    const bool lost_original =
        heard.label_key == original_.label && !interpreted_.contains({heard.label_key, heard.language});
    return lost_original ? Answer(heard) : Render(heard, Turn::kAnswerRendered);
  }
  const bool other_manager = heard.labelled && people_[*heard.labelled].role == v1::SPEAKER_ROLE_MANAGEMENT;
  return other_manager ? Answer(heard) : Render(heard, Turn::kAnswerRendered);
}

Course::Voice Course::Ask(const Heard& heard) {
  const bool begins = turn_ != Turn::kQuestion || original_.language.empty();
  if (begins) original_ = {heard.utterance.sequence(), heard.language, heard.label_key};
  if (turn_ != Turn::kQuestion) asker_label_ = heard.label_key;
  // The name in the label is better spelt than the one that was called out; the firm is the announced one.
  if (turn_ == Turn::kAnnounced && heard.labelled && heard.labelled != asker_ &&
      people_[*heard.labelled].role != v1::SPEAKER_ROLE_MANAGEMENT) {
    const std::string firm = asker_ ? people_[*asker_].firm : "";
    asker_ = people_.Learn({.name = people_[*heard.labelled].name, .firm = firm, .role = v1::SPEAKER_ROLE_ANALYST});
  }
  turn_ = Turn::kQuestion;
  return {.role = v1::SPEAKER_ROLE_ANALYST, .person = asker_};
}

Course::Voice Course::Answer(const Heard& heard) {
  const bool goes_on = turn_ == Turn::kAnswer && original_.language == heard.language;
  if (!goes_on) original_ = {heard.utterance.sequence(), heard.language, heard.label_key};
  original_.label = heard.label_key;
  turn_ = Turn::kAnswer;
  answered_.emplace(heard.label_key, heard.language);
  const auto person = Answerer(heard);
  if (person) answerer_ = person;
  return {.role = v1::SPEAKER_ROLE_MANAGEMENT, .person = person};
}

Course::Voice Course::Render(const Heard& heard, Turn turn) {
  turn_ = turn;
  rendered_language_ = heard.language;
  rendering_complete_ = EndsLikeQuestion(heard.text);
  interpreted_.emplace(heard.label_key, heard.language);
  // "This is Jane": the words of whom is rendered.
  const auto named = people_.Find(FindSelfIntroduction(heard.text));
  if (turn == Turn::kAnswerRendered && named && named != asker_) answerer_ = named;
  return {.role = v1::SPEAKER_ROLE_INTERPRETER, .translation_of = original_.first_sequence};
}

bool Course::IsAsker(const Heard& heard) const { return heard.labelled && heard.labelled == asker_; }

// A label that is a name counts, but for investor relations, who do not answer at length, and for the asker's own.
std::optional<size_t> Course::Answerer(const Heard& heard) const {
  if (const auto named = people_.Find(FindSelfIntroduction(heard.text)); named && named != asker_) return named;
  if (!heard.labelled) return heard.label_key == original_.label ? answerer_ : std::nullopt;
  const Person& labelled = people_[*heard.labelled];
  if (labelled.role == v1::SPEAKER_ROLE_ANALYST || labelled.role == v1::SPEAKER_ROLE_OPERATOR) return answerer_;
  if (IsInvestorRelations(labelled) && heard.text.size() > kModerationBytes && answerer_) return answerer_;
  return heard.labelled;
}

}  // namespace earshot::transcript
