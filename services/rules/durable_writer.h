// Appends to the log until the log has taken it: what may work later is tried again, what never can is given back.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"

namespace earshot::rules {

// Tells a thread that waits that it has to end. Thread-safe.
class StopSignal {
 public:
  void Stop();
  bool stopped() const;
  // Waits; true if it was stopped meanwhile.
  bool WaitFor(absl::Duration duration);

 private:
  mutable std::mutex mutex_;
  std::condition_variable stopped_changed_;
  bool stopped_ = false;
};

// Used by one thread.
class DurableWriter {
 public:
  // `producer` and `stop` must outlive it. `on_refusal` is told why before each pause: nothing goes on meanwhile.
  DurableWriter(eventlog::Producer& producer, StopSignal& stop, std::function<void(const absl::Status&)> on_refusal)
      : producer_(producer), stop_(stop), on_refusal_(std::move(on_refusal)) {}

  // OK once the record is durable; kInvalidArgument for one that can never be; kCancelled where it was stopped before.
  absl::Status Append(const eventlog::OutgoingRecord& record);

 private:
  eventlog::Producer& producer_;
  StopSignal& stop_;
  const std::function<void(const absl::Status&)> on_refusal_;
};

}  // namespace earshot::rules
