#include "services/ingest/event_publisher.h"

#include <condition_variable>
#include <memory>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/wire/record.h"

namespace earshot::ingest {
namespace {

// Appends that are under way. Shared with their callbacks.
struct Appends {
  std::mutex mutex;
  std::condition_variable all_done;
  size_t open = 0;
  std::vector<absl::Status> statuses;
};

}  // namespace

void SetTime(absl::Time time, google::protobuf::Timestamp& out) {
  const absl::Duration since_epoch = time - absl::UnixEpoch();
  const int64_t seconds = absl::ToInt64Seconds(absl::Floor(since_epoch, absl::Seconds(1)));
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(since_epoch - absl::Seconds(seconds))));
}

std::vector<absl::Status> EventPublisher::Publish(std::vector<v1::CallEvent> events) {
  const auto appends = std::make_shared<Appends>();
  appends->open = events.size();
  appends->statuses.resize(events.size());
  for (size_t i = 0; i < events.size(); ++i) {
    SetTime(clock_.Now(), *events[i].mutable_times()->mutable_publish_time());
    producer_.AppendAsync(wire::EncodeCallEvent(events[i]), [appends, i](absl::StatusOr<eventlog::Position> position) {
      const std::lock_guard lock(appends->mutex);
      appends->statuses[i] = position.status();
      if (--appends->open == 0) appends->all_done.notify_all();
    });
  }
  std::unique_lock lock(appends->mutex);
  appends->all_done.wait(lock, [&] { return appends->open == 0; });
  for (absl::Status& status : appends->statuses) status = Judge(status);
  return appends->statuses;
}

absl::Status EventPublisher::Judge(const absl::Status& status) {
  absl::Status judged = status;
  if (absl::IsInvalidArgument(status)) {
    judged =
        rpc::WithReason(InvalidArgument("the event log refuses the utterance: {}", Message(status)), "EVENT_REFUSED");
  } else if (!status.ok()) {
    judged =
        rpc::WithReason(Unavailable("the event log did not take the utterance: {}; send it again", Message(status)),
                        "EVENT_LOG_UNAVAILABLE");
    judged = rpc::WithRetryDelay(std::move(judged), absl::Seconds(1));
  }
  if (!judged.ok()) probe_.PublishFailed();
  const std::lock_guard lock(mutex_);
  last_ = judged;
  return judged;
}

absl::Status EventPublisher::Health() const {
  const std::lock_guard lock(mutex_);
  return absl::IsInvalidArgument(last_) ? absl::OkStatus() : last_;
}

}  // namespace earshot::ingest
