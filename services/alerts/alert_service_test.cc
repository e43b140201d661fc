#include <filesystem>
#include <optional>
#include <thread>

#include "common/eventlog/embedded_backend.h"
#include "common/rpc/client.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/alerts/app.h"

namespace earshot::alerts {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using v1::StreamAlertsResponse;

constexpr absl::Duration kPatience = absl::Seconds(30);

v1::Alert MakeAlert(const std::string& id, int revision = 1, const std::string& company = "ACME") {
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

  std::optional<StreamAlertsResponse> Next() {
    StreamAlertsResponse response;
    if (!reader_->Read(&response)) return std::nullopt;
    return response;
  }

  // Skips heartbeats.
  StreamAlertsResponse NextAlert() {
    while (auto response = Next()) {
      if (response->has_alert()) return *response;
    }
    ADD_FAILURE() << "the stream ended: " << Finish();
    return {};
  }

  StreamAlertsResponse NextHeartbeat() {
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
  std::unique_ptr<grpc::ClientReader<StreamAlertsResponse>> reader_;
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
    const absl::Time deadline = absl::Now() + kPatience;
    while (absl::Now() < deadline) {
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

TEST_F(AlertServiceTest, EarliestReplaysThenGoesOnLive) {
  Publish(MakeAlert("a"));
  Publish(MakeAlert("b"));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 2"));
  v1::StreamAlertsRequest request = From(v1::START_POSITION_EARLIEST);
  request.mutable_heartbeat_interval()->set_seconds(3600);
  auto desk = Open(request);
  const auto first = desk->NextAlert();
  EXPECT_EQ(first.alert().name(), "alerts/a");
  EXPECT_EQ(first.sequence(), 1);
  EXPECT_TRUE(first.replayed());
  EXPECT_GT(first.alert().times().deliver_time().seconds(), first.alert().times().evaluate_time().seconds());
  const auto second = desk->NextAlert();
  EXPECT_EQ(second.sequence(), 2);
  EXPECT_TRUE(second.replayed());
  const auto heartbeat = desk->Next();
  ASSERT_TRUE(heartbeat.has_value() && heartbeat->has_heartbeat()) << "the end of the past is told at once";
  EXPECT_EQ(heartbeat->sequence(), 3);
  Publish(MakeAlert("a", 2));
  const auto live = desk->NextAlert();
  EXPECT_EQ(live.sequence(), 3);
  EXPECT_FALSE(live.replayed());
  EXPECT_EQ(live.alert().revision(), 2);
}

TEST_F(AlertServiceTest, LatestBringsOnlyWhatIsNew) {
  Publish(MakeAlert("old"));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 1"));
  auto desk = OpenLive();
  Publish(MakeAlert("new"));
  const auto response = desk->NextAlert();
  EXPECT_EQ(response.alert().name(), "alerts/new");
  EXPECT_EQ(response.sequence(), 2);
  EXPECT_FALSE(response.replayed());
}

TEST_F(AlertServiceTest, ADeskResumesBehindItsLastToken) {
  auto desk = OpenLive();
  for (const char* id : {"a", "b", "c"}) Publish(MakeAlert(id));
  desk->NextAlert();
  const std::string token = desk->NextAlert().resume_token();
  desk.reset();
  Publish(MakeAlert("d"));
  auto resumed = Open(Behind(token));
  const auto third = resumed->NextAlert();
  EXPECT_EQ(third.alert().name(), "alerts/c");
  EXPECT_EQ(third.sequence(), 3);
  EXPECT_TRUE(third.replayed());
  EXPECT_EQ(resumed->NextAlert().alert().name(), "alerts/d");
}

TEST_F(AlertServiceTest, ATokenOutlivesTheServerAndItsReadModel) {
  auto desk = OpenLive();
  for (const char* id : {"a", "b", "c"}) Publish(MakeAlert(id));
  Publish(MakeAlert("a"));
  const std::string token = desk->NextAlert().resume_token();
  desk.reset();
  Restart();
  EXPECT_EQ(Open(Behind(token))->NextAlert().alert().name(), "alerts/b");
  StopAll();
  ASSERT_TRUE(std::filesystem::remove(BoardPath()));
  StartAll();
  auto again = Open(Behind(token));
  EXPECT_EQ(again->NextAlert().sequence(), 2);
  EXPECT_EQ(again->NextAlert().sequence(), 3);
}

TEST_F(AlertServiceTest, HeartbeatsTellTheNextNumberAndCanBeResumedFrom) {
  v1::StreamAlertsRequest request = From(v1::START_POSITION_LATEST);
  request.mutable_heartbeat_interval()->set_nanos(100'000'000);
  auto desk = Open(request);
  const auto first = desk->NextHeartbeat();
  EXPECT_EQ(first.sequence(), 1);
  EXPECT_GT(first.heartbeat().heartbeat_time().seconds(), 0);
  const auto second = desk->NextHeartbeat();
  EXPECT_EQ(second.sequence(), 1);
  Publish(MakeAlert("a"));
  EXPECT_EQ(desk->NextAlert().sequence(), 1);
  EXPECT_EQ(desk->NextHeartbeat().sequence(), 2);
  EXPECT_EQ(Open(Behind(second.resume_token()))->NextAlert().sequence(), 1);
}

// Several desks open at different times while alerts are appended; each must see every number once, in order.
TEST_F(AlertServiceTest, ReplayHandsOverToLiveWithoutGapOrRepetition) {
  constexpr int kAlerts = 1500;
  std::thread publisher([&] {
    for (int i = 1; i <= kAlerts; ++i) {
      producer_->AppendAsync(wire::EncodeAlert(MakeAlert("n" + std::to_string(i))),
                             [](const absl::StatusOr<eventlog::Position>& position) { EXPECT_TRUE(position.ok()); });
      if (i % 3 == 0) producer_->AppendAsync(wire::EncodeAlert(MakeAlert("n1")), [](const auto&) {});  // seen
      if (i % 100 == 0) producer_->Flush(kPatience).IgnoreError();
    }
  });
  std::vector<std::thread> desks;
  for (int number = 0; number < 6; ++number) {
    desks.emplace_back([this, number] {
      WaitForAppends(number * 200);
      auto desk = Open(From(v1::START_POSITION_EARLIEST));
      bool live = false;
      for (int64_t expected = 1; expected <= kAlerts; ++expected) {
        const auto response = desk->NextAlert();
        ASSERT_EQ(response.sequence(), expected);
        ASSERT_EQ(response.alert().name(), "alerts/n" + std::to_string(expected));
        ASSERT_FALSE(live && response.replayed()) << "live, then replayed";
        live = !response.replayed();
        if (expected % 400 == number) {
          desk = Open(Behind(response.resume_token()));
          live = false;
        }
      }
    });
  }
  publisher.join();
  for (std::thread& desk : desks) desk.join();
}

TEST_F(AlertServiceTest, AFilterHoldsBackWhatDoesNotPassAndCountsItsNumbers) {
  v1::StreamAlertsRequest request = From(v1::START_POSITION_LATEST);
  request.set_filter(R"(alert.company == "OTHER")");
  auto desk = Open(request);
  desk->NextHeartbeat();
  Publish(MakeAlert("a"));
  Publish(MakeAlert("b", 1, "OTHER"));
  Publish(MakeAlert("c"));
  const auto response = desk->NextAlert();
  EXPECT_EQ(response.alert().name(), "alerts/b");
  EXPECT_EQ(response.sequence(), 2);
  StreamAlertsResponse heartbeat = desk->NextHeartbeat();
  while (heartbeat.sequence() < 4) heartbeat = desk->NextHeartbeat();
  Publish(MakeAlert("d"));
  EXPECT_EQ(Open(Behind(heartbeat.resume_token()))->NextAlert().alert().name(), "alerts/d");
}

TEST_F(AlertServiceTest, AFilterThatDoesNotCompileIsRefusedWithTheCaret) {
  v1::StreamAlertsRequest request = From(v1::START_POSITION_LATEST);
  request.set_filter("alert.compny == 'ACME'");
  const absl::Status status = Refusal(request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("^"));
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "FILTER_INVALID");
}

TEST_F(AlertServiceTest, BadTokensAreRefusedWithTheReason) {
  const absl::Status garbage = Refusal(Behind("garbage"));
  EXPECT_EQ(garbage.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(rpc::ErrorInfoOf(garbage).reason(), "RESUME_TOKEN_INVALID");
  EXPECT_EQ(rpc::ErrorInfoOf(garbage).domain(), rpc::kErrorDomain);
  EXPECT_EQ(rpc::ErrorInfoOf(Refusal(Behind(""))).reason(), "RESUME_TOKEN_INVALID");

  auto desk = OpenLive();
  Publish(MakeAlert("a"));
  const std::string token = desk->NextAlert().resume_token();
  v1::StreamAlertsRequest unexpected = Behind(token);
  unexpected.set_start(v1::START_POSITION_LATEST);
  EXPECT_EQ(rpc::ErrorInfoOf(Refusal(unexpected)).reason(), "RESUME_TOKEN_UNEXPECTED");

  desk.reset();
  StopAll();
  for (const char* file : {"log.db", "log.db-wal", "log.db-shm"}) std::filesystem::remove(folder_.File(file));
  StartAll();
  const absl::Status other_log = Refusal(Behind(token));
  EXPECT_EQ(other_log.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(rpc::ErrorInfoOf(other_log).reason(), "RESUME_TOKEN_OF_ANOTHER_LOG");
}

TEST_F(AlertServiceTest, BadRequestsNameTheirField) {
  v1::StreamAlertsRequest fast = From(v1::START_POSITION_LATEST);
  fast.mutable_heartbeat_interval()->set_nanos(99'000'000);
  EXPECT_EQ(rpc::BadRequestOf(Refusal(fast)).field_violations(0).field(), "heartbeat_interval");
  v1::StreamAlertsRequest unknown;
  unknown.set_start(static_cast<v1::StartPosition>(77));
  EXPECT_EQ(rpc::BadRequestOf(Refusal(unknown)).field_violations(0).field(), "start");
}

TEST_F(AlertServiceTest, ADeskThatGoesLeavesNothingBehind) {
  auto cancelled = OpenLive();
  v1::StreamAlertsRequest request = From(v1::START_POSITION_LATEST);
  grpc::ClientContext short_context;
  rpc::SetTimeout(short_context, absl::Milliseconds(300));
  auto timed_out = stub_->StreamAlerts(&short_context, request);
  ASSERT_TRUE(WaitForMetric("earshot_stream_subscribers 2"));
  cancelled->Cancel();
  ASSERT_TRUE(WaitForMetric("earshot_stream_subscribers 1"));
  EXPECT_EQ(timed_out->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  ASSERT_TRUE(WaitForMetric("earshot_stream_subscribers 0"));
}

TEST_F(AlertServiceTest, ADrainEndsStreamsWithAMessageAndAToken) {
  auto desk = OpenLive();
  Publish(MakeAlert("a"));
  desk->NextAlert();
  std::thread stopper([&] { server_->Stop(absl::Seconds(10)); });
  std::optional<StreamAlertsResponse> last;
  while (auto response = desk->Next()) last = response;
  EXPECT_TRUE(desk->Finish().ok());
  stopper.join();
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->end().reason(), v1::StreamEnd::REASON_SHUTDOWN);
  EXPECT_EQ(last->sequence(), 2);
  ASSERT_TRUE(WaitForMetric("earshot_stream_dropped_total{reason=\"shutdown\"} 1"));
  Restart();
  Publish(MakeAlert("b"));
  EXPECT_EQ(Open(Behind(last->resume_token()))->NextAlert().alert().name(), "alerts/b");
}

TEST_F(AlertServiceTest, NothingIsServedWhileItDrains) {
  app_->EndStreams();
  const absl::Status status = Refusal(From(v1::START_POSITION_LATEST));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "SHUTTING_DOWN");
  EXPECT_EQ(rpc::RetryDelayOf(status), absl::Seconds(1));
}

// One desk takes nothing until it is cut; another gets everything meanwhile.
TEST_F(AlertServiceTest, ASlowDeskIsCutAndHoldsUpNobody) {
  constexpr int kAlerts = 200;
  StopAll();
  StartAll(/*slow_consumer_timeout=*/absl::Milliseconds(200));
  auto slow = OpenLive();
  auto quick = OpenLive();
  v1::Alert large = MakeAlert("large");
  (*large.mutable_annotations())["text"] = std::string(100'000, 'x');
  std::thread publisher([&] {
    for (int i = 1; i <= kAlerts; ++i) {
      large.set_revision(i);
      Publish(large);
    }
  });
  for (int i = 1; i <= kAlerts; ++i) ASSERT_EQ(quick->NextAlert().sequence(), i);
  publisher.join();
  ASSERT_TRUE(WaitForMetric("earshot_stream_dropped_total{reason=\"slow_consumer\"} 1"));
  while (slow->Next()) {
  }
  EXPECT_EQ(slow->Finish().code(), absl::StatusCode::kCancelled);
}

TEST_F(AlertServiceTest, ListsPageByPageNewestFirst) {
  for (int i = 1; i <= 5; ++i) Publish(MakeAlert("n" + std::to_string(i), 1, i % 2 == 0 ? "EVEN" : "ODD"));
  Publish(MakeAlert("n2", 2, "EVEN"));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 6"));
  v1::ListAlertsRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = List(request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LE(page->alerts_size(), 2);
    for (const v1::Alert& alert : page->alerts())
      names.push_back(alert.name() + "@" + std::to_string(alert.revision()));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ElementsAre("alerts/n5@1", "alerts/n4@1", "alerts/n3@1", "alerts/n2@2", "alerts/n1@1"));

  v1::ListAlertsRequest filtered;
  filtered.set_filter(R"(alert.company == "EVEN")");
  filtered.set_page_size(1);
  const auto first = List(filtered).value();
  EXPECT_EQ(first.alerts(0).name(), "alerts/n4");
  filtered.set_page_token(first.next_page_token());
  const auto second = List(filtered).value();
  EXPECT_EQ(second.alerts(0).name(), "alerts/n2");
  EXPECT_EQ(second.next_page_token(), "");
  filtered.clear_filter();
  EXPECT_EQ(rpc::ErrorInfoOf(List(filtered).status()).reason(), "PAGE_TOKEN_INVALID");
}

TEST_F(AlertServiceTest, BadListsAreRefused) {
  v1::ListAlertsRequest request;
  request.set_page_size(-1);
  EXPECT_EQ(rpc::BadRequestOf(List(request).status()).field_violations(0).field(), "page_size");
  request.set_page_size(1'000'000);
  EXPECT_TRUE(List(request).ok());
  request.set_page_token("nonsense");
  EXPECT_EQ(List(request).status().code(), absl::StatusCode::kInvalidArgument);
  request.clear_page_token();
  request.set_filter("alert.");
  EXPECT_EQ(rpc::ErrorInfoOf(List(request).status()).reason(), "FILTER_INVALID");
}

TEST_F(AlertServiceTest, AnAlertIsFoundByItsName) {
  Publish(MakeAlert("a"));
  Publish(MakeAlert("a", 2));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 2"));
  EXPECT_EQ(Get("alerts/a").value().alert().revision(), 2);
  const absl::Status none = Get("alerts/none").status();
  EXPECT_EQ(none.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(rpc::ErrorInfoOf(none).reason(), "ALERT_NOT_FOUND");
  EXPECT_EQ(rpc::ErrorInfoOf(none).metadata().at("name"), "alerts/none");
  for (const char* bad : {"", "a", "alerts/", "calls/x"}) {
    EXPECT_EQ(Get(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST_F(AlertServiceTest, WhatCannotBeTakenGoesToTheDeadLettersAndTheRestGoesOn) {
  auto desk = OpenLive();
  Publish(MakeAlert("a"));
  ASSERT_TRUE(
      producer_->Append({.topic = std::string(wire::kAlerts.name), .key = "ACME", .value = "\xff no alert"}).ok());
  v1::Alert conflict = MakeAlert("a");
  conflict.set_period("FY2026");
  Publish(conflict);
  Publish(MakeAlert("a"));
  Publish(MakeAlert("b"));
  EXPECT_EQ(desk->NextAlert().alert().name(), "alerts/a");
  const auto next = desk->NextAlert();
  EXPECT_EQ(next.alert().name(), "alerts/b");
  EXPECT_EQ(next.sequence(), 2);
  const auto letters = DeadLetters(2);
  ASSERT_EQ(letters.size(), 2u);
  EXPECT_EQ(letters[0].value, "\xff no alert");
  EXPECT_NE(eventlog::FindHeader(letters[0].headers, "earshot.errors.message"), nullptr);
  EXPECT_EQ(wire::EncodeAlert(conflict).value, letters[1].value);
  EXPECT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"malformed\"} 1"));
  EXPECT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"conflict\"} 1"));
  EXPECT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"duplicate\"} 1"));
  EXPECT_TRUE(WaitForMetric("earshot_consumer_lag_records{topic=\"earshot.alerts.v1\"} 0"));
  EXPECT_EQ(Get("alerts/a").value().alert().period(), "");
}

}  // namespace
}  // namespace earshot::alerts
