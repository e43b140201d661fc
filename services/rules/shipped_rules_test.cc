// Every rule in deploy/config/rules fires where it should and stays silent where it should, in words and figures.
#include <cstdlib>

#include "common/catalog/catalog.h"
#include "gmock/gmock.h"
#include "services/rules/engine/engine.h"
#include "services/rules/engine/test_events.h"
#include "services/rules/rule_files.h"

namespace earshot::rules {
namespace {

using namespace std::literals;
using rule_engine::Amount;
using rule_engine::Decision;
using rule_engine::EventMaker;
using rule_engine::Growth;
using rule_engine::InState;
using rule_engine::Of;
using rule_engine::With;
using testing::ElementsAre;
using testing::IsEmpty;

std::string SourcePath(const std::string& path) {
  const char* root = std::getenv("EARSHOT_SOURCE_DIR");
  return (root == nullptr ? "."s : std::string(root)) + "/" + path;
}

std::shared_ptr<const rule_engine::RuleSet> ShippedRules() {
  const auto catalog = catalog::Catalog::Load(SourcePath("deploy/config/catalog"));
  EXPECT_TRUE(catalog.ok()) << catalog.status();
  yaml::Diagnostics diagnostics;
  const auto files = ReadRuleFiles({SourcePath("deploy/config/rules")}, diagnostics);
  const CheckedRuleSet checked = CheckRuleFiles(files, *catalog, diagnostics);
  EXPECT_TRUE(diagnostics.empty()) << diagnostics.Render();
  return rule_engine::Compiled(checked.message);
}

class ShippedRulesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { rules_ = new auto(ShippedRules()); }
  static void TearDownTestSuite() { delete rules_; }

  // "Rule: summary" of what fires.
  std::vector<std::string> Say(const EventMaker& call, const std::vector<v1::Observation>& observations) {
    rule_engine::Company& company =
        companies_.try_emplace(call.call().company(), rule_engine::Company{.ticker = call.call().company()})
            .first->second;
    const Decision decision = engine_.Apply(call.Event(++sequence_, observations), rules_->get(), company);
    EXPECT_EQ(decision.counts.failed, 0) << testing::PrintToString(decision.counts.failures);
    std::vector<std::string> fired;
    for (const v1::Alert& alert : decision.alerts) {
      EXPECT_TRUE(alert.labels().contains("severity")) << alert.rule();
      for (const auto& [name, text] : alert.annotations()) EXPECT_EQ(text.find("failed"), std::string::npos) << text;
      fired.push_back(alert.rule().substr(6) + ": " + alert.annotations().at("summary"));
    }
    return fired;
  }

