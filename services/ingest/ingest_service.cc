#include "services/ingest/ingest_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "common/wire/trace_context.h"

namespace earshot::ingest {
namespace {

// A stream that is refused at once.
class RefusedStream final : public grpc::ServerBidiReactor<v1::StreamCallRequest, v1::StreamCallResponse> {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(rpc::ToGrpc(status)); }
  void OnDone() override { delete this; }
};

std::string TraceparentOf(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(grpc::string_ref(wire::kTraceparentKey.data(), wire::kTraceparentKey.size()));
  return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
}

absl::Status NotServing(std::string_view reason, std::string_view message) {
  return rpc::WithRetryDelay(rpc::WithReason(Unavailable("{}", message), reason), absl::Seconds(1));
}

}  // namespace

void IngestService::Serve(CallDesk& desk, WorkerPool& workers) {
  desk_ = &desk;
  workers_ = &workers;
  state_ = State::kServing;
}

absl::Status IngestService::Readiness() const {
  switch (state_.load()) {
    case State::kNotServing:
      return NotServing("NOT_SERVING", "the ingest service is starting");
    case State::kShuttingDown:
      return NotServing("SHUTTING_DOWN", "the server shuts down; connect again");
    case State::kServing:
      break;
  }
  return absl::OkStatus();
}

void IngestService::EndStreams() {
  std::vector<std::weak_ptr<CallStreamHandle>> streams;
  {
    const std::lock_guard lock(mutex_);
    state_ = State::kShuttingDown;
    streams.swap(streams_);
  }
  for (const auto& stream : streams) {
    if (const auto handle = stream.lock()) handle->Displace(Readiness());
  }
}

grpc::ServerBidiReactor<v1::StreamCallRequest, v1::StreamCallResponse>* IngestService::StreamCall(
    grpc::CallbackServerContext* context) {
  const std::lock_guard lock(mutex_);
  if (const absl::Status ready = Readiness(); !ready.ok()) return new RefusedStream(ready);
  auto* stream = new CallStream(*desk_, *workers_, clock_, TraceparentOf(*context));
  std::erase_if(streams_, [](const auto& known) { return known.expired(); });
  streams_.push_back(stream->handle());
  stream->Begin();
  return stream;
}

grpc::ServerUnaryReactor* IngestService::SubmitTranscript(grpc::CallbackServerContext* context,
                                                          const v1::SubmitTranscriptRequest* request,
                                                          v1::SubmitTranscriptResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  if (const absl::Status ready = Readiness(); !ready.ok()) {
    reactor->Finish(rpc::ToGrpc(ready));
    return reactor;
  }
  const Arrival arrival{clock_.Now(), TraceparentOf(*context)};
  const bool posted = workers_->Post([this, reactor, request, response, arrival] {
    absl::StatusOr<v1::SubmitTranscriptResponse> submitted = desk_->Submit(*request, arrival);
    const absl::Status status = submitted.status();
    if (status.ok()) *response = *std::move(submitted);
    reactor->Finish(rpc::ToGrpc(status));
  });
  if (!posted) reactor->Finish(rpc::ToGrpc(NotServing("SHUTTING_DOWN", "the server shuts down; connect again")));
  return reactor;
}

}  // namespace earshot::ingest
