// A client's side of StreamCall, for tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/rpc/client.h"
#include "common/rpc/grpc_status.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace earshot::ingest {

inline constexpr absl::Duration kPatience = absl::Seconds(30);
inline constexpr std::string_view kTraceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

// Every message is answered before the next.
class Feed {
 public:
  explicit Feed(v1::IngestService::Stub& stub) {
    rpc::SetTimeout(context_, kPatience);
    context_.AddMetadata("traceparent", std::string(kTraceparent));
    stream_ = stub.StreamCall(&context_);
  }
  ~Feed() {
    context_.TryCancel();
    if (!finished_) stream_->Finish();
  }

  absl::StatusOr<v1::StreamCallResponse> Send(const v1::StreamCallRequest& request) {
    v1::StreamCallResponse response;
    if (stream_->Write(request) && stream_->Read(&response)) return response;
    return Finish();
  }

  absl::StatusOr<v1::CallOpened> Open(const std::string& company = "ACME", const std::string& period = "FY2026Q1") {
    v1::StreamCallRequest request;
    request.mutable_open()->mutable_call()->set_company(company);
    request.mutable_open()->mutable_call()->set_fiscal_period(period);
    EARSHOT_ASSIGN_OR_RETURN(auto response, Send(request));
    return response.opened();
  }

  absl::StatusOr<v1::UtteranceAcknowledged> Say(int sequence, const std::string& text, int revision = 0,
                                                v1::UtteranceStatus status = v1::UTTERANCE_STATUS_FINAL) {
    v1::StreamCallRequest request;
    v1::Utterance& utterance = *request.mutable_utterance();
    utterance.set_sequence(sequence);
    utterance.set_revision(revision);
    utterance.set_status(status);
    utterance.set_text(text);
    utterance.mutable_speaker()->set_label("Speaker 1");
    utterance.mutable_speak_time()->set_seconds(1'756'450'000 + sequence);
    EARSHOT_ASSIGN_OR_RETURN(auto response, Send(request));
    return response.acknowledged();
  }

  absl::StatusOr<v1::CallClosed> End(int last_sequence) {
    v1::StreamCallRequest request;
    request.mutable_end()->set_last_sequence(last_sequence);
    EARSHOT_ASSIGN_OR_RETURN(auto response, Send(request));
    return response.closed();
  }

  absl::Status Finish() {
    finished_ = true;
    stream_->WritesDone();
    return rpc::FromGrpc(stream_->Finish());
  }

  // Until the server ends the stream.
  absl::Status WaitForEnd() {
    v1::StreamCallResponse ignored;
    while (stream_->Read(&ignored)) {
    }
    return Finish();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamCallRequest, v1::StreamCallResponse>> stream_;
  bool finished_ = false;
};

}  // namespace earshot::ingest
