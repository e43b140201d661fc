// Writes call events to the log, with their times.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "earshot/v1/call_event.pb.h"
#include "services/ingest/probe.h"

namespace earshot::ingest {

// Thread-safe. The producer, clock and probe must outlive it.
class EventPublisher {
 public:
  EventPublisher(eventlog::Producer& producer, const Clock& clock, IngestProbe& probe)
      : producer_(producer), clock_(clock), probe_(probe) {}

  // Writes them one behind the other, and none behind one that was lost: an event is judged by what came before it.
  // A status for each; OK once it is durable. Sets publish_time.
  // UNAVAILABLE (reason EVENT_LOG_UNAVAILABLE, with a delay to try again after) where the log did not take one;
  // INVALID_ARGUMENT where it never will.
  std::vector<absl::Status> Publish(std::vector<v1::CallEvent> events);

  // OK, or why the last event was lost.
  absl::Status Health() const;

 private:
  absl::Status Judge(const absl::Status& status);

  eventlog::Producer& producer_;
  const Clock& clock_;
  IngestProbe& probe_;
  mutable std::mutex mutex_;
  absl::Status last_;
};

// Of a proto message of times.
void SetTime(absl::Time time, google::protobuf::Timestamp& out);

}  // namespace earshot::ingest
