#include "services/rules/engine/history.h"

#include "gmock/gmock.h"
#include "services/rules/engine/period_order.h"
#include "services/rules/engine/test_events.h"

namespace earshot::rule_engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class HistoryTest : public testing::Test {
 protected:
  void Say(const EventMaker& call, const std::vector<v1::Observation>& observations) {
    const v1::CallEvent event = call.Event(++sequence_, observations);
    history_.SetTime(call.call().name(), CallTime::Of(call.call().date(), call.call().fiscal_period()));
    for (const v1::Observation& o : event.observations()) history_.Add(o);
  }

  // What an observation, said in `call`, looks back on.
  LookBack From(const EventMaker& call, const v1::Observation& o) {
    subject_ = call.Event(999, {o}).observations(0);
    return LookBack(subject_, call.call(), history_, lineage_);
  }

  static std::optional<double> ValueOf(const v1::Observation* o) {
    return o == nullptr ? std::nullopt : std::optional(o->value());
  }

  History history_;
  Lineage lineage_;
  v1::Observation subject_;
  int sequence_ = 0;
  const EventMaker q1_{"ACME", "FY2026Q1", "2025-08-01"};
  const EventMaker q3_{"ACME", "FY2025Q3", "2025-02-01"};
};

TEST_F(HistoryTest, PreviousNeedNotBeAdjacent) {
  Say(q3_, {Growth("revenue", "FY2025Q1", 5), Growth("revenue", "FY2025Q3", 9), Growth("revenue", "FY2024Q4", 4)});
  LookBack look_back = From(q1_, Growth("revenue", "FY2026Q1", 10));
  EXPECT_EQ(ValueOf(look_back.Previous()), 9);
  EXPECT_EQ(look_back.Previous()->period(), "FY2025Q3");
  EXPECT_EQ(ValueOf(look_back.YearAgo()), 5);
  std::vector<double> priors;
  for (const v1::Observation* prior : look_back.Priors()) priors.push_back(prior->value());
  EXPECT_THAT(priors, ElementsAre(9, 5, 4));
}

TEST_F(HistoryTest, OnlyTheSameSeriesCounts) {
  v1::Observation quarterly = Growth("revenue", "FY2025Q3", 1);
  quarterly.set_basis(v1::BASIS_QUARTER_OVER_QUARTER);
  v1::Observation constant = Growth("revenue", "FY2025Q3", 2);
  constant.set_adjustment(v1::ADJUSTMENT_CONSTANT_CURRENCY);
  v1::Observation dollars = Amount("revenue", "FY2025Q3", 7);
  dollars.set_unit("USD");
  Say(q3_, {quarterly, constant, Amount("revenue", "FY2025Q3", 3), Of("cloud", Growth("revenue", "FY2025Q3", 4)),
            Growth("capex", "FY2025Q3", 5), With(Growth("revenue", "FY2025Q3", 6), v1::STANCE_GUIDANCE), dollars,
            Growth("revenue", "FY2025", 8), Growth("revenue", "FY2026Q1", 9), Growth("revenue", "FY2026Q2", 10)});
  LookBack look_back = From(q1_, Growth("revenue", "FY2026Q1", 11));
  EXPECT_EQ(look_back.Previous(), nullptr);
  EXPECT_EQ(look_back.YearAgo(), nullptr);
  EXPECT_THAT(look_back.Priors(), IsEmpty());
}

TEST_F(HistoryTest, ForOnePeriodManagementComesFirstThenTheLatest) {
  const std::string period = "FY2025Q3";
  Say(q3_, {With(Amount("capex", period, 1), v1::SPEAKER_ROLE_UNSPECIFIED), Amount("capex", period, 2),
            Amount("capex", period, 3), With(Amount("capex", period, 4), v1::SPEAKER_ROLE_ANALYST),
            With(Amount("capex", period, 5), v1::SPEAKER_ROLE_INTERPRETER)});
  EXPECT_EQ(ValueOf(From(q1_, Amount("capex", "FY2026Q1", 9)).Previous()), 3);
}

TEST_F(HistoryTest, WhatALaterCallSaidIsNotKnownYet) {
  Say(q1_, {Amount("capex", "FY2024Q3", 2), With(Amount("capex", "FY2025", 200), v1::STANCE_PLAN)});
  Say(q3_, {Amount("capex", "FY2024Q3", 1)});
  EXPECT_EQ(ValueOf(From(q3_, Amount("capex", "FY2025Q3", 9)).YearAgo()), 1);
  EXPECT_EQ(From(q3_, Amount("capex", "FY2025Q3", 9)).Plan(), nullptr);
  EXPECT_EQ(ValueOf(From(q1_, Amount("capex", "FY2025Q3", 9)).YearAgo()), 2);
}

struct PlanCase {
  const char* name;
  std::vector<std::pair<const char*, double>> plans;  // period and amount, in the order said
  std::optional<double> expected;
};

class PlanTest : public HistoryTest, public testing::WithParamInterface<PlanCase> {};

