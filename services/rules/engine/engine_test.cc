#include "services/rules/engine/engine.h"

#include "gmock/gmock.h"
#include "services/rules/engine/alert.h"
#include "services/rules/engine/test_events.h"

namespace earshot::rule_engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

constexpr char kCapexRule[] = R"yaml(- alert: CapexAbovePlan
  match: {company: ACME, metric: capex, kind: AMOUNT, stance: ACTUAL}
  when: o.value > 1.10 * plan.per_quarter
  labels: {severity: critical}
  annotations:
    summary: "'CapEx of %.1f bn is above the plan of %.1f bn a quarter'.format([o.value / bn(1), plan.per_quarter / bn(1)])"
    broken: "'grew from ' + string(year_ago.value)")yaml";

class EngineTest : public testing::Test {
 protected:
  void Load(const std::string& rules) { rules_ = Compiled(SetOf(rules)); }

  Decision Apply(const v1::CallEvent& event) { return engine_.Apply(event, rules_.get(), company_); }

  static std::vector<std::string> RulesOf(const Decision& decision) {
    std::vector<std::string> rules;
    for (const v1::Alert& alert : decision.alerts) rules.push_back(alert.rule());
    return rules;
  }

  Engine engine_;
  Company company_{.ticker = "ACME"};
  std::shared_ptr<const RuleSet> rules_;
  const EventMaker q3_{"ACME", "FY2025Q3", "2025-02-20"};
  const EventMaker q1_{"ACME", "FY2026Q1", "2025-08-29"};
};

TEST_F(EngineTest, FillsAnAlertCompletely) {
  Load(kCapexRule);
  Apply(q3_.Event(4, {With(Amount("capex", "FY2026..FY2028", 380e9), v1::STANCE_PLAN)}));
  v1::CallEvent event = q1_.Event(9, {Amount("capex", "FY2026Q1", 38.6e9)});
  event.set_traceparent("00-trace");
  event.mutable_times()->mutable_receive_time()->set_seconds(5);
  const Decision decision = Apply(event);
  ASSERT_THAT(decision.alerts, SizeIs(1));
  const v1::Alert& alert = decision.alerts[0];
  EXPECT_EQ(alert.name(), AlertNameOf(rules_->rules()[0], "ACME", event.observations(0)));
  EXPECT_EQ(alert.revision(), 1);
  EXPECT_EQ(alert.state(), v1::ALERT_STATE_FIRING);
  EXPECT_EQ(alert.reason(), v1::ALERT_REASON_CONDITION_MET);
  EXPECT_EQ(alert.rule(), "rules/CapexAbovePlan");
  EXPECT_EQ(alert.rule_revision(), rules_->rules()[0].revision);
  EXPECT_EQ(alert.rule_group(), "test");
  EXPECT_EQ(alert.condition(), "o.value > 1.10 * plan.per_quarter");
  EXPECT_EQ(alert.labels().at("severity"), "critical");
  EXPECT_EQ(alert.annotations().at("summary"), "CapEx of 38.6 bn is above the plan of 31.7 bn a quarter");
  EXPECT_THAT(alert.annotations().at("broken"), HasSubstr("this annotation failed: "));
  EXPECT_EQ(alert.company(), "ACME");
  EXPECT_EQ(alert.call(), q1_.call().name());
  EXPECT_EQ(alert.period(), "FY2026Q1");
  EXPECT_EQ(alert.metric(), "capex");
  EXPECT_EQ(alert.segment(), "group");
  EXPECT_EQ(alert.kind(), v1::KIND_AMOUNT);
  EXPECT_EQ(alert.observation().SerializeAsString(), event.observations(0).SerializeAsString());
  EXPECT_EQ(alert.times().receive_time().seconds(), 5);
  EXPECT_FALSE(alert.times().has_evaluate_time());
  EXPECT_EQ(alert.traceparent(), "00-trace");
  ASSERT_THAT(alert.operands(), SizeIs(2));
  EXPECT_EQ(alert.operands(0).expression(), "o.value");
  EXPECT_EQ(alert.operands(0).value(), "38600000000");
  EXPECT_FALSE(alert.operands(0).has_source());
  EXPECT_EQ(alert.operands(1).expression(), "plan.per_quarter");
  EXPECT_EQ(alert.operands(1).value(), "31666666666.67");
  EXPECT_NEAR(alert.operands(1).number(), 380e9 / 12, 1e-3);
  EXPECT_EQ(alert.operands(1).source().period(), "FY2026..FY2028");
  EXPECT_EQ(alert.operands(1).source().evidence().sequence(), 4);
}

