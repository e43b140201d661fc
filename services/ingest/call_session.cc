#include "services/ingest/call_session.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/digest.h"
#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/wire/identity.h"

namespace earshot::ingest {
namespace {

// Of what the client sent; when it was spoken may be told otherwise when it is sent again.
uint64_t InputHashOf(v1::Utterance utterance) {
  utterance.clear_speak_time();
  utterance.clear_name();
  return ContentHash(wire::DeterministicBytes(utterance));
}

absl::Status SequenceGap(std::string_view call, int wanted, int got) {
  return rpc::WithReason(
      FailedPrecondition("{}: utterance {} was sent, but {} has not been: send from {} on", call, got, wanted, wanted),
      "SEQUENCE_GAP", {{"resume_from", std::to_string(wanted)}});
}

}  // namespace

CallSession::CallSession(catalog::Catalog catalog, v1::Call call)
    : call_(call), extractor_(std::move(catalog), std::move(call)) {}

int CallSession::resume_from() const {
  // What is older cannot be revised any more.
  auto published = revisions_.upper_bound(published_ - transcript::CallTracker::kMaxRevisable);
  for (; published != revisions_.end() && published->first <= published_; ++published) {
    if (published->second.back().partial) return published->first;
  }
  return published_ + 1;
}

absl::Status CallSession::CheckPlace(const v1::Utterance& utterance) const {
  const int sequence = utterance.sequence();
  if (ended_ && sequence > published_) {
    return rpc::WithReason(FailedPrecondition("{}: the call has ended with utterance {}; only revisions are taken",
                                              call_.name(), published_),
                           "CALL_ENDED");
  }
  if (sequence > understood_ + 1) return SequenceGap(call_.name(), understood_ + 1, sequence);
  return absl::OkStatus();
}

absl::StatusOr<const CallSession::Revision*> CallSession::FindPublished(const v1::Utterance& utterance,
                                                                        uint64_t input_hash) const {
  const auto known = revisions_.find(utterance.sequence());
  if (known == revisions_.end()) return nullptr;
  int highest = -1;
  for (const Revision& revision : known->second) {
    highest = std::max(highest, revision.revision);
    if (revision.revision != utterance.revision()) continue;
    if (revision.input_hash == input_hash) return &revision;
    return rpc::WithReason(
        AlreadyExists("{}: utterance {} revision {} was sent before with other content, and the first wins; send a "
                      "change with a higher revision",
                      call_.name(), utterance.sequence(), utterance.revision()),
        "UTTERANCE_CONFLICT",
        {{"sequence", std::to_string(utterance.sequence())}, {"revision", std::to_string(utterance.revision())}});
  }
  if (utterance.revision() > highest) return nullptr;
  return rpc::WithReason(FailedPrecondition("{}: utterance {} has revision {} already; revision {} comes too late",
                                            call_.name(), utterance.sequence(), highest, utterance.revision()),
                         "STALE_REVISION");
}

absl::StatusOr<Understood> CallSession::Understand(const v1::Utterance& utterance) {
  EARSHOT_RETURN_IF_ERROR(CheckPlace(utterance));
  Understood understood{.sequence = utterance.sequence(),
                        .revision = utterance.revision(),
                        .input_hash = InputHashOf(utterance),
                        .partial = utterance.status() == v1::UTTERANCE_STATUS_PARTIAL};
  EARSHOT_ASSIGN_OR_RETURN(const Revision* published, FindPublished(utterance, understood.input_hash));
  if (published != nullptr) {
    understood.observation_count = published->observation_count;
    return understood;
  }
  if (utterance.sequence() <= understood_ - transcript::CallTracker::kMaxRevisable) {
    return rpc::WithReason(
        FailedPrecondition("{}: utterance {} is too old to be revised; the last {} can be", call_.name(),
                           utterance.sequence(), transcript::CallTracker::kMaxRevisable),
        "REVISION_TOO_LATE");
  }
  v1::Utterance annotated = tracker_.Annotate(utterance);
  annotated.set_name(wire::UtteranceName(call_.name(), utterance.sequence()));
  annotated.clear_speak_time();  // a time, not content: it goes with the event's times
  if (annotated.status() == v1::UTTERANCE_STATUS_UNSPECIFIED) annotated.set_status(v1::UTTERANCE_STATUS_FINAL);
  extract::Understanding meaning = extractor_.Understand(annotated);

  v1::CallEvent& event =
      understood.event.emplace(NewEvent(v1::CALL_EVENT_KIND_UTTERANCE, utterance.sequence(), utterance.revision()));
  *event.mutable_utterance() = std::move(annotated);
  event.mutable_observations()->Assign(meaning.observations.begin(), meaning.observations.end());
  event.mutable_discrepancies()->Assign(meaning.discrepancies.begin(), meaning.discrepancies.end());
  event.mutable_corrections()->Assign(meaning.corrections.begin(), meaning.corrections.end());
  understood.observation_count = event.observations_size();
  understood_ = std::max(understood_, utterance.sequence());
  return understood;
}

absl::StatusOr<Understood> CallSession::End(int last_sequence) {
  if (understood_ == 0) {
    return rpc::WithReason(FailedPrecondition("{}: ended before anything was said", call_.name()), "SEQUENCE_GAP",
                           {{"resume_from", "1"}});
  }
  if (last_sequence != understood_) {
    return rpc::WithReason(FailedPrecondition("{}: ended with utterance {}, but the last one that was sent is {}",
                                              call_.name(), last_sequence, understood_),
                           "SEQUENCE_GAP", {{"resume_from", std::to_string(resume_from())}});
  }
  Understood understood{.sequence = understood_ + 1};
  if (!ended_) {
    understood.event = NewEvent(v1::CALL_EVENT_KIND_CALL_ENDED, understood.sequence, 0);
    understood.event->set_name(wire::CallEndName(call_.name(), understood.sequence));
  }
  return understood;
}

void CallSession::MarkPublished(const Understood& understood) {
  if (!understood.event) return;
  if (understood.event->kind() == v1::CALL_EVENT_KIND_CALL_ENDED) {
    ended_ = true;
    return;
  }
  revisions_[understood.sequence].push_back(
      {understood.revision, understood.input_hash, understood.observation_count, understood.partial});
  while (revisions_.contains(published_ + 1)) ++published_;
}

int CallSession::observation_count() const {
  int count = 0;
  for (const auto& [sequence, revisions] : revisions_) count += revisions.back().observation_count;
  return count;
}

v1::CallEvent CallSession::NewEvent(v1::CallEventKind kind, int sequence, int revision) const {
  v1::CallEvent event;
  event.set_name(wire::CallEventName(call_.name(), sequence, revision));
  event.set_kind(kind);
  *event.mutable_call() = call_;
  event.set_sequence(sequence);
  event.set_revision(revision);
  return event;
}

}  // namespace earshot::ingest
