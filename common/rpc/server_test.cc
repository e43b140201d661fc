#include "common/rpc/server.h"

#include <atomic>
#include <thread>

#include "common/base/status.h"
#include "common/rpc/client.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace earshot::rpc {
namespace {

using ::grpc::health::v1::HealthCheckResponse;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kIngest[] = "earshot.v1.IngestService";

// Refuses transcripts and keeps streams open until they are cancelled.
class RefusingIngest final : public v1::IngestService::Service {
 public:
  grpc::Status SubmitTranscript(grpc::ServerContext*, const v1::SubmitTranscriptRequest* request,
                                v1::SubmitTranscriptResponse*) override {
    return ToGrpc(WithFieldViolation(InvalidArgument("{}: no header", request->file_name()), "content", "no header"));
  }

  grpc::Status StreamCall(grpc::ServerContext* context,
                          grpc::ServerReaderWriter<v1::StreamCallResponse, v1::StreamCallRequest>* stream) override {
    v1::StreamCallResponse opened;
    opened.mutable_opened()->set_resume_from(1);
    stream->Write(opened);
    while (!context->IsCancelled() && !end_streams_) std::this_thread::yield();
    return end_streams_ ? grpc::Status::OK : grpc::Status::CANCELLED;
  }

  std::atomic<bool> end_streams_ = false;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    auto server = Server::Start({.address = "127.0.0.1:0"}, {{v1::IngestService::service_full_name(), &service_}});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = std::move(server).value();
    channel_ = Connect(server_->Address());
  }

  absl::StatusOr<HealthCheckResponse::ServingStatus> Health(const std::string& name) {
    grpc::ClientContext context;
    SetTimeout(context, absl::Seconds(5));
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(name);
    HealthCheckResponse response;
    const auto status = grpc::health::v1::Health::NewStub(channel_)->Check(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response.status();
  }

  RefusingIngest service_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ServerTest, HealthIsNotServingUntilTheServerIsReady) {
  EXPECT_THAT(server_->Address(), StartsWith("127.0.0.1:"));
  EXPECT_EQ(Health("").value(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(kIngest).value(), HealthCheckResponse::NOT_SERVING);
  server_->SetServing(true);
  EXPECT_EQ(Health("").value(), HealthCheckResponse::SERVING);
  EXPECT_EQ(Health(kIngest).value(), HealthCheckResponse::SERVING);
  EXPECT_EQ(Health("earshot.v1.Unknown").status().code(), absl::StatusCode::kNotFound);
  server_->SetServing(kIngest, false);
  EXPECT_EQ(Health(kIngest).value(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health("").value(), HealthCheckResponse::SERVING);
}

TEST_F(ServerTest, DetailsOfAnErrorReachTheClient) {
  grpc::ClientContext context;
  v1::SubmitTranscriptRequest request;
  request.set_file_name("a.txt");
  v1::SubmitTranscriptResponse response;
  const absl::Status status =
      FromGrpc(v1::IngestService::NewStub(channel_)->SubmitTranscript(&context, request, &response));
  EXPECT_EQ(RenderError(status), "INVALID_ARGUMENT: a.txt: no header\n  content: no header");
  EXPECT_EQ(ErrorInfoOf(status).domain(), "earshot.io");
}

TEST_F(ServerTest, AMessageOverTheLimitIsRefused) {
  grpc::ClientContext context;
  v1::SubmitTranscriptRequest request;
  request.set_content(std::string(5 << 20, 'x'));
  v1::SubmitTranscriptResponse response;
  const auto status = v1::IngestService::NewStub(channel_)->SubmitTranscript(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServerTest, ADrainTellsStreamsToEndAndWaitsForThem) {
  grpc::ClientContext context;
  const auto stub = v1::IngestService::NewStub(channel_);
  const auto stream = stub->StreamCall(&context);
  v1::StreamCallResponse response;
  ASSERT_TRUE(stream->Read(&response));
  server_->SetServing(true);
  HealthCheckResponse::ServingStatus during = HealthCheckResponse::UNKNOWN;
  server_->OnDrain([&] {
    during = Health("").value_or(HealthCheckResponse::UNKNOWN);
    service_.end_streams_ = true;
  });
  server_->Stop(absl::Seconds(30));
  EXPECT_EQ(during, HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServerTest, WhatIsOpenAtTheDeadlineIsCancelled) {
  grpc::ClientContext context;
  const auto stub = v1::IngestService::NewStub(channel_);
  const auto stream = stub->StreamCall(&context);
  v1::StreamCallResponse response;
  ASSERT_TRUE(stream->Read(&response));
  server_->Stop(absl::Milliseconds(20));
  EXPECT_FALSE(stream->Finish().ok());
}

TEST_F(ServerTest, APortInUseIsSaidSo) {
  const auto second = Server::Start({.address = server_->Address()}, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()),
              StartsWith("address " + server_->Address() + " is in use: another program listens there"));
}

TEST(ServerAddressTest, WhatIsNoAddressIsRefused) {
  for (const char* bad : {"nowhere", ":7000", "127.0.0.1:", "no.such.host.invalid:1"}) {
    EXPECT_EQ(Server::Start({.address = bad}, {}).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST(ClientTest, SaysThatNobodyAnswers) {
  const auto channel = Connect("127.0.0.1:1");
  const absl::Status status = WaitUntilConnected(*channel, "127.0.0.1:1", absl::Milliseconds(100));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("127.0.0.1:1"));
}

}  // namespace
}  // namespace earshot::rpc