TEST_F(EngineTest, WhatIsAbsentMakesARuleNotApplicable) {
  Load(kCapexRule);
  const Decision decision = Apply(q1_.Event(1, {Amount("capex", "FY2026Q1", 38.6e9)}));
  EXPECT_THAT(decision.alerts, IsEmpty());
  EXPECT_EQ(decision.counts.not_applicable, 1);
  EXPECT_EQ(decision.counts.failed, 0);
}

TEST_F(EngineTest, FiresOnceHoweverOftenItIsSaid) {
  Load("- {alert: Big, match: {metric: capex}, when: 'o.value > 1.0'}");
  const Decision first = Apply(q1_.Event(1, {Amount("capex", "FY2026Q1", 2), Amount("capex", "FY2026Q1", 3)}));
  ASSERT_THAT(first.alerts, SizeIs(1));
  EXPECT_EQ(first.alerts[0].observation().value(), 2);
  EXPECT_EQ(first.counts.repeated, 1);
  EXPECT_THAT(Apply(q1_.Event(2, {Amount("capex", "FY2026Q1", 4)})).alerts, IsEmpty());
  EXPECT_THAT(Apply(q1_.Event(3, {Amount("capex", "FY2025Q1", 4)})).alerts, SizeIs(1));
}

TEST_F(EngineTest, ATranslationNeverAlertsBesideItsOriginal) {
  Load("- {alert: Big, match: {metric: [capex, investment]}, when: 'o.value > 10.0'}");
  const v1::CallEvent original = q1_.Event(1, {Amount("capex", "FY2026Q1", 9)});
  Apply(original);
  v1::Observation translated = With(Amount("investment", "FY2026Q2", 90), v1::SPEAKER_ROLE_INTERPRETER);
  translated.set_translation_of(original.observations(0).name());
  EXPECT_THAT(Apply(q1_.Event(2, {translated})).alerts, IsEmpty());
  // Where the original is not known, the translation is all there is.
  translated.set_translation_of("calls/acme-fy2026q1/observations/unknown");
  EXPECT_THAT(Apply(q1_.Event(3, {translated})).alerts, SizeIs(1));
}

TEST_F(EngineTest, ARuleThatLeavesTheOriginalOutMayTakeTheTranslationUnderTheSameName) {
  Load("- {alert: Big, match: {metric: capex, language: en}, when: 'o.value > 10.0'}");
  v1::Observation chinese = Amount("capex", "FY2026Q1", 50);
  chinese.mutable_evidence()->set_language("zh");
  const v1::CallEvent original = q1_.Event(1, {chinese});
  EXPECT_THAT(Apply(original).alerts, IsEmpty());
  v1::Observation translated = With(Amount("capex", "FY2026Q2", 50), v1::SPEAKER_ROLE_INTERPRETER);
  translated.set_translation_of(original.observations(0).name());
  const Decision decision = Apply(q1_.Event(2, {translated}));
  ASSERT_THAT(decision.alerts, SizeIs(1));
  EXPECT_EQ(decision.alerts[0].period(), "FY2026Q1");
}

TEST_F(EngineTest, AllOfAnUtteranceIsKnownBeforeAnyOfItIsJudged) {
  Load("- {alert: LossWidens, match: {metric: adjusted_ebita}, when: o.value < 0.0 && o.value < year_ago.value}");
  const Decision decision =
      Apply(q3_.Event(1, {Amount("adjusted_ebita", "FY2025Q3", -5e9), Amount("adjusted_ebita", "FY2024Q3", -3.1e9)}));
  ASSERT_THAT(decision.alerts, SizeIs(1));
  ASSERT_THAT(decision.alerts[0].operands(), SizeIs(2)) << "o.value once";
  EXPECT_EQ(decision.alerts[0].operands(1).source().evidence().sequence(), 1);
  EXPECT_EQ(decision.alerts[0].operands(1).number(), -3.1e9);
}

TEST_F(EngineTest, TheSameEventAgainIsDroppedAndOtherContentIsAConflict) {
  Load("- {alert: Big, match: {metric: capex}, when: 'o.value > 1.0'}");
  v1::CallEvent event = q1_.Event(1, {Amount("capex", "FY2026Q1", 2)});
  EXPECT_EQ(Apply(event).disposition, Disposition::kApplied);
  event.mutable_times()->mutable_publish_time()->set_seconds(77);
  event.set_traceparent("another");
  EXPECT_EQ(Apply(event).disposition, Disposition::kDuplicate);
  const Decision other = Apply(q1_.Event(1, {Amount("capex", "FY2026Q3", 3)}));
  EXPECT_EQ(other.disposition, Disposition::kConflict);
  EXPECT_EQ(other.problem, "calls/acme-fy2026q1/events/1.0 came again with other content; the first stays");
  EXPECT_THAT(other.alerts, IsEmpty());
  EXPECT_THAT(company_.history.observations(), SizeIs(1));
}

