#include <algorithm>
#include <atomic>
#include <thread>

#include "common/base/status.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/cli/command_run.h"

namespace earshot::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::Alert NumberedAlert(int number) {
  v1::Alert alert;
  alert.set_name("alerts/" + std::to_string(number));
  alert.set_company("ACME");
  alert.set_rule("rules/Rule" + std::to_string(number));
  (*alert.mutable_labels())["severity"] = "warning";
  return alert;
}

// Has a fixed number of alerts; breaks each stream after two of them.
class BreakingAlerts final : public v1::AlertService::Service {
 public:
  explicit BreakingAlerts(int count) : count_(count) {}

  grpc::Status StreamAlerts(grpc::ServerContext* context, const v1::StreamAlertsRequest* request,
                            grpc::ServerWriter<v1::StreamAlertsResponse>* writer) override {
    if (request->filter() == "bad") return rpc::ToGrpc(InvalidArgument("filter: undeclared 'bad'"));
    ++streams;
    const int begin = request->resume_token().empty() ? 0 : std::stoi(request->resume_token());
    for (int i = begin; i < count_; ++i) {
      if (i == begin + 2) return {grpc::StatusCode::UNAVAILABLE, "broken"};
      v1::StreamAlertsResponse response;
      *response.mutable_alert() = NumberedAlert(i + 1);
      response.set_resume_token(std::to_string(i + 1));
      writer->Write(response);
    }
    v1::StreamAlertsResponse response;
    response.mutable_heartbeat();
    while (!context->IsCancelled() && writer->Write(response)) std::this_thread::sleep_for(kHeartbeat);
    return grpc::Status::OK;
  }

  grpc::Status ListAlerts(grpc::ServerContext*, const v1::ListAlertsRequest* request,
                          v1::ListAlertsResponse* response) override {
    const int begin = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    const int end = std::min({count_, begin + 2, begin + request->page_size()});
    for (int i = begin; i < end; ++i) *response->add_alerts() = NumberedAlert(i + 1);
    if (end < count_) response->set_next_page_token(std::to_string(end));
    return grpc::Status::OK;
  }

  std::atomic<int> streams = 0;

 private:
  static constexpr auto kHeartbeat = std::chrono::milliseconds(10);
  const int count_;
};

class WatchCommandTest : public ::testing::Test {
 protected:
  WatchCommandTest() : server_(rpc::Server::Start({}, {{v1::AlertService::service_full_name(), &service_}}).value()) {}

  CommandRun Watch(std::vector<std::string> arguments, const RunOptions& options = {}) const {
    arguments.insert(arguments.end(), {"--from", server_->Address()});
    return RunForTest(arguments, options);
  }

  BreakingAlerts service_{5};
  std::unique_ptr<rpc::Server> server_;
};

TEST_F(WatchCommandTest, GoesOnBehindTheLastAlertAfterALostConnection) {
  const CommandRun watched = Watch({"watch", "--start", "earliest", "--count", "5"});
  EXPECT_EQ(watched.code, kGood);
  EXPECT_EQ(service_.streams, 3);
  for (int i = 1; i <= 5; ++i) {
    const std::string rule = "Rule" + std::to_string(i);
    const size_t first = watched.out.find(rule);
    ASSERT_NE(first, std::string::npos) << rule;
    EXPECT_EQ(watched.out.find(rule, first + 1), std::string::npos) << rule << " came twice";
  }
  EXPECT_THAT(watched.err, HasSubstr("lost (broken); trying again"));
  EXPECT_THAT(watched.out, Not(HasSubstr("\033")));
}

TEST_F(WatchCommandTest, EndsWhenNothingComes) {
  const CommandRun watched = Watch({"watch", "--start", "earliest", "--until-idle", "0.1", "--json"});
  EXPECT_EQ(watched.code, kGood);
  EXPECT_THAT(watched.out, HasSubstr(R"("rule":"rules/Rule1")"));
}

TEST_F(WatchCommandTest, IsInColourOnATerminal) {
  const CommandRun watched = Watch({"watch", "--start", "earliest", "--count", "1"}, {.terminal = true});
  EXPECT_EQ(watched.code, kGood);
  EXPECT_THAT(watched.out, HasSubstr("\033[1;33mWARNING"));
}

TEST_F(WatchCommandTest, ARefusalIsBadInput) {
  const CommandRun watched = Watch({"watch", "--filter", "bad"});
  EXPECT_EQ(watched.code, kBadUsage);
  EXPECT_THAT(watched.err, HasSubstr("filter: undeclared 'bad'"));
}

TEST_F(WatchCommandTest, ListsAllPages) {
  const CommandRun listed = Watch({"alerts", "list"});
  EXPECT_EQ(listed.code, kGood);
  EXPECT_THAT(listed.out, HasSubstr("Rule5"));
  EXPECT_EQ(std::ranges::count(Watch({"alerts", "list", "--limit", "3", "--json"}).out, '\n'), 3);
}

}  // namespace
}  // namespace earshot::cli
