// All calls that this instance follows: opens them, takes their utterances, publishes their events. What the ingest
// service does, without gRPC.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/string_map.h"
#include "common/catalog/catalog.h"
#include "earshot/v1/ingest_service.pb.h"
#include "services/ingest/call_session.h"
#include "services/ingest/event_publisher.h"
#include "services/ingest/probe.h"

namespace earshot::ingest {

// Who feeds a call: a stream. A call has one feeder at a time.
class Feeder {
 public:
  virtual ~Feeder() = default;
  // Another feeder has taken the call over: ABORTED, reason TAKEN_OVER. From any thread, once; must not block.
  virtual void Displace(absl::Status status) = 0;
};

// When and in which trace something came.
struct Arrival {
  absl::Time time;
  std::string traceparent;  // of the client; empty for none
};

// Thread-safe; what concerns one call is done one after the other. Calls block until the log has taken what they write.
class CallDesk {
 public:
  // The publisher, clock and probe must outlive it.
  CallDesk(catalog::Catalog catalog, EventPublisher& publisher, const Clock& clock, IngestProbe& probe,
           size_t max_open_calls);
  ~CallDesk();

  // A call that is fed: handed out by Open, given back by Leave.
  struct OpenCall;

  struct Opening {
    std::shared_ptr<OpenCall> call;
    v1::CallOpened opened;
  };

  // `feeder` feeds the call from now on, and any feeder before it is displaced. INVALID_ARGUMENT for what is no call
  // (see CompleteCall); FAILED_PRECONDITION where a call of that name has another company or period (CALL_DIFFERS);
  // RESOURCE_EXHAUSTED where no more calls can be kept (TOO_MANY_CALLS).
  absl::StatusOr<Opening> Open(const v1::Call& call, std::shared_ptr<Feeder> feeder);

  // Durable when it returns. Errors: those of CallSession::Understand, ABORTED where the call is another feeder's,
  // UNAVAILABLE where the log does not take it.
  absl::StatusOr<v1::UtteranceAcknowledged> Take(OpenCall& call, const Feeder& feeder, const v1::Utterance& utterance,
                                                 const Arrival& arrival);
  absl::StatusOr<v1::CallClosed> End(OpenCall& call, const Feeder& feeder, int last_sequence, const Arrival& arrival);

  // The feeder has gone; the call stays open for the next one.
  void Leave(OpenCall& call, const Feeder& feeder);

  // A whole file: opens, takes everything, ends. INVALID_ARGUMENT for a bad transcript.
  absl::StatusOr<v1::SubmitTranscriptResponse> Submit(const v1::SubmitTranscriptRequest& request,
                                                      const Arrival& arrival);

 private:
  absl::Status CheckFeeder(const OpenCall& call, const Feeder& feeder) const;
  absl::Status MakeRoom();
  void Forget(const OpenCall& call);

  // With the call's own lock held.
  absl::StatusOr<Understood> Understand(CallSession& session, const v1::Utterance& utterance, const Arrival& arrival);
  absl::Status PublishAll(CallSession& session, std::vector<Understood>& understood);
  absl::StatusOr<v1::SubmitTranscriptResponse> TakeAll(OpenCall& call, const std::vector<v1::Utterance>& utterances,
                                                       const Arrival& arrival);

  const catalog::Catalog catalog_;
  EventPublisher& publisher_;
  const Clock& clock_;
  IngestProbe& probe_;
  const size_t max_open_calls_;

  mutable std::mutex mutex_;  // guards calls_ and the feeders; taken inside a call's own lock, never around it
  StringMap<std::shared_ptr<OpenCall>> calls_;
};

}  // namespace earshot::ingest
