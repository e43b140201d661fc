#include "common/rpc/grpc_status.h"

#include "absl/strings/cord.h"
#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "google/rpc/status.pb.h"

namespace earshot::rpc {
namespace {

constexpr size_t kMaxMessageBytes = 2048;

std::string CutMessage(std::string_view message) {
  if (message.size() <= kMaxMessageBytes) return std::string(message);
  size_t end = kMaxMessageBytes;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
  return fmt::format("{}…", message.substr(0, end));
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  if (ErrorInfoOf(status).reason().empty()) {
    return ToGrpc(WithReason(status, absl::StatusCodeToString(status.code())));
  }
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(CutMessage(Message(status)));
  status.ForEachPayload([&details](absl::string_view type_url, const absl::Cord& payload) {
    auto* any = details.add_details();
    any->set_type_url(std::string(ToStd(type_url)));
    any->set_value(std::string(payload));
  });
  return {static_cast<grpc::StatusCode>(status.code()), details.message(), details.SerializeAsString()};
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), ToAbsl(status.error_message()));
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const auto& any : details.details()) {
    result.SetPayload(ToAbsl(any.type_url()), absl::Cord(ToAbsl(any.value())));
  }
  return result;
}

}  // namespace earshot::rpc
