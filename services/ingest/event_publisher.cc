#include "services/ingest/event_publisher.h"

#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/wire/record.h"

namespace earshot::ingest {

void SetTime(absl::Time time, google::protobuf::Timestamp& out) {
  const absl::Duration since_epoch = time - absl::UnixEpoch();
  const int64_t seconds = absl::ToInt64Seconds(absl::Floor(since_epoch, absl::Seconds(1)));
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(since_epoch - absl::Seconds(seconds))));
}

std::vector<absl::Status> EventPublisher::Publish(std::vector<v1::CallEvent> events) {
  std::vector<absl::Status> statuses;
  absl::Status status;
  for (v1::CallEvent& event : events) {
    if (status.ok()) {
      SetTime(clock_.Now(), *event.mutable_times()->mutable_publish_time());
      status = Judge(producer_.Append(wire::EncodeCallEvent(event)).status());
    }
    statuses.push_back(status);
  }
  return statuses;
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