TEST_F(EngineTest, ACallThatGoesOnBehindItsEndLosesNothing) {
  Load("- {alert: Big, match: {metric: capex}, when: 'o.value > 1.0'}");
  Apply(q1_.Event(1, {}));
  v1::CallEvent ended = q1_.Event(2, {});
  ended.set_kind(v1::CALL_EVENT_KIND_CALL_ENDED);
  ended.clear_utterance();
  EXPECT_EQ(Apply(ended).disposition, Disposition::kApplied);
  EXPECT_EQ(Apply(ended).disposition, Disposition::kDuplicate);
  // Half a transcript was handed in first, then all of it to an instance that did not know the call.
  EXPECT_THAT(Apply(q1_.Event(2, {Amount("capex", "FY2026Q1", 2)})).alerts, SizeIs(1));
  EXPECT_EQ(Apply(ended).disposition, Disposition::kDuplicate);
}

TEST_F(EngineTest, ARevisionReplacesWhatItsUtteranceSaid) {
  Load("- {alert: Up, match: {metric: revenue}, when: 'o.value > year_ago.value'}");
  Apply(q3_.Event(1, {Growth("revenue", "FY2025Q1", 50)}));
  Apply(q3_.Event(1, {Growth("revenue", "FY2025Q1", 5)}, 1));
  EXPECT_EQ(Apply(q3_.Event(1, {Growth("revenue", "FY2025Q1", 50)}, 0)).disposition, Disposition::kDuplicate);
  const Decision decision = Apply(q1_.Event(1, {Growth("revenue", "FY2026Q1", 9)}));
  ASSERT_THAT(decision.alerts, SizeIs(1));
  EXPECT_EQ(decision.alerts[0].operands(1).number(), 5);
}

TEST_F(EngineTest, WordsThatMayChangeAreJudgedWhenTheyAreFinal) {
  Load("- {alert: Big, match: {metric: capex}, when: 'o.value > 1.0'}");
  EXPECT_THAT(Apply(q1_.Event(1, {Amount("capex", "FY2026Q1", 200)}, 0, v1::UTTERANCE_STATUS_PARTIAL)).alerts,
              IsEmpty());
  EXPECT_THAT(company_.history.observations(), IsEmpty());
  const Decision decision = Apply(q1_.Event(1, {Amount("capex", "FY2026Q1", 20)}, 1));
  ASSERT_THAT(decision.alerts, SizeIs(1));
  EXPECT_EQ(decision.alerts[0].observation().value(), 20);
}

TEST_F(EngineTest, AFailingRuleIsCountedAndSaysWhere) {
  Load("- {alert: Bad, match: {metric: capex}, when: '1 / (o.evidence.line * 0) > 3'}");
  const Decision decision = Apply(q1_.Event(1, {Amount("capex", "FY2026Q1", 2)}));
  EXPECT_EQ(decision.counts.failed, 1);
  ASSERT_THAT(decision.counts.failures, SizeIs(1));
  EXPECT_THAT(decision.counts.failures[0], HasSubstr("test.yaml:4:17"));
}

TEST_F(EngineTest, AGroupsLimitHoldsForEachRuleAndCall) {
  v1::RuleSet set = SetOf("- {alert: Any, match: {}, when: 'true'}");
  set.mutable_files(0)->set_content("groups:\n  - name: g\n    limit: 2\n    rules:\n" +
                                    set.files(0).content().substr(set.files(0).content().find("      -")));
  rules_ = Compiled(set);
  const Decision decision =
      Apply(q1_.Event(1, {Amount("a", "FY2026Q1", 1), Amount("b", "FY2026Q1", 1), Amount("c", "FY2026Q1", 1)}));
  EXPECT_THAT(decision.alerts, SizeIs(2));
  EXPECT_EQ(decision.counts.limited, 1);
  EXPECT_THAT(Apply(q3_.Event(1, {Amount("a", "FY2025Q3", 1)})).alerts, SizeIs(1));
}

