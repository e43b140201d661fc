// One call as this instance knows it: its course, what was understood of it, and what has been published.
//
//   CallSession session(catalog, call);
//   EARSHOT_ASSIGN_OR_RETURN(Understood understood, session.Understand(utterance));
//   if (understood.event) { … append it to the log, then … session.MarkPublished(understood); }
//
// An utterance is identified by (sequence, revision). Sequences come without gaps; a revision replaces a lower one of
// the same sequence. The same identity with the same content is a duplicate and makes no event; with other content it
// is a conflict, and the first wins. Content is what the client sent, but for speak_time.
//
// The same utterances in the same order give the same events, byte by byte: no clock, no I/O. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog/catalog.h"
#include "earshot/v1/call.pb.h"
#include "earshot/v1/call_event.pb.h"
#include "earshot/v1/utterance.pb.h"
#include "services/ingest/extract/extractor.h"
#include "services/ingest/transcript/call_tracker.h"

namespace earshot::ingest {

struct Understood {
  int sequence = 0;
  int revision = 0;
  uint64_t input_hash = 0;
  bool partial = false;
  int observation_count = 0;
  std::optional<v1::CallEvent> event;  // to be published, without times; absent for a duplicate
};

class CallSession {
 public:
  // `call` as completed: name, company and fiscal period are set.
  CallSession(catalog::Catalog catalog, v1::Call call);

  const v1::Call& call() const { return call_; }

  // The first sequence whose final words have not been published and still can be; 1 for a new call.
  int resume_from() const;

  // Errors, each with a reason: FAILED_PRECONDITION for a gap (SEQUENCE_GAP, metadata `resume_from`), a revision lower
  // than one that is known (STALE_REVISION) or older than the last 64 utterances (REVISION_TOO_LATE), a new sequence
  // behind the end of the call (CALL_ENDED); ALREADY_EXISTS for a conflict (UTTERANCE_CONFLICT).
  absl::StatusOr<Understood> Understand(const v1::Utterance& utterance);

  // The event that ends the call; a duplicate where it has been published. FAILED_PRECONDITION where `last_sequence`
  // is not the last one that was published (SEQUENCE_GAP) or nothing was said.
  absl::StatusOr<Understood> End(int last_sequence);

  void MarkPublished(const Understood& understood);

  // Something that was understood could not be published: it has to be sent again.
  void ForgetUnpublished() { understood_ = published_; }

  // Of the call, published by this instance.
  int utterance_count() const { return published_; }
  int observation_count() const;

 private:
  struct Revision {
    int revision = 0;
    uint64_t input_hash = 0;
    int observation_count = 0;
    bool partial = false;
  };

  absl::Status CheckPlace(const v1::Utterance& utterance) const;
  // The revision that is published already, or null; an error for a conflict or a stale one.
  absl::StatusOr<const Revision*> FindPublished(const v1::Utterance& utterance, uint64_t input_hash) const;
  v1::CallEvent NewEvent(v1::CallEventKind kind, int sequence, int revision) const;

  v1::Call call_;
  transcript::CallTracker tracker_;
  extract::Extractor extractor_;
  std::map<int, std::vector<Revision>> revisions_;  // by sequence, in the order of publication
  int understood_ = 0;                              // highest sequence
  int published_ = 0;                               // highest sequence of those without a gap
  bool ended_ = false;
};

}  // namespace earshot::ingest