  static std::shared_ptr<const rule_engine::RuleSet>* rules_;
  rule_engine::Engine engine_;
  std::map<std::string, rule_engine::Company> companies_;
  int sequence_ = 0;
  const EventMaker q3_{"BABA", "FY2025Q3", "2025-02-20"};
  const EventMaker q1_{"BABA", "FY2026Q1", "2025-08-29"};
};

std::shared_ptr<const rule_engine::RuleSet>* ShippedRulesTest::rules_ = nullptr;

TEST_F(ShippedRulesTest, CapexAbovePlan) {
  const v1::Observation plan = With(Amount("capex", "FY2026..FY2028", 380e9), v1::STANCE_PLAN);
  EXPECT_THAT(Say(q1_, {Amount("capex", "FY2026Q1", 38.6e9)}), IsEmpty());
  EXPECT_THAT(Say(q1_, {plan, Amount("capex", "FY2026Q1", 34e9), Amount("capex", "FY2025Q2..FY2026Q1", 100e9),
                        With(Amount("capex", "FY2026Q1", 50e9), v1::SPEAKER_ROLE_ANALYST)}),
              IsEmpty());
  EXPECT_THAT(Say(q1_, {Amount("capex", "FY2026Q1", 38.6e9), Amount("capex", "FY2026Q1", 39e9)}),
              ElementsAre("CapexAbovePlan: BABA CapEx of CNY 38.6 bn in FY2026Q1 is 22% above the plan of 31.7 bn a "
                          "quarter"));
}

TEST_F(ShippedRulesTest, CmrDeceleratesAlsoAcrossTheMergerOfItsSegment) {
  const std::string cmr = "customer_management_revenue";
  EXPECT_THAT(Say(q3_, {Of("taobao_tmall", Growth(cmr, "FY2025Q3", 9))}), IsEmpty());
  EXPECT_THAT(Say(q1_, {Of("china_ecommerce", Growth(cmr, "FY2026Q1", 10))}), IsEmpty());
  const EventMaker q2("BABA", "FY2026Q2", "2025-11-25");
  v1::Observation at_least = Of("china_ecommerce", Growth(cmr, "FY2026Q2", 5));
  at_least.set_bound(v1::BOUND_AT_LEAST);
  EXPECT_THAT(Say(q2, {at_least, Of("china_ecommerce", Growth(cmr, "FY2025Q2", 2.5))}), IsEmpty());
  EXPECT_THAT(Say(q2, {Of("china_ecommerce", Growth(cmr, "FY2026Q2", 8))}),
              ElementsAre("CmrDecelerates: Customer management revenue grew 8.0% in FY2026Q2, down from 10.0% in "
                          "FY2026Q1"));
}

TEST_F(ShippedRulesTest, CmrDeceleratesAgainstTheSegmentThatWasMerged) {
  Say(q3_, {Of("taobao_tmall", Growth("customer_management_revenue", "FY2025Q3", 12))});
  EXPECT_THAT(Say(q1_, {Of("china_ecommerce", Growth("customer_management_revenue", "FY2026Q1", 10))}),
              ElementsAre("CmrDecelerates: Customer management revenue grew 10.0% in FY2026Q1, down from 12.0% in "
                          "FY2025Q3"));
}

TEST_F(ShippedRulesTest, CloudAccelerates) {
  Say(q3_, {Of("cloud", Growth("revenue", "FY2025Q3", 13))});
  EXPECT_THAT(Say(q1_, {Of("aidc", Growth("revenue", "FY2026Q1", 19))}), IsEmpty());
  EXPECT_THAT(Say(q1_, {Of("cloud", Growth("revenue", "FY2026Q1", 26))}),
              ElementsAre("CloudAccelerates: Cloud revenue grew 26.0% in FY2026Q1, up from 13.0% in FY2025Q3"));
}

TEST_F(ShippedRulesTest, AidcTurnsProfitableByWordOrByFigure) {
  EXPECT_THAT(Say(q3_, {With(Of("aidc", InState("profitability", "FY2026", v1::STATE_PROFITABLE)), v1::STANCE_GUIDANCE),
                        Of("aidc", InState("profitability", "FY2025Q3", v1::STATE_LOSS_MAKING))}),
              IsEmpty());
  EXPECT_THAT(Say(q1_, {Of("aidc", InState("profitability", "FY2026Q1", v1::STATE_PROFITABLE)),
                        Of("aidc", InState("adjusted_ebita", "FY2026Q1", v1::STATE_PROFITABLE))}),
              ElementsAre("AidcTurnsProfitable: International commerce (AIDC) turned profitable in FY2026Q1"));
  const EventMaker q2("BABA", "FY2026Q2", "2025-11-25");
  EXPECT_THAT(Say(q2, {Of("aidc", InState("profitability", "FY2026Q2", v1::STATE_PROFITABLE))}), IsEmpty());
  EXPECT_THAT(Say(q2, {Of("aidc", Amount("adjusted_ebita", "FY2025Q2", -2.9e9)),
                       Of("aidc", Amount("adjusted_ebita", "FY2026Q2", 0.2e9))}),
              ElementsAre("AidcTurnsProfitable: International commerce (AIDC) turned profitable in FY2026Q2"));
}

TEST_F(ShippedRulesTest, AidcNearBreakEvenOnceACall) {
  EXPECT_THAT(Say(q1_, {Of("aidc", InState("profitability", "FY2025Q4", v1::STATE_NEAR_BREAK_EVEN)),
                        Of("cloud", InState("profitability", "FY2026Q1", v1::STATE_NEAR_BREAK_EVEN))}),
              IsEmpty());
  EXPECT_THAT(Say(q1_, {Of("aidc", InState("profitability", "FY2026Q1", v1::STATE_NEAR_BREAK_EVEN)),
                        Of("aidc", InState("adjusted_ebitda", "FY2026Q1", v1::STATE_NEAR_BREAK_EVEN))}),
              ElementsAre("AidcNearBreakEven: International commerce (AIDC) was near break-even in FY2026Q1"));
}

TEST_F(ShippedRulesTest, AidcLossWidens) {
  EXPECT_THAT(Say(q3_, {Of("aidc", Amount("adjusted_ebita", "FY2025Q3", -5e9)),
                        Of("aidc", Amount("adjusted_ebita", "FY2024Q3", -3.1e9))}),
              ElementsAre("AidcLossWidens: International commerce (AIDC) lost CNY 5.0 bn in FY2025Q3, against 3.1 bn a "
                          "year before"));
  EXPECT_THAT(Say(q1_, {Of("aidc", Amount("adjusted_ebita", "FY2026Q1", -0.1e9)),
                        Of("aidc", Amount("adjusted_ebita", "FY2025Q1", -3.7e9))}),
              IsEmpty());
}

TEST_F(ShippedRulesTest, AidcLossWidensFromAProfit) {
  EXPECT_THAT(Say(q3_, {Of("aidc", Amount("adjusted_ebita", "FY2025Q3", -5e9)),
                        Of("aidc", Amount("adjusted_ebita", "FY2024Q3", 1e9))}),
              ElementsAre("AidcLossWidens: International commerce (AIDC) lost CNY 5.0 bn in FY2025Q3, against a profit "
                          "of 1.0 bn a year before"));
}

TEST_F(ShippedRulesTest, RevenueGrowthSlowsForAnyCompany) {
  const EventMaker before("ACME", "FY2025Q3");
  const EventMaker now("ACME", "FY2025Q4");
  Say(before, {Growth("revenue", "FY2025Q3", 12)});
  EXPECT_THAT(Say(now, {Growth("revenue", "FY2025Q4", 10.5)}), IsEmpty());
  EXPECT_THAT(Say(now, {Growth("revenue", "FY2025Q4", 9)}),
              ElementsAre("RevenueGrowthSlows: ACME revenue grew 9.0% in FY2025Q4, down from 12.0% in FY2025Q3"));
}

TEST_F(ShippedRulesTest, TurnsProfitableAndTurnsLossMaking) {
  const EventMaker call("ACME", "FY2025Q4");
  EXPECT_THAT(Say(call, {Amount("net_income", "FY2025Q4", 3e6), Amount("net_income", "FY2024Q4", 2e6)}), IsEmpty());
  EXPECT_THAT(Say(call, {Amount("operating_income", "FY2025Q4", 3e6), Amount("operating_income", "FY2024Q4", -2e6)}),
              ElementsAre("TurnsProfitable: ACME turned profitable in FY2025Q4 (operating_income)"));
  EXPECT_THAT(Say(call, {Amount("earnings_per_share", "FY2025Q4", -0.1), Amount("earnings_per_share", "FY2024Q4", 2)}),
              ElementsAre("TurnsLossMaking: ACME turned loss-making in FY2025Q4 (earnings_per_share)"));
}

TEST_F(ShippedRulesTest, GuidanceLoweredAndRaisedAgainstAnEarlierCall) {
  const auto guided = [](const char* metric, double value) {
    return With(Amount(metric, "FY2026", value), v1::STANCE_GUIDANCE);
  };
  const EventMaker before("ACME", "FY2025Q3");
  const EventMaker now("ACME", "FY2025Q4");
  EXPECT_THAT(Say(before, {guided("revenue", 50e6), guided("revenue", 48e6), guided("earnings_per_share", 2)}),
              IsEmpty());
  EXPECT_THAT(Say(now, {guided("revenue", 45e6), guided("revenue", 44e6)}),
              ElementsAre("GuidanceLowered: ACME lowered its guidance of revenue for FY2026 from 48000000 to 45000000 "
                          "CNY"));
  EXPECT_THAT(Say(now, {guided("earnings_per_share", 2.5)}),
              ElementsAre("GuidanceRaised: ACME raised its guidance of earnings_per_share for FY2026 from 2 to 2.5 "
                          "CNY"));
}

}  // namespace
}  // namespace earshot::rules
