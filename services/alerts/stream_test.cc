#include <optional>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/alerts/alert_service_fixture.h"

namespace earshot::alerts {
namespace {

using ::testing::HasSubstr;
using v1::StreamAlertsResponse;

using StreamTest = AlertServiceTest;

TEST_F(StreamTest, EarliestReplaysThenGoesOnLive) {
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

TEST_F(StreamTest, LatestBringsOnlyWhatIsNew) {
  Publish(MakeAlert("old"));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 1"));
  auto desk = OpenLive();
  Publish(MakeAlert("new"));
  const auto response = desk->NextAlert();
  EXPECT_EQ(response.alert().name(), "alerts/new");
  EXPECT_EQ(response.sequence(), 2);
  EXPECT_FALSE(response.replayed());
}

TEST_F(StreamTest, ADeskResumesBehindItsLastToken) {
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

TEST_F(StreamTest, ATokenOutlivesTheServerAndItsReadModel) {
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

TEST_F(StreamTest, HeartbeatsTellTheNextNumberAndCanBeResumedFrom) {
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
TEST_F(StreamTest, ReplayHandsOverToLiveWithoutGapOrRepetition) {
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

TEST_F(StreamTest, AFilterHoldsBackWhatDoesNotPassAndCountsItsNumbers) {
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

TEST_F(StreamTest, AFilterThatDoesNotCompileIsRefusedWithTheCaret) {
  v1::StreamAlertsRequest request = From(v1::START_POSITION_LATEST);
  request.set_filter("alert.compny == 'ACME'");
  const absl::Status status = Refusal(request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("^"));
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "FILTER_INVALID");
}

TEST_F(StreamTest, BadTokensAreRefusedWithTheReason) {
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

TEST_F(StreamTest, BadRequestsNameTheirField) {
  v1::StreamAlertsRequest fast = From(v1::START_POSITION_LATEST);
  fast.mutable_heartbeat_interval()->set_nanos(99'000'000);
  EXPECT_EQ(rpc::BadRequestOf(Refusal(fast)).field_violations(0).field(), "heartbeat_interval");
  v1::StreamAlertsRequest unknown;
  unknown.set_start(static_cast<v1::StartPosition>(77));
  EXPECT_EQ(rpc::BadRequestOf(Refusal(unknown)).field_violations(0).field(), "start");
}

TEST_F(StreamTest, ADeskThatGoesLeavesNothingBehind) {
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

TEST_F(StreamTest, ADrainEndsStreamsWithAMessageAndAToken) {
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

TEST_F(StreamTest, NothingIsServedWhileItDrains) {
  app_->EndStreams();
  const absl::Status status = Refusal(From(v1::START_POSITION_LATEST));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "SHUTTING_DOWN");
  EXPECT_EQ(rpc::RetryDelayOf(status), absl::Seconds(1));
}

// One desk takes nothing until it is cut; another gets everything meanwhile.
TEST_F(StreamTest, ASlowDeskIsCutAndHoldsUpNobody) {
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

}  // namespace
}  // namespace earshot::alerts
