#include "services/ingest/transcript/course.h"

#include "common/text/language.h"
#include "services/ingest/transcript/cues.h"

namespace earshot::transcript {
namespace {

// A greeting: who says no more than this may go on under another label.
constexpr size_t kGreetingBytes = 120;

// BCP 47 for what was said in a language that the transcript does not hold.
constexpr std::string_view kUndetermined = "und";

// "Operator", "Interpreter": a role where a name would stand.
v1::SpeakerRole RoleOfLabel(std::string_view name) {
  const v1::SpeakerRole role = RoleOfTitle(name);
  return role == v1::SPEAKER_ROLE_MANAGEMENT ? v1::SPEAKER_ROLE_UNSPECIFIED : role;
}

}  // namespace

Course::Heard Course::Hear(const v1::Utterance& utterance) {
  Heard heard{.utterance = utterance, .text = utterance.text()};
  const bool placeholder = IsPlaceholder(heard.text);
  if (!placeholder) {
    heard.language =
        utterance.language().empty() ? std::string(LanguageCode(DetectLanguage(heard.text))) : utterance.language();
  }
  const v1::Speaker& speaker = utterance.speaker();
  heard.label = ParseLabel(speaker.name().empty() ? speaker.label() : speaker.name(), speaker.title());
  heard.label_key = heard.label.name;
  if (heard.label.anonymous) return heard;
  v1::SpeakerRole role = RoleOfTitle(heard.label.title);
  if (role == v1::SPEAKER_ROLE_UNSPECIFIED) role = RoleOfLabel(heard.label.name);
  heard.labelled = people_.Learn(
      {.name = heard.label.name, .title = WriteOutTitle(heard.label.title), .firm = speaker.firm(), .role = role});
  return heard;
}

void Course::Follow(v1::Utterance& utterance) {
  const Heard heard = Hear(utterance);
  if (heard.label.anonymous && heard.label.name.empty()) {
    EnterUnlabelledSection(heard);
  } else {
    EnterSection(heard);
  }
  const Voice voice = Judge(heard);
  Remember(heard, voice);

  v1::Speaker& speaker = *utterance.mutable_speaker();
  if (voice.person && voice.role != v1::SPEAKER_ROLE_INTERPRETER) {
    const Person& person = people_[*voice.person];
    if (speaker.name().empty() && person.role != v1::SPEAKER_ROLE_OPERATOR) speaker.set_name(person.name);
    speaker.set_title(person.title);
    if (speaker.firm().empty() && voice.role == v1::SPEAKER_ROLE_ANALYST) speaker.set_firm(person.firm);
  } else if (speaker.name().empty()) {
    speaker.clear_title();  // the label's, who does not speak
  }
  speaker.set_role(voice.role);
  if (utterance.section() == v1::SECTION_UNSPECIFIED) utterance.set_section(section_);
  if (utterance.language().empty()) {
    utterance.set_language(heard.language.empty() ? std::string(kUndetermined) : heard.language);
  }
  if (utterance.translation_of() == 0) utterance.set_translation_of(voice.translation_of);
}

// ---------------------------------------------------------------- sections

void Course::EnterSection(const Heard& heard) {
  const bool announced = FindAnnouncement(heard.text).has_value();
  const bool prepared = section_ == v1::SECTION_PREPARED_REMARKS;
  if (announced || questions_opened_ || (prepared && InstructsToAsk(heard.text))) {
    if (section_ != v1::SECTION_CLOSING || announced) section_ = v1::SECTION_QUESTIONS_AND_ANSWERS;
    questions_opened_ = false;
  } else if (LeavesIntroduction(heard)) {
    section_ = v1::SECTION_PREPARED_REMARKS;
  } else if (section_ == v1::SECTION_INTRODUCTION && IsSafeHarbor(heard.text)) {
    section_ = v1::SECTION_SAFE_HARBOR;
  }
  const bool may_close = section_ == v1::SECTION_QUESTIONS_AND_ANSWERS || section_ == v1::SECTION_PREPARED_REMARKS;
  if (may_close && !announced && turn_ != Turn::kAnnounced && turn_ != Turn::kQuestion && ClosesCall(heard.text)) {
    section_ = v1::SECTION_CLOSING;
  }
  if (section_ == v1::SECTION_PREPARED_REMARKS && OpensQuestions(heard.text)) questions_opened_ = true;
}

bool Course::LeavesIntroduction(const Heard& heard) const {
  if (section_ != v1::SECTION_INTRODUCTION && section_ != v1::SECTION_SAFE_HARBOR) return false;
  if (last_role_ == v1::SPEAKER_ROLE_UNSPECIFIED || last_role_ == v1::SPEAKER_ROLE_OPERATOR) return false;
  if (SoundsLikeOperator(heard.text) || IsSafeHarbor(heard.text)) return false;
  if (heard.label_key != last_label_ || (handed_to_ && handed_to_ != speaking_)) return true;
  return !SoundsLikeSafeHarbor(heard.text) && !SoundsLikeIntroduction(heard.text);
}

// A sentence a line: each is of the section that it sounds like.
void Course::EnterUnlabelledSection(const Heard& heard) {
  if (section_ == v1::SECTION_QUESTIONS_AND_ANSWERS) {
    if (turn_ == Turn::kNone && ClosesCall(heard.text)) section_ = v1::SECTION_CLOSING;
    return;
  }
  const bool begun = section_ == v1::SECTION_PREPARED_REMARKS;
  if (FindAnnouncement(heard.text) || (questions_opened_ && InstructsToAsk(heard.text))) {
    section_ = v1::SECTION_QUESTIONS_AND_ANSWERS;
  } else if (IsSafeHarbor(heard.text) || (!begun && SoundsLikeSafeHarbor(heard.text))) {
    section_ = v1::SECTION_SAFE_HARBOR;
  } else if (!begun && SoundsLikeIntroduction(heard.text)) {
    section_ = v1::SECTION_INTRODUCTION;
  } else {
    section_ = v1::SECTION_PREPARED_REMARKS;
  }
  if (OpensQuestions(heard.text)) questions_opened_ = true;
}

// ---------------------------------------------------------------- who speaks

Course::Voice Course::Judge(const Heard& heard) {
  if (heard.utterance.speaker().role() != v1::SPEAKER_ROLE_UNSPECIFIED || !heard.utterance.speaker().name().empty()) {
    return JudgeKnown(heard);
  }
  if (auto voice = JudgeOperator(heard)) return *voice;
  if (section_ != v1::SECTION_QUESTIONS_AND_ANSWERS) return JudgeRemarks(heard);
  if (auto voice = JudgeModerator(heard)) return *voice;
  return JudgeTurn(heard);
}

// The client knows the role or the name.
Course::Voice Course::JudgeKnown(const Heard& heard) {
  v1::SpeakerRole role = heard.utterance.speaker().role();
  if (role == v1::SPEAKER_ROLE_UNSPECIFIED && heard.labelled) role = people_[*heard.labelled].role;
  const bool asking = section_ == v1::SECTION_QUESTIONS_AND_ANSWERS;
  switch (role) {
    case v1::SPEAKER_ROLE_INTERPRETER: {
      const Turn rendered = turn_ == Turn::kQuestion || turn_ == Turn::kQuestionRendered ? Turn::kQuestionRendered
                                                                                         : Turn::kAnswerRendered;
      return Render(heard, rendered);
    }
    case v1::SPEAKER_ROLE_ANALYST:
      section_ = v1::SECTION_QUESTIONS_AND_ANSWERS;
      if (!IsAsker(heard)) asker_ = heard.labelled;
      return Ask(heard);
    case v1::SPEAKER_ROLE_UNSPECIFIED:
    case v1::SPEAKER_ROLE_MANAGEMENT:
      if (asking && !CallsForQuestion(heard.text)) {
        Voice voice = Answer(heard);
        voice.person = heard.labelled;
        return voice;
      }
      return {.role = v1::SPEAKER_ROLE_MANAGEMENT, .person = heard.labelled};
    default:
      return {.role = role, .person = heard.labelled};
  }
}

std::optional<Course::Voice> Course::JudgeOperator(const Heard& heard) {
  const bool by_label = heard.labelled && people_[*heard.labelled].role == v1::SPEAKER_ROLE_OPERATOR;
  const bool may_be = heard.label.anonymous && (SoundsLikeOperator(heard.text) || FindAnnouncement(heard.text));
  if (!by_label && !may_be) return std::nullopt;
  return Voice{.role = v1::SPEAKER_ROLE_OPERATOR, .person = heard.labelled};
}

// Somebody of the company who leads through the questions.
std::optional<Course::Voice> Course::JudgeModerator(const Heard& heard) {
  const bool announces = FindAnnouncement(heard.text).has_value();
  if (!CallsForQuestion(heard.text) && !announces) return std::nullopt;
  if (!announces && heard.labelled && people_[*heard.labelled].role == v1::SPEAKER_ROLE_ANALYST) return std::nullopt;
  Voice voice{.role = v1::SPEAKER_ROLE_MANAGEMENT, .person = heard.labelled};
  if (!voice.person) voice.person = people_.FindByTitle("investor relations");
  return voice;
}

Course::Voice Course::JudgeRemarks(const Heard& heard) {
  const std::optional<size_t> person = heard.labelled ? heard.labelled : UnnamedSpeaker(heard);
  v1::SpeakerRole role = person ? people_[*person].role : v1::SPEAKER_ROLE_UNSPECIFIED;
  if (role == v1::SPEAKER_ROLE_UNSPECIFIED) role = v1::SPEAKER_ROLE_MANAGEMENT;
  return {.role = role, .person = person};
}

// Outside questions and answers, under a label that is no name.
std::optional<size_t> Course::UnnamedSpeaker(const Heard& heard) {
  if (section_ == v1::SECTION_CLOSING) return people_.FindByTitle("investor relations");
  const bool labelled = !heard.label_key.empty();
  if (handed_to_ && (!labelled || heard.label_key != last_label_)) return handed_to_;
  if (!labelled) return speaking_;
  if (heard.label_key == last_label_ && last_role_ != v1::SPEAKER_ROLE_OPERATOR) return speaking_;
  for (const auto& [label, person] : bindings_) {
    if (label == heard.label_key) return person;
  }
  const auto thanked = people_.Find(FindThanksTo(heard.text));
  if (thanked && thanked == speaking_) return NextInLine();
  if (speaking_ && spoken_bytes_ <= kGreetingBytes) return speaking_;
  return std::nullopt;
}

// After somebody who handed over to nobody by name: the finance chief, else nobody that one could know.
std::optional<size_t> Course::NextInLine() const {
  const auto finance = people_.FindByTitle("chief financial");
  if (finance && finance != speaking_ && !have_spoken_.contains(*finance)) return finance;
  return std::nullopt;
}

// What the utterance makes of the course for the ones that follow.
void Course::Remember(const Heard& heard, const Voice& voice) {
  for (const Person& person : FindParticipants(heard.text)) people_.Learn(person);
  if (const auto announced = FindAnnouncement(heard.text); announced && voice.role != v1::SPEAKER_ROLE_ANALYST) {
    asker_ = people_.Learn(*announced);
    turn_ = Turn::kAnnounced;
    answerer_.reset();
  } else if (voice.role == v1::SPEAKER_ROLE_OPERATOR || (CallsForQuestion(heard.text) && turn_ != Turn::kQuestion)) {
    turn_ = Turn::kNone;
  }
  last_role_ = voice.role;
  last_label_ = heard.label_key;
  if (section_ == v1::SECTION_QUESTIONS_AND_ANSWERS) return;

  if (voice.role != v1::SPEAKER_ROLE_OPERATOR) {
    if (voice.person != speaking_) spoken_bytes_ = 0;
    speaking_ = voice.person;
    spoken_bytes_ += heard.text.size();
    handed_to_.reset();
    if (speaking_) have_spoken_.insert(*speaking_);
    if (speaking_ && heard.label.anonymous && !heard.label_key.empty()) bindings_.emplace(heard.label_key, *speaking_);
  }
  if (const auto next = FindHandOff(heard.text)) {
    handed_to_ = people_.Learn(*next);
  } else if (const auto called = people_.Find(FindCalledUpon(heard.text))) {
    handed_to_ = called;
  }
}

}  // namespace earshot::transcript
