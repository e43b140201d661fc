// Follows a call as it is spoken and tells of each utterance who speaks in what part of the call, in which language,
// and whether it translates another. No lookahead: what is told of an utterance depends on it and those before it only.
//
// Labels of transcripts are often wrong and may stand for several people. What counts, in this order: what a client
// says it knows (speaker.name, a role other than the label's), the course of the call (hand-offs, announcements of
// questions, the alternation of two languages), the label.
//
//   CallTracker tracker;
//   for (...) v1::Utterance understood = tracker.Annotate(raw);   // raw: sequence, text, speaker.label, …
//
// Pure: no clock, no I/O. One tracker a call; not thread-safe; a copy is independent.
#pragma once

#include <deque>

#include "earshot/v1/utterance.pb.h"
#include "services/ingest/transcript/course.h"

namespace earshot::transcript {

class CallTracker {
 public:
  // How far back a sequence may come again.
  static constexpr int kMaxRevisable = 64;

  // The utterance with speaker, section, language and translation_of filled in; what the client set of section,
  // language and translation_of stays. Sequences come in order, from 1. One that came before (a partial that grows, a
  // revision) is told from what was known before it; if it is the last one, what follows builds on the new words.
  // One older than kMaxRevisable is told from what is known now.
  v1::Utterance Annotate(v1::Utterance raw);

 private:
  struct Step {
    int sequence = 0;
    Course before;
  };

  Course course_;
  std::deque<Step> steps_;
};

}  // namespace earshot::transcript
