#include "common/rpc/error_details.h"

#include "absl/strings/cord.h"
#include "absl/types/optional.h"
#include "common/base/status.h"

namespace earshot::rpc {
namespace {

template <typename Detail>
std::string DetailUrl() {
  return "type.googleapis.com/" + Detail::descriptor()->full_name();
}

template <typename Detail>
Detail GetDetail(const absl::Status& status) {
  Detail detail;
  const absl::optional<absl::Cord> payload = status.GetPayload(ToAbsl(DetailUrl<Detail>()));
  if (payload.has_value()) detail.ParseFromString(std::string(*payload));
  return detail;
}

template <typename Detail>
void SetDetail(absl::Status& status, const Detail& detail) {
  status.SetPayload(ToAbsl(DetailUrl<Detail>()), absl::Cord(ToAbsl(detail.SerializeAsString())));
}

}  // namespace

absl::Status WithReason(absl::Status status, std::string_view reason,
                        const std::vector<std::pair<std::string, std::string>>& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  SetDetail(status, info);
  return status;
}

absl::Status WithFieldViolation(absl::Status status, std::string_view field, std::string_view description) {
  google::rpc::BadRequest bad_request = BadRequestOf(status);
  auto* violation = bad_request.add_field_violations();
  violation->set_field(std::string(field));
  violation->set_description(std::string(description));
  SetDetail(status, bad_request);
  return status;
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo info;
  absl::Duration rest;
  info.mutable_retry_delay()->set_seconds(absl::IDivDuration(delay, absl::Seconds(1), &rest));
  info.mutable_retry_delay()->set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(rest)));
  SetDetail(status, info);
  return status;
}

google::rpc::ErrorInfo ErrorInfoOf(const absl::Status& status) { return GetDetail<google::rpc::ErrorInfo>(status); }

google::rpc::BadRequest BadRequestOf(const absl::Status& status) { return GetDetail<google::rpc::BadRequest>(status); }

absl::Duration RetryDelayOf(const absl::Status& status) {
  const auto delay = GetDetail<google::rpc::RetryInfo>(status).retry_delay();
  return absl::Seconds(delay.seconds()) + absl::Nanoseconds(delay.nanos());
}

std::string RenderError(const absl::Status& status) {
  return fmt::format("{}: {}{}", absl::StatusCodeToString(status.code()), Message(status), RenderErrorDetails(status));
}

std::string RenderErrorDetails(const absl::Status& status) {
  std::string text;
  const google::rpc::BadRequest bad_request = BadRequestOf(status);
  for (const auto& violation : bad_request.field_violations()) {
    text += fmt::format("\n  {}: {}", violation.field(), violation.description());
  }
  const google::rpc::ErrorInfo info = ErrorInfoOf(status);
  if (!info.reason().empty() && info.reason() != absl::StatusCodeToString(status.code())) {
    std::string metadata;
    for (const auto& [key, value] : info.metadata()) {
      metadata += fmt::format("{}{}={}", metadata.empty() ? "" : ", ", key, value);
    }
    text += metadata.empty() ? fmt::format("\n  reason {}", info.reason())
                             : fmt::format("\n  reason {} ({})", info.reason(), metadata);
  }
  if (const absl::Duration delay = RetryDelayOf(status); delay > absl::ZeroDuration()) {
    text += fmt::format("\n  try again after {}", absl::FormatDuration(delay));
  }
  return text;
}

}  // namespace earshot::rpc
