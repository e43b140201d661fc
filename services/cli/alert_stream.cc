#include "services/cli/alert_stream.h"

#include <thread>

#include "common/rpc/client.h"
#include "common/rpc/grpc_status.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace earshot::cli {
namespace {

constexpr auto kReconnectPause = std::chrono::milliseconds(500);
constexpr int kHeartbeatNanos = 250'000'000;

// A connection that breaks and a server that goes down are tried again; what the server refuses is not.
bool IsWorthAnotherTry(const absl::Status& status) {
  return status.ok() || absl::IsUnavailable(status) || absl::IsResourceExhausted(status) || absl::IsCancelled(status);
}

}  // namespace

AlertStream::AlertStream(AlertStreamOptions options)
    : options_(std::move(options)), channel_(rpc::Connect(options_.address)) {}

AlertStream::~AlertStream() = default;

v1::StreamAlertsRequest AlertStream::Request() const {
  v1::StreamAlertsRequest request;
  request.set_filter(options_.filter);
  request.mutable_heartbeat_interval()->set_nanos(kHeartbeatNanos);
  request.set_start(resume_token_.empty() ? options_.start : v1::START_POSITION_CUSTOM);
  request.set_resume_token(resume_token_);
  return request;
}

absl::Status AlertStream::ReadOnce(bool& stopped) {
  grpc::ClientContext context;
  const auto stub = v1::AlertService::NewStub(channel_);
  const auto reader = stub->StreamAlerts(&context, Request());
  v1::StreamAlertsResponse response;
  while (reader->Read(&response)) {
    if (!response.resume_token().empty()) resume_token_ = response.resume_token();
    stopped = on_message(response) == Next::kStop;
    if (stopped) context.TryCancel();
    if (stopped) break;
  }
  return rpc::FromGrpc(reader->Finish());
}

absl::Status AlertStream::Run() {
  if (absl::Status status = rpc::WaitUntilConnected(*channel_, options_.address, options_.connect_timeout);
      !status.ok()) {
    return status;
  }
  while (true) {
    bool stopped = false;
    absl::Status status = ReadOnce(stopped);
    if (stopped) return absl::OkStatus();
    if (!IsWorthAnotherTry(status)) return status;
    if (on_lost(status) == Next::kStop) return absl::OkStatus();
    std::this_thread::sleep_for(kReconnectPause);
  }
}

}  // namespace earshot::cli
