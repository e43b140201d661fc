// However often events come, and wherever the engine is stopped and restored, the alerts are the same.
#include <random>

#include "gmock/gmock.h"
#include "services/rules/engine/engine.h"
#include "services/rules/engine/test_events.h"

namespace earshot::rule_engine {
namespace {

constexpr char kRules[] = R"yaml(- {alert: Slower, match: {kind: GROWTH}, when: o.value < previous.value}
- {alert: BelowYearAgo, match: {kind: AMOUNT, stance: ACTUAL}, when: o.value < year_ago.value}
- {alert: AbovePlan, match: {stance: ACTUAL}, when: o.value > plan.per_quarter}
- {alert: Trend, match: {}, when: "history.size() > 2 && history.all(p, p.value < o.value)"
}
- {alert: Raised, match: {stance: GUIDANCE}, when: o.value > guidance.value})yaml";

// A few calls with revisions, repetitions, interleaving, and words that are not final.
std::vector<v1::CallEvent> RandomEvents(std::mt19937& random) {
  const auto pick = [&random](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  std::vector<EventMaker> calls;
  for (int quarter = 1; quarter <= 4; ++quarter) {
    calls.emplace_back("ACME", fmt::format("FY2025Q{}", quarter),
                       pick(2) == 0 ? "" : fmt::format("2025-0{}-01", quarter * 2));
  }
  std::vector<v1::CallEvent> events;
  for (int i = 0; i < 60; ++i) {
    const EventMaker& call = calls[pick(4)];
    std::vector<v1::Observation> observations;
    for (int count = pick(4); count > 0; --count) {
      const std::string period = pick(4) == 0 ? "FY2025..FY2026" : fmt::format("FY202{}Q{}", 4 + pick(2), 1 + pick(4));
      v1::Observation o = pick(2) == 0 ? Growth("revenue", period, pick(20)) : Amount("capex", period, pick(20));
      o.set_stance(static_cast<v1::Stance>(1 + pick(3)));
      o.mutable_speaker()->set_role(static_cast<v1::SpeakerRole>(pick(5)));
      observations.push_back(o);
    }
    events.push_back(call.Event(1 + pick(12), observations, pick(3),
                                pick(6) == 0 ? v1::UTTERANCE_STATUS_PARTIAL : v1::UTTERANCE_STATUS_FINAL));
  }
  return events;
}

std::vector<std::string> AlertsOf(const Decision& decision) {
  std::vector<std::string> alerts;
  for (const v1::Alert& alert : decision.alerts) alerts.push_back(wire::DeterministicBytes(alert));
  return alerts;
}

class ReplayTest : public testing::TestWithParam<unsigned> {
 protected:
  ReplayTest() : random_(GetParam()), events_(RandomEvents(random_)), rules_(Compiled(SetOf(kRules))) {}

  std::mt19937 random_;
  const std::vector<v1::CallEvent> events_;
  const std::shared_ptr<const RuleSet> rules_;
  Engine engine_;
};

TEST_P(ReplayTest, RestoredAtAnyPointItGoesOnAsWithout) {
  Company undisturbed{.ticker = "ACME"};
  Company restored{.ticker = "ACME"};
  size_t total = 0;
  for (const v1::CallEvent& event : events_) {
    const Decision expected = engine_.Apply(event, rules_.get(), undisturbed);
    const v1::CompanyState snapshot = ToSnapshot(restored);
    v1::CompanyState carried;
    ASSERT_TRUE(carried.ParseFromString(snapshot.SerializeAsString()));
    restored = FromSnapshot(carried);
    EXPECT_EQ(ToSnapshot(restored).SerializeAsString(), snapshot.SerializeAsString());
    const Decision decision = engine_.Apply(event, rules_.get(), restored);
    EXPECT_EQ(decision.disposition, expected.disposition);
    EXPECT_EQ(AlertsOf(decision), AlertsOf(expected));
    total += expected.alerts.size();
  }
  EXPECT_GT(total, 0u);
}

TEST_P(ReplayTest, AllAgainAddsNothing) {
  Company company{.ticker = "ACME"};
  for (const v1::CallEvent& event : events_) engine_.Apply(event, rules_.get(), company);
  const std::string before = ToSnapshot(company).SerializeAsString();
  for (const v1::CallEvent& event : events_) {
    EXPECT_THAT(engine_.Apply(event, rules_.get(), company).alerts, testing::IsEmpty());
  }
  EXPECT_EQ(ToSnapshot(company).SerializeAsString(), before);
}

// Replaying from an older snapshot gives the alerts that came after it, byte for byte.
TEST_P(ReplayTest, FromAnOlderSnapshotTheSameAlertsComeAgain) {
  const size_t stop = events_.size() / 2;
  Company company{.ticker = "ACME"};
  for (size_t i = 0; i < stop; ++i) engine_.Apply(events_[i], rules_.get(), company);
  Company again = FromSnapshot(ToSnapshot(company));
  for (size_t i = stop; i < events_.size(); ++i) {
    EXPECT_EQ(AlertsOf(engine_.Apply(events_[i], rules_.get(), company)),
              AlertsOf(engine_.Apply(events_[i], rules_.get(), again)));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ReplayTest, testing::Range(1u, 21u));

}  // namespace
}  // namespace earshot::rule_engine