TEST_F(EngineTest, MalformedEventsAreDataToo) {
  const auto problem = [this](const v1::CallEvent& event) {
    const Decision decision = Apply(event);
    EXPECT_EQ(decision.disposition, Disposition::kMalformed);
    return decision.problem;
  };
  EXPECT_EQ(problem({}), "the event's call names no company");
  v1::CallEvent event = q1_.Event(1, {Amount("capex", "FY2026Q1", 2)});
  event.mutable_observations(0)->set_name("calls/other/observations/1");
  EXPECT_THAT(problem(event), HasSubstr("is not of the event's call"));
  event = q1_.Event(1, {Amount("capex", "FY2026Q1", 2)});
  event.set_sequence(2);
  EXPECT_THAT(problem(event), HasSubstr("stands on utterance 1, the event is of 2"));
  EXPECT_THAT(company_.calls, IsEmpty());
}

TEST_F(EngineTest, BeforeTheFirstActivationEventsAreOnlyRemembered) {
  EXPECT_THAT(Apply(q3_.Event(1, {Growth("revenue", "FY2025Q3", 9)})).alerts, IsEmpty());
  Load("- {alert: Slower, match: {metric: revenue}, when: o.value < previous.value}");
  EXPECT_THAT(RulesOf(Apply(q1_.Event(1, {Growth("revenue", "FY2026Q1", 8)}))), ElementsAre("rules/Slower"));
}

struct ConditionCase {
  const char* when;
  bool holds;
};

class ConditionTest : public EngineTest, public testing::WithParamInterface<ConditionCase> {};

// Every variable and field of the language, on one situation.
TEST_P(ConditionTest, ReadsTheSituation) {
  Load(fmt::format("- alert: A\n  match: {{metric: capex, stance: ACTUAL}}\n  when: {}", GetParam().when));
  Apply(q3_.Event(1, {Amount("capex", "FY2025Q3", 30), Amount("capex", "FY2025Q1", 12),
                      With(Amount("capex", "FY2026..FY2028", 120), v1::STANCE_PLAN),
                      With(Amount("capex", "FY2026", 48), v1::STANCE_GUIDANCE)}));
  v1::Observation o = Amount("capex", "FY2026Q1", 20);
  o.set_section(v1::SECTION_PREPARED_REMARKS);
  o.mutable_speaker()->set_title("CFO");
  EXPECT_THAT(Apply(q1_.Event(2, {o})).alerts, SizeIs(GetParam().holds ? 1 : 0)) << GetParam().when;
}

INSTANTIATE_TEST_SUITE_P(
    Conditions, ConditionTest,
    testing::Values(ConditionCase{"o.value == 20.0 && o.value > 19", true}, ConditionCase{"has(o.value_high)", false},
                    ConditionCase{"o.metric == 'capex' && o.segment == 'group' && o.company == 'ACME'", true},
                    ConditionCase{"o.kind == 'AMOUNT' && o.stance == 'ACTUAL' && o.bound == 'EXACT'", true},
                    ConditionCase{"o.basis == 'UNSPECIFIED' && o.adjustment == 'REPORTED' && o.unit == 'CNY'", true},
                    ConditionCase{"has(o.state)", false}, ConditionCase{"o.state == 'PROFITABLE'", false},
                    ConditionCase{"o.period == 'FY2026Q1' && o.section == 'PREPARED_REMARKS' && o.language == 'en'",
                                  true},
                    ConditionCase{"o.speaker.role == 'MANAGEMENT' && o.speaker.name == 'Ann Example'", true},
                    ConditionCase{"o.speaker.title == 'CFO' && o.speaker.firm == '' && o.speaker.label == ''", true},
                    ConditionCase{"o.quote.contains('capex') && o.evidence.quote == o.quote", true},
                    ConditionCase{"o.evidence.sequence == 2 && o.confidence < 0.5 && o.translation_of == ''", true},
                    ConditionCase{"previous.value == 30.0 && previous.period == 'FY2025Q3'", true},
                    ConditionCase{"year_ago.value == 12.0", true}, ConditionCase{"plan.per_quarter == 10.0", true},
                    ConditionCase{"plan.per_year == 40.0 && plan.period == 'FY2026..FY2028'", true},
                    ConditionCase{"o.quarters == 1 && plan.quarters == 12 && o.per_year == 80.0", true},
                    ConditionCase{"guidance.per_quarter == 12.0 && guidance.stance == 'GUIDANCE'", true},
                    ConditionCase{"history.size() == 2 && history[0].value == previous.value", true},
                    ConditionCase{"history.exists(p, p.value > o.value)", true},
                    ConditionCase{"history.all(p, p.value < o.value)", false},
                    ConditionCase{"call.company == 'ACME' && call.fiscal_period == o.period", true},
                    ConditionCase{"call.date == '2025-08-29' && call.name == 'calls/acme-fy2026q1'", true},
                    ConditionCase{"o.value < bn(38.6) && o.value < bn(1) && mn(250) == 250000000.0", true}));

}  // namespace
}  // namespace earshot::rule_engine
