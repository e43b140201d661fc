#include "services/rules/durable_writer.h"

#include <algorithm>
#include <chrono>

#include "common/base/status.h"
#include "common/telemetry/log.h"

namespace earshot::rules {

void StopSignal::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stopped_changed_.notify_all();
}

bool StopSignal::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

bool StopSignal::WaitFor(absl::Duration duration) {
  std::unique_lock lock(mutex_);
  return stopped_changed_.wait_for(lock, absl::ToChronoNanoseconds(duration), [this] { return stopped_; });
}

absl::Status DurableWriter::Append(const eventlog::OutgoingRecord& record) {
  constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
  constexpr absl::Duration kLongestPause = absl::Seconds(2);
  for (absl::Duration pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    const absl::Status status = producer_.Append(record).status();
    if (status.ok() || absl::IsInvalidArgument(status) || absl::IsCancelled(status)) return status;
    telemetry::Log::Warning("rules", "the log does not take a record; trying again",
                            {{"topic", record.topic}, {"error", status}});
    on_refusal_(status);
    if (stop_.WaitFor(pause)) return absl::CancelledError("stopped before the record was durable");
  }
}

}  // namespace earshot::rules
