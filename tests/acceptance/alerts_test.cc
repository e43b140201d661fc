// From a call to its alerts, through the program that users run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/acceptance/serve.h"

namespace earshot::acceptance {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<v1::Alert> OfRule(const std::vector<v1::Alert>& alerts, const std::string& rule) {
  std::vector<v1::Alert> found;
  for (const v1::Alert& alert : alerts) {
    if (alert.rule() == "rules/" + rule) found.push_back(alert);
  }
  return found;
}

// A real call's evidence is asserted by where it stands and what figure it holds, never by its words.
void ExpectEvidence(const v1::Observation& observation, const std::filesystem::path& file, const std::string& figure) {
  const v1::Evidence& evidence = observation.evidence();
  EXPECT_THAT(evidence.quote(), HasSubstr(figure));
  EXPECT_GT(evidence.sequence(), 0);
  ASSERT_GT(evidence.line(), 0);
  std::istringstream lines(ReadFile(file));
  std::string line;
  for (int i = 0; i < evidence.line(); ++i) std::getline(lines, line);
  ASSERT_LE(static_cast<size_t>(evidence.end()), line.size());
  EXPECT_EQ(line.substr(evidence.begin(), evidence.end() - evidence.begin()), evidence.quote());
  EXPECT_EQ(observation.speaker().role(), v1::SPEAKER_ROLE_MANAGEMENT);
}

class RealCallsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (SharedDir().empty()) GTEST_SKIP() << "the real calls are not here";
    serve_.Start();
    SendBoth();
    alerts_ = serve_.Alerts();
  }

  void SendBoth() {
    for (const auto& file : {earlier_, later_}) {
      const Finished sent = Send(serve_, file);
      ASSERT_EQ(sent.exit_code, 0) << sent.err;
    }
    serve_.AwaitDecided();
  }

  const std::filesystem::path earlier_ = SharedDir() / "calls/baba-fy2025q3.txt";
  const std::filesystem::path later_ = SharedDir() / "calls/baba-fy2026q1.txt";
  TemporaryFolder folder_;
  Serve serve_{folder_.path()};
  std::vector<v1::Alert> alerts_;
};

TEST_F(RealCallsTest, RaisesWhatADeskWaitsForWithItsEvidence) {
  const v1::Alert capex = Only(alerts_, "CapexAbovePlan", "FY2026Q1");
  EXPECT_EQ(capex.state(), v1::ALERT_STATE_FIRING);
  EXPECT_DOUBLE_EQ(capex.observation().value(), 38.6e9);
  EXPECT_DOUBLE_EQ(OperandOf(capex, "o.value").number(), 38.6e9);
  const v1::Operand plan = OperandOf(capex, "plan.per_quarter");
  EXPECT_NEAR(plan.number(), 380e9 / 12, 1);
  EXPECT_DOUBLE_EQ(plan.source().value(), 380e9);
  EXPECT_EQ(plan.source().period(), "FY2026..FY2028");
  EXPECT_EQ(plan.source().stance(), v1::STANCE_PLAN);
  ExpectEvidence(capex.observation(), later_, "38.6 billion");
  ExpectEvidence(plan.source(), later_, "380 billion");

  const v1::Alert widened = Only(alerts_, "AidcLossWidens", "FY2025Q3");
  EXPECT_DOUBLE_EQ(widened.observation().value(), -5.0e9);
  const v1::Operand year_ago = OperandOf(widened, "year_ago.value");
  EXPECT_DOUBLE_EQ(year_ago.number(), -3.1e9);
  EXPECT_EQ(year_ago.source().period(), "FY2024Q3");
  ExpectEvidence(widened.observation(), earlier_, "RMB 5 billion");
  ExpectEvidence(year_ago.source(), earlier_, "RMB 3.1 billion");

  const v1::Alert near = Only(alerts_, "AidcNearBreakEven", "FY2026Q1");
  EXPECT_EQ(near.segment(), "aidc");
  EXPECT_EQ(near.observation().state(), v1::STATE_NEAR_BREAK_EVEN);
  ExpectEvidence(near.observation(), later_, "break-even");
}

TEST_F(RealCallsTest, StaysSilentWhereGrowthDidNotSlow) {
  EXPECT_THAT(OfRule(alerts_, "CmrDecelerates"), IsEmpty());
  EXPECT_THAT(OfRule(alerts_, "AidcTurnsProfitable"), IsEmpty());
}

TEST_F(RealCallsTest, SendingBothAgainAddsNothing) {
  SendBoth();
  EXPECT_EQ(Contents(serve_.Alerts()), Contents(alerts_));
}

TEST_F(RealCallsTest, EveryAlertSaysWhenItPassedEachStage) {
  for (const v1::Alert& alert : alerts_) {
    const v1::Times& times = alert.times();
    EXPECT_TRUE(times.has_receive_time() && times.has_understand_time() && times.has_publish_time() &&
                times.has_evaluate_time())
        << alert.ShortDebugString();
  }
}

TEST(SamplesTest, EachOfTheThreeKindsOfAlertFires) {
  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  const std::vector<std::filesystem::path> samples = Samples();
  ASSERT_EQ(samples.size(), 2u);
  for (const auto& sample : samples) {
    const Finished sent = Send(serve, sample);
    ASSERT_EQ(sent.exit_code, 0) << sent.err;
  }
  serve.AwaitDecided();
  const std::vector<v1::Alert> alerts = serve.Alerts();
  for (const std::string rule : {"CapexAbovePlan", "AidcTurnsProfitable", "CmrDecelerates"}) {
    const std::vector<v1::Alert> fired = OfRule(alerts, rule);
    ASSERT_EQ(fired.size(), 1u) << rule;
    EXPECT_THAT(fired[0].observation().evidence().quote(), Not(IsEmpty()));
    EXPECT_THAT(fired[0].annotations().at("summary"), Not(HasSubstr("error")));
  }
  const v1::Alert slower = OfRule(alerts, "CmrDecelerates")[0];
  EXPECT_LT(OperandOf(slower, "o.value").number(), OperandOf(slower, "previous.value").number());
}

}  // namespace
}  // namespace earshot::acceptance
