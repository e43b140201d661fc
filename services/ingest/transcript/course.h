// The course of a call so far: who is on it, which part it is in, whose turn it is. The state of a CallTracker.
//
// Questions and answers go in turns, each of which may be rendered in the other language by an interpreter:
//
//   announced -> question -> (question rendered) -> answer <-> answer rendered -> announced -> …
//
// Transcripts with wrong labels are read by these turns; one with a single language and good labels by its labels.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "earshot/v1/utterance.pb.h"
#include "services/ingest/transcript/people.h"

namespace earshot::transcript {

// A value.
class Course {
 public:
  // Fills in speaker, section, language and translation_of of the next utterance, and goes on to behind it.
  void Follow(v1::Utterance& utterance);

 private:
  enum class Turn { kNone, kAnnounced, kQuestion, kQuestionRendered, kAnswer, kAnswerRendered };

  // What an interpreter renders: one or more utterances in one language.
  struct Original {
    int first_sequence = 0;
    std::string language;  // empty: not heard
    std::string label;
  };

  // One utterance while it is judged.
  struct Heard {
    const v1::Utterance& utterance;
    std::string_view text;
    std::string language;  // empty for a placeholder
    Label label;
    std::string label_key;
    std::optional<size_t> labelled;  // the person that the label names
  };

  struct Voice {
    v1::SpeakerRole role = v1::SPEAKER_ROLE_UNSPECIFIED;
    std::optional<size_t> person;
    int translation_of = 0;
  };

  Heard Hear(const v1::Utterance& utterance);
  void EnterSection(const Heard& heard);
  void EnterUnlabelledSection(const Heard& heard);
  bool LeavesIntroduction(const Heard& heard) const;

  Voice Judge(const Heard& heard);
  Voice JudgeKnown(const Heard& heard);
  std::optional<Voice> JudgeOperator(const Heard& heard);
  std::optional<Voice> JudgeModerator(const Heard& heard);
  Voice JudgeRemarks(const Heard& heard);
  std::optional<size_t> UnnamedSpeaker(const Heard& heard);
  std::optional<size_t> NextInLine() const;

  Voice JudgeTurn(const Heard& heard);
  Voice JudgeOutsideTurns(const Heard& heard);
  Voice JudgeAfterQuestion(const Heard& heard);
  Voice JudgeAfterRenderedQuestion(const Heard& heard);
  Voice JudgeAfterAnswer(const Heard& heard);
  Voice JudgeAfterRenderedAnswer(const Heard& heard);

  Voice Ask(const Heard& heard);
  Voice Answer(const Heard& heard);
  Voice Render(const Heard& heard, Turn turn);
  bool IsAsker(const Heard& heard) const;
  std::optional<size_t> Answerer(const Heard& heard) const;

  void Remember(const Heard& heard, const Voice& voice);

  People people_;
  v1::Section section_ = v1::SECTION_INTRODUCTION;
  bool questions_opened_ = false;    // the next utterance begins the questions
  std::optional<size_t> handed_to_;  // who has been given the floor and has not spoken yet
  std::optional<size_t> speaking_;   // who spoke last, outside questions and answers
  size_t spoken_bytes_ = 0;          // by `speaking_` since taking the floor
  std::string last_label_;
  v1::SpeakerRole last_role_ = v1::SPEAKER_ROLE_UNSPECIFIED;
  std::set<std::pair<std::string, size_t>> bindings_;  // unnamed labels and whom they stood for
  std::set<size_t> have_spoken_;

  Turn turn_ = Turn::kNone;
  std::optional<size_t> asker_;
  std::string asker_label_;
  std::optional<size_t> answerer_;
  Original original_;
  std::string rendered_language_;
  bool rendering_complete_ = false;
  std::set<std::pair<std::string, std::string>> interpreted_;  // labels and languages of renderings
  std::set<std::pair<std::string, std::string>> answered_;     // labels and languages of answers
};

}  // namespace earshot::transcript
