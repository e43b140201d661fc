#include "common/rpc/default_deadline.h"

#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace earshot::rpc {
namespace {

// Answers a call only once it is cancelled, be it one for an alert or a stream.
class Unanswered final : public v1::AlertService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetAlert(grpc::CallbackServerContext*, const v1::GetAlertRequest*,
                                     v1::GetAlertResponse*) override {
    class Reactor final : public grpc::ServerUnaryReactor {
      void OnCancel() override { Finish(grpc::Status::CANCELLED); }
      void OnDone() override { delete this; }
    };
    return new Reactor;
  }

  grpc::ServerUnaryReactor* ListAlerts(grpc::CallbackServerContext* context, const v1::ListAlertsRequest*,
                                       v1::ListAlertsResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerWriteReactor<v1::StreamAlertsResponse>* StreamAlerts(grpc::CallbackServerContext*,
                                                                   const v1::StreamAlertsRequest*) override {
    class Reactor final : public grpc::ServerWriteReactor<v1::StreamAlertsResponse> {
      void OnCancel() override { Finish(grpc::Status::CANCELLED); }
      void OnDone() override { delete this; }
    };
    return new Reactor;
  }
};

class DefaultDeadlineTest : public ::testing::Test {
 protected:
  std::unique_ptr<v1::AlertService::Stub> StubOf(absl::Duration default_deadline) {
    server_ =
        Server::Start({.default_deadline = default_deadline}, {{v1::AlertService::service_full_name(), &service_}})
            .value();
    return v1::AlertService::NewStub(Connect(server_->Address()));
  }

  grpc::Status GetAlert(v1::AlertService::Stub& stub, absl::Duration timeout) {
    grpc::ClientContext context;
    if (timeout < absl::InfiniteDuration()) SetTimeout(context, timeout);
    v1::GetAlertResponse response;
    return stub.GetAlert(&context, {}, &response);
  }

  Unanswered service_;
  std::unique_ptr<Server> server_;
};

TEST_F(DefaultDeadlineTest, ACallWithoutADeadlineEnds) {
  const auto stub = StubOf(absl::Milliseconds(50));
  const grpc::Status status = GetAlert(*stub, absl::InfiniteDuration());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(status.error_message(), "the call took longer than 0.05 s; set a deadline to wait longer");
}

TEST_F(DefaultDeadlineTest, AClientMayWaitLonger) {
  const auto stub = StubOf(absl::Milliseconds(1));
  const absl::Time start = absl::Now();
  EXPECT_EQ(GetAlert(*stub, absl::Milliseconds(100)).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(99));
}

TEST_F(DefaultDeadlineTest, AStreamStaysOpen) {
  const auto stub = StubOf(absl::Milliseconds(1));
  grpc::ClientContext context;
  const absl::Time start = absl::Now();
  SetTimeout(context, absl::Milliseconds(100));
  const auto stream = stub->StreamAlerts(&context, {});
  v1::StreamAlertsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(99));
}

TEST_F(DefaultDeadlineTest, WhatIsAnsweredInTimeIsNotTouched) {
  const auto stub = StubOf(absl::Seconds(5));
  for (int i = 0; i < 100; ++i) {
    grpc::ClientContext context;
    v1::ListAlertsResponse response;
    EXPECT_TRUE(stub->ListAlerts(&context, {}, &response).ok());
  }
}

}  // namespace
}  // namespace earshot::rpc
