#include "services/cli/serve_app.h"

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "common/base/status.h"
#include "common/telemetry/log.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/command_run.h"
#include "services/cli/input_file.h"

namespace earshot::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace fs = std::filesystem;

constexpr std::string_view kRules =
    "groups:\n"
    "  - name: desk\n"
    "    rules:\n"
    "      - alert: RevenueGrows\n"
    "        match: {metric: revenue, kind: GROWTH, stance: ACTUAL}\n"
    "        when: o.value > 10.0\n"
    "        labels: {severity: warning}\n";

constexpr std::string_view kCall =
    "Alibaba Group - Earnings Call - Q2 2027\n"
    "November 20, 2026\n"
    "Speaker 1\n"
    "Our total revenue grew 20% year over year.\n"
    "Thank you all for your time.\n";

class ServeAppTest : public ::testing::Test {
 protected:
  ServeAppTest() : folder_(fs::path(::testing::TempDir()) / fmt::format("serve_app_test.{}", getpid())) {
    fs::create_directories(folder_ / "rules");
    Write("rules/desk.yaml", kRules);
    Write("call.txt", kCall);
    telemetry::Log::Configure(telemetry::LogLevel::kInfo, telemetry::LogFormat::kJson);
    telemetry::Log::SetSink([this](std::string_view line) {
      std::lock_guard lock(mutex_);
      log_.append(line).append("\n");
      logged_.notify_all();
    });
  }
  ~ServeAppTest() override {
    telemetry::Log::SetSink(nullptr);
    fs::remove_all(folder_);
  }

  // Returns once a line of the log has `part` in it.
  void AwaitLog(const std::string& part) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(logged_.wait_for(lock, std::chrono::seconds(30), [&] { return log_.find(part) != std::string::npos; }))
        << log_;
  }

  void Write(const std::string& name, std::string_view content) const {
    EXPECT_TRUE(WriteOutputFile(folder_ / name, std::string(content)).ok());
  }

  ServeOptions Options() const {
    return {.data_dir = folder_ / "data",
            .listen = "127.0.0.1:0",
            .metrics_listen = "127.0.0.1:0",
            .catalog_dir = FindConfigDir("catalog").value(),
            .rules_dir = folder_ / "rules",
            .rules_interval = absl::Milliseconds(20)};
  }

  static std::unique_ptr<ServeApp> StartApp(const ServeOptions& options) {
    auto app = ServeApp::Create(options);
    EXPECT_TRUE(app.ok()) << app.status();
    const absl::Status status = (*app)->Start();
    EXPECT_TRUE(status.ok()) << status;
    return *std::move(app);
  }

  CommandRun SendCall(const ServeApp& app) const {
    return RunForTest({"send", folder_ / "call.txt", "--to", app.Address(), "--speed", "0"});
  }

  const fs::path folder_;
  std::mutex mutex_;
  std::condition_variable logged_;
  std::string log_;
};

TEST_F(ServeAppTest, ACallThatIsSentBecomesAnAlertThatIsSeen) {
  const auto app = StartApp(Options());
  const CommandRun sent = SendCall(*app);
  EXPECT_EQ(sent.code, kGood) << sent.err;
  EXPECT_THAT(sent.out, HasSubstr("2 utterances"));
  const CommandRun watched = RunForTest({"watch", "--from", app->Address(), "--start", "earliest", "--count", "1"});
  EXPECT_EQ(watched.code, kGood) << watched.err;
  EXPECT_THAT(watched.out, AllOf(HasSubstr("WARNING   BABA    RevenueGrows"), HasSubstr("+20 % yoy"),
                                 HasSubstr("\"Our total revenue grew 20% year over year.\"")));
  const CommandRun listed =
      RunForTest({"alerts", "list", "--from", app->Address(), "--filter", "alert.company == 'BABA'"});
  EXPECT_THAT(listed.out, HasSubstr("RevenueGrows"));
}

TEST_F(ServeAppTest, WhatWasDecidedIsThereAfterARestart) {
  auto app = StartApp(Options());
  EXPECT_EQ(SendCall(*app).code, kGood);
  EXPECT_EQ(RunForTest({"watch", "--from", app->Address(), "--start", "earliest", "--count", "1"}).code, kGood);
  app->Stop();
  app.reset();
  app = StartApp(Options());
  EXPECT_EQ(SendCall(*app).code, kGood);
  const CommandRun watched =
      RunForTest({"watch", "--from", app->Address(), "--start", "earliest", "--until-idle", "1", "--json"});
  EXPECT_EQ(std::ranges::count(watched.out, '\n'), 1) << watched.out;
}

TEST_F(ServeAppTest, ChangedRulesAreApplied) {
  const auto app = StartApp(Options());
  std::string more(kRules);
  more.replace(more.find("RevenueGrows"), 12, "RevenueSoars");
  more.replace(more.find("desk"), 4, "more");
  Write("rules/more.yaml", more);
  AwaitLog("\"rules\":2");
  EXPECT_EQ(SendCall(*app).code, kGood);
  const CommandRun watched = RunForTest({"watch", "--from", app->Address(), "--start", "earliest", "--count", "2"});
  EXPECT_THAT(watched.out, AllOf(HasSubstr("RevenueGrows"), HasSubstr("RevenueSoars")));
}

TEST_F(ServeAppTest, BadRulesAreRefusedWithTheirPlace) {
  Write("rules/bad.yaml", "groups: 7\n");
  EXPECT_THAT(std::string(Message(ServeApp::Create(Options()).status())), HasSubstr("bad.yaml:1:9"));
  fs::remove(folder_ / "rules/bad.yaml");
  const auto app = StartApp(Options());
  Write("rules/bad.yaml", "groups: 7\n");
  AwaitLog("changed rules are not applied");
  const CommandRun applied = RunForTest({"rules", "apply", folder_ / "rules", "--to", app->Address()});
  EXPECT_EQ(applied.code, kBadUsage);
  EXPECT_THAT(applied.err, HasSubstr("bad.yaml:1:9"));
}

TEST_F(ServeAppTest, WhatIsInUseIsSaidSo) {
  const auto app = StartApp(Options());
  const auto same_data = ServeApp::Create(Options());
  EXPECT_EQ(same_data.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(Message(same_data.status())), AllOf(HasSubstr("data"), HasSubstr("in use")));
  ServeOptions options = Options();
  options.data_dir = folder_ / "other";
  options.listen = app->Address();
  const auto same_port = ServeApp::Create(options);
  ASSERT_TRUE(same_port.ok()) << same_port.status();
  const absl::Status status = (*same_port)->Start();
  EXPECT_THAT(std::string(Message(status)), StartsWith("address " + app->Address() + " is in use"));
}

}  // namespace
}  // namespace earshot::cli