TEST_P(PlanTest, FindsTheStatementForTheFact) {
  for (const auto& [period, amount] : GetParam().plans) {
    Say(q1_, {With(Amount("capex", period, amount), v1::STANCE_PLAN)});
  }
  LookBack look_back = From(q1_, Amount("capex", "FY2026Q1", 38.6));
  EXPECT_EQ(ValueOf(look_back.Plan()), GetParam().expected);
  EXPECT_EQ(look_back.Guidance(), nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Plans, PlanTest,
    testing::Values(PlanCase{"None", {}, std::nullopt}, PlanCase{"Covers", {{"FY2026..FY2028", 380}}, 380},
                    PlanCase{"Past", {{"FY2025", 1}, {"FY2025Q1..FY2025Q4", 2}}, std::nullopt},
                    PlanCase{"Later", {{"FY2026Q2", 1}}, 1}, PlanCase{"Open", {{"", 1}}, 1},
                    PlanCase{"CoversBeforeLaterBeforeOpen", {{"FY2026", 1}, {"FY2027", 2}, {"", 3}}, 1},
                    PlanCase{"LaterBeforeOpen", {{"FY2027", 2}, {"", 3}}, 2},
                    PlanCase{"SameBeforeCovers", {{"FY2026Q1", 1}, {"FY2026", 2}}, 1},
                    PlanCase{"LatestSaid", {{"FY2026..FY2028", 1}, {"FY2026..FY2029", 2}}, 2}),
    [](const auto& info) { return info.param.name; });

TEST_F(HistoryTest, AStatementLooksBackOnAnEarlierCall) {
  Say(q3_, {With(Growth("revenue", "FY2026", 5), v1::STANCE_GUIDANCE)});
  const v1::CallEvent event = q1_.Event(1, {With(Growth("revenue", "FY2026", 8), v1::STANCE_GUIDANCE),
                                            With(Growth("revenue", "FY2026", 7), v1::STANCE_GUIDANCE)});
  for (const v1::Observation& o : event.observations()) history_.Add(o);
  LookBack look_back(event.observations(0), q1_.call(), history_, lineage_);
  EXPECT_EQ(ValueOf(look_back.Guidance()), 5);
}

TEST_F(HistoryTest, ASegmentLooksBackOnWhatItCarriesOn) {
  v1::RuleSet set;
  v1::SegmentLineage& lineage = *set.add_lineages();
  lineage.set_company("ACME");
  lineage.set_segment("retail");
  lineage.add_predecessors("shops");
  lineage_ = Lineage(set);
  Say(q3_, {Of("shops", Growth("revenue", "FY2025Q3", 9)), Of("shops", Growth("revenue", "FY2025Q2", 8)),
            Of("retail", Growth("revenue", "FY2025Q2", 7))});
  LookBack look_back = From(q1_, Of("retail", Growth("revenue", "FY2026Q1", 10)));
  EXPECT_EQ(ValueOf(look_back.Previous()), 9);
  EXPECT_EQ(ValueOf(look_back.Priors().at(1)), 7);
  EXPECT_EQ(From(q1_, Of("other", Growth("revenue", "FY2026Q1", 10))).Previous(), nullptr);
}

TEST_F(HistoryTest, ForgetsTheOldestCallsWhereItGrowsTooLarge) {
  v1::Observation large = Amount("capex", "FY2025Q3", 1);
  large.mutable_evidence()->set_quote(std::string(History::kMaxBytes / 4, 'x'));
  Say(q3_, {large, large});
  Say(q1_, {large, large});
  std::vector<std::string> calls;
  for (const Remembered& remembered : history_.observations()) calls.push_back(remembered.call);
  EXPECT_THAT(calls, ElementsAre(q1_.call().name(), q1_.call().name()));
  EXPECT_EQ(history_.Series("capex", "group").size(), 2u);
  Say(q1_, {large, large});
  EXPECT_LT(history_.observations().size(), 4u);
}

struct YearCase {
  const char* a;
  const char* b;
  bool is_year_before;
};

class YearTest : public testing::TestWithParam<YearCase> {};

TEST_P(YearTest, IsExactlyOneYear) {
  const auto [a, b, expected] = GetParam();
  EXPECT_EQ(IsYearBefore(*fiscal::ParsePeriod(a), *fiscal::ParsePeriod(b)), expected) << a << " " << b;
}

INSTANTIATE_TEST_SUITE_P(
    Periods, YearTest,
    testing::Values(YearCase{"FY2025Q1", "FY2026Q1", true}, YearCase{"FY2025Q4", "FY2026Q1", false},
                    YearCase{"FY2025", "FY2026", true}, YearCase{"FY2025", "FY2026Q1", false},
                    YearCase{"FY2024Q2..FY2025Q1", "FY2025Q2..FY2026Q1", true},
                    YearCase{"FY2024Q3..FY2025Q1", "FY2025Q2..FY2026Q1", false}, YearCase{"2024-08", "2025-08", true},
                    YearCase{"2024-07", "2025-08", false}, YearCase{"2023-12-31", "2024-12-31", true},
                    YearCase{"2024-02-29", "2025-02-28", true}, YearCase{"2023-02-28", "2024-02-29", true},
                    YearCase{"2024-02-27", "2025-02-28", false}));

}  // namespace
}  // namespace earshot::rule_engine
