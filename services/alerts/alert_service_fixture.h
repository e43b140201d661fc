// The alerts service as a desk meets it: in process, on a log of its own, over real gRPC.
#pragma once

#include <filesystem>
#include <optional>
#include <thread>

#include "common/base/clock.h"
#include "common/eventlog/embedded_backend.h"
#include "common/rpc/client.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/alerts/app.h"

namespace earshot::alerts {

inline constexpr absl::Duration kPatience = absl::Seconds(30);

inline v1::Alert MakeAlert(const std::string& id, int revision = 1, const std::string& company = "ACME") {
  v1::Alert alert;
  alert.set_name("alerts/" + id);
  alert.set_revision(revision);
  alert.set_state(revision == 1 ? v1::ALERT_STATE_FIRING : v1::ALERT_STATE_AMENDED);
  alert.set_company(company);
  alert.set_call("calls/acme-fy2026q1");
  alert.mutable_times()->mutable_evaluate_time()->set_seconds(1'767'605'400);
  return alert;
}

// A client's side of a stream.
class Desk {
 public:
  Desk(v1::AlertService::Stub& stub, const v1::StreamAlertsRequest& request) {
    rpc::SetTimeout(context_, kPatience);
    reader_ = stub.StreamAlerts(&context_, request);
  }
  ~Desk() {
    context_.TryCancel();
    if (!finished_) reader_->Finish();
  }

  std::optional<v1::StreamAlertsResponse> Next() {
    v1::StreamAlertsResponse response;
    if (!reader_->Read(&response)) return std::nullopt;
    return response;
  }

  // Skips heartbeats.
  v1::StreamAlertsResponse NextAlert() {
    while (auto response = Next()) {
      if (response->has_alert()) return *response;
    }
    ADD_FAILURE() << "the stream ended: " << Finish();
    return {};
  }

  v1::StreamAlertsResponse NextHeartbeat() {
    while (auto response = Next()) {
      if (response->has_heartbeat()) return *response;
    }
    ADD_FAILURE() << "the stream ended: " << Finish();
    return {};
  }

  void Cancel() { context_.TryCancel(); }

  absl::Status Finish() {
    finished_ = true;
    return rpc::FromGrpc(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::StreamAlertsResponse>> reader_;
  bool finished_ = false;
};

class AlertServiceTest : public ::testing::Test {
 protected:
  void SetUp() override { StartAll(); }
  void TearDown() override { StopAll(); }

  void StartAll(absl::Duration slow_consumer_timeout = absl::Seconds(60)) {
    log_ = eventlog::OpenEmbeddedLog({.path = folder_.File("log.db")}).value();
    producer_ = log_->NewProducer().value();
    metrics_ = std::make_unique<telemetry::Metrics>();
    const AppOptions options{
        .board_path = BoardPath(), .recent_changes = 16, .slow_consumer_timeout = slow_consumer_timeout};
    app_ = App::Create(options, *log_, *metrics_).value();
    const absl::Status started = app_->Start();
    ASSERT_TRUE(started.ok()) << started;
    server_ = rpc::Server::Start({}, {{v1::AlertService::service_full_name(), &app_->service()}}).value();
    server_->OnDrain([this] { app_->EndStreams(); });
    stub_ = v1::AlertService::NewStub(rpc::Connect(server_->Address()));
  }

  void StopAll() {
    if (server_ != nullptr) server_->Stop(absl::Seconds(10));
    server_.reset();
    app_.reset();
    producer_.reset();
    log_.reset();
  }

  void Restart() {
    StopAll();
    StartAll();
  }

  std::string BoardPath() const { return folder_.File("board.db"); }

  void Publish(const v1::Alert& alert) {
    const auto position = producer_->Append(wire::EncodeAlert(alert));
    ASSERT_TRUE(position.ok()) << position.status();
  }

  std::unique_ptr<Desk> Open(const v1::StreamAlertsRequest& request) { return std::make_unique<Desk>(*stub_, request); }

  static v1::StreamAlertsRequest From(v1::StartPosition start) {
    v1::StreamAlertsRequest request;
    request.set_start(start);
    return request;
  }

  static v1::StreamAlertsRequest Behind(const std::string& token) {
    v1::StreamAlertsRequest request = From(v1::START_POSITION_CUSTOM);
    request.set_resume_token(token);
    return request;
  }

  // A desk that sees what comes from now on, without further heartbeats.
  std::unique_ptr<Desk> OpenLive() {
    v1::StreamAlertsRequest request = From(v1::START_POSITION_LATEST);
    request.mutable_heartbeat_interval()->set_seconds(3600);
    auto desk = Open(request);
    desk->NextHeartbeat();
    return desk;
  }

  absl::Status Refusal(const v1::StreamAlertsRequest& request) {
    auto desk = Open(request);
    EXPECT_FALSE(desk->Next().has_value());
    return desk->Finish();
  }

  // Waits until /metrics has the line.
  bool WaitForMetric(const std::string& line) {
    const absl::Time deadline = Clock::System().Now() + kPatience;
    while (Clock::System().Now() < deadline) {
      if (metrics_->Expose().find(line + "\n") != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ADD_FAILURE() << metrics_->Expose();
    return false;
  }

  absl::StatusOr<v1::ListAlertsResponse> List(const v1::ListAlertsRequest& request) {
    grpc::ClientContext context;
    rpc::SetTimeout(context, kPatience);
    v1::ListAlertsResponse response;
    const absl::Status status = rpc::FromGrpc(stub_->ListAlerts(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::GetAlertResponse> Get(const std::string& name) {
    grpc::ClientContext context;
    rpc::SetTimeout(context, kPatience);
    v1::GetAlertRequest request;
    request.set_name(name);
    v1::GetAlertResponse response;
    const absl::Status status = rpc::FromGrpc(stub_->GetAlert(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  void WaitForAppends(int64_t count) {
    const eventlog::TopicPartition partition{std::string(wire::kAlerts.name), 0};
    while (log_->Offsets(partition).value().end < count) std::this_thread::yield();
  }

  // The dead letters, once there are `count`.
  std::vector<eventlog::Record> DeadLetters(size_t count) {
    auto consumer = log_->NewConsumer({}).value();
    EXPECT_TRUE(consumer->Assign({{wire::DeadLetterTopic(wire::kAlerts.name), 0, 0}}).ok());
    std::vector<eventlog::Record> letters;
    while (letters.size() < count) {
      auto records = consumer->Poll(100, kPatience);
      EXPECT_TRUE(records.ok() && !records->empty());
      if (!records.ok() || records->empty()) break;
      for (auto& record : *records) letters.push_back(std::move(record));
    }
    return letters;
  }

  eventlog::TempFolder folder_;
  std::unique_ptr<eventlog::EventLog> log_;
  std::unique_ptr<eventlog::Producer> producer_;
  std::unique_ptr<telemetry::Metrics> metrics_;
  std::unique_ptr<App> app_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::AlertService::Stub> stub_;
};

}  // namespace earshot::alerts
