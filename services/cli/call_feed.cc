#include "services/cli/call_feed.h"

#include <thread>

#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/rpc/client.h"
#include "common/rpc/grpc_status.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace earshot::cli {
namespace {

constexpr auto kResumePause = std::chrono::milliseconds(300);

// One StreamCall; every message is answered before the next is sent.
class FeedStream {
 public:
  explicit FeedStream(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(v1::IngestService::NewStub(channel)), stream_(stub_->StreamCall(&context_)) {}

  absl::StatusOr<v1::StreamCallResponse> Exchange(const v1::StreamCallRequest& request) {
    v1::StreamCallResponse response;
    if (stream_->Write(request) && stream_->Read(&response)) return response;
    const absl::Status status = rpc::FromGrpc(stream_->Finish());
    return status.ok() ? Unavailable("the server ended the stream") : status;
  }

  absl::Status Close() {
    stream_->WritesDone();
    return rpc::FromGrpc(stream_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamCallRequest, v1::StreamCallResponse>> stream_;
};

// Not where another client took the call over (ABORTED): two that both come back would displace each other for ever.
bool IsWorthResuming(const absl::Status& status) { return absl::IsUnavailable(status) || absl::IsCancelled(status); }

}  // namespace

CallFeed::CallFeed(CallFeedOptions options) : options_(std::move(options)), channel_(rpc::Connect(options_.address)) {}

CallFeed::~CallFeed() = default;

absl::StatusOr<v1::CallClosed> CallFeed::SendOnce() {
  FeedStream stream(channel_);
  v1::StreamCallRequest request;
  *request.mutable_open()->mutable_call() = options_.call;
  EARSHOT_ASSIGN_OR_RETURN(const v1::StreamCallResponse opened, stream.Exchange(request));
  on_opened(opened.opened());
  for (v1::Utterance& utterance : options_.utterances) {
    if (utterance.sequence() < opened.opened().resume_from()) continue;
    if (utterance.sequence() > highest_acknowledged_ && !utterance.has_speak_time()) before_send(utterance);
    *request.mutable_utterance() = utterance;
    EARSHOT_ASSIGN_OR_RETURN(const v1::StreamCallResponse response, stream.Exchange(request));
    if (utterance.sequence() <= highest_acknowledged_) continue;
    highest_acknowledged_ = utterance.sequence();
    on_acknowledged(response.acknowledged());
  }
  request.mutable_end()->set_last_sequence(static_cast<int>(options_.utterances.size()));
  EARSHOT_ASSIGN_OR_RETURN(const v1::StreamCallResponse closed, stream.Exchange(request));
  EARSHOT_RETURN_IF_ERROR(stream.Close());
  return closed.closed();
}

absl::StatusOr<v1::CallClosed> CallFeed::Run() {
  EARSHOT_RETURN_IF_ERROR(rpc::WaitUntilConnected(*channel_, options_.address, options_.connect_timeout));
  const Clock& clock = Clock::System();
  absl::Time last_progress = clock.Now();
  while (true) {
    const int before = highest_acknowledged_;
    absl::StatusOr<v1::CallClosed> closed = SendOnce();
    if (closed.ok() || !IsWorthResuming(closed.status())) return closed;
    if (highest_acknowledged_ > before) last_progress = clock.Now();
    if (clock.Now() - last_progress > options_.patience) return closed;
    on_lost(closed.status());
    std::this_thread::sleep_for(kResumePause);
  }
}

}  // namespace earshot::cli
