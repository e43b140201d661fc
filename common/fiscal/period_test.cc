#include "common/fiscal/period.h"

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::fiscal {
namespace {

using ::testing::HasSubstr;

TEST(PeriodTest, ReadsAndPrintsEveryForm) {
  for (const char* text : {"", "FY2026Q1", "FY2026", "FY2026..FY2028", "FY2025Q2..FY2026Q1", "2025-08", "2024-12-31"}) {
    const auto period = ParsePeriod(text);
    ASSERT_TRUE(period.ok()) << text << ": " << period.status();
    EXPECT_EQ(ToString(*period), text);
  }
  EXPECT_EQ(ParsePeriod("FY2026..FY2028")->kind, Period::Kind::kSpan);
  EXPECT_EQ(ParsePeriod("2025-08")->kind, Period::Kind::kMonth);
  EXPECT_EQ(ParsePeriod("2024-02-29")->day, absl::CivilDay(2024, 2, 29));
}

TEST(PeriodTest, ASpanOfOneTermIsThatTerm) { EXPECT_EQ(*ParsePeriod("FY2026Q1..FY2026Q1"), PeriodOf({2026, 1})); }

TEST(PeriodTest, RefusesWhatIsNoPeriodAndSaysWhatIs) {
  for (const char* text : {"2026Q5", "FY2026Q5", "FY2026Q0", "FY26", "fy2026", "FY2026Q", "FY2028..FY2026",
                           "FY2026..FY2026Q1", "FY2026..", "2025-13", "2025-02-30", "2025/08", "FY-026", " FY2026"}) {
    const auto period = ParsePeriod(text);
    ASSERT_FALSE(period.ok()) << text;
    EXPECT_THAT(Message(period.status()), HasSubstr(std::string("'") + text + "'"));
    EXPECT_THAT(Message(period.status()), HasSubstr("FY2026Q1"));
  }
  EXPECT_FALSE(ParseTerm("2025-08").ok());
}

TEST(TermTest, StepsBackAndForthAcrossTheYear) {
  EXPECT_EQ(Previous({2026, 1}), (Term{2025, 4}));
  EXPECT_EQ(Previous({2026, 1}, 6), (Term{2024, 3}));
  EXPECT_EQ(Previous({2026, 4}, -1), (Term{2027, 1}));
  EXPECT_EQ(Previous({2026, 0}, 2), (Term{2024, 0}));
  EXPECT_EQ(YearAgo({2026, 1}), (Term{2025, 1}));
  EXPECT_EQ(YearAgo({2026, 0}), (Term{2025, 0}));
}

TEST(TermTest, QuartersCovered) {
  EXPECT_EQ(QuarterCount(*ParsePeriod("FY2026..FY2028")), 12);
  EXPECT_EQ(QuarterCount(*ParsePeriod("FY2026")), 4);
  EXPECT_EQ(QuarterCount(*ParsePeriod("FY2025Q2..FY2026Q1")), 4);
  EXPECT_EQ(QuarterCount(*ParsePeriod("FY2026Q1")), 1);
  EXPECT_EQ(QuarterCount(*ParsePeriod("2025-08")), std::nullopt);
  EXPECT_EQ(QuarterCount(Period{}), std::nullopt);
}

TEST(CalendarTest, AYearThatEndsInMarch) {
  const Calendar march(3);
  EXPECT_EQ(march.QuarterOf(absl::CivilDay(2025, 6, 30)), (Term{2026, 1}));
  EXPECT_EQ(march.QuarterOf(absl::CivilDay(2024, 12, 31)), (Term{2025, 3}));
  EXPECT_EQ(march.QuarterOf(absl::CivilDay(2025, 3, 31)), (Term{2025, 4}));
  EXPECT_EQ(march.QuarterOf(absl::CivilDay(2025, 4, 1)), (Term{2026, 1}));
  EXPECT_EQ(march.FirstDay({2026, 1}), absl::CivilDay(2025, 4, 1));
  EXPECT_EQ(march.LastDay({2026, 1}), absl::CivilDay(2025, 6, 30));
  EXPECT_EQ(march.FirstDay({2026, 0}), absl::CivilDay(2025, 4, 1));
  EXPECT_EQ(march.LastDay({2026, 0}), absl::CivilDay(2026, 3, 31));
  EXPECT_EQ(march.LastDay({2024, 3}), absl::CivilDay(2023, 12, 31));
}

TEST(CalendarTest, EveryYearEndAgreesWithItself) {
  for (int month = 1; month <= 12; ++month) {
    const Calendar calendar(month);
    for (const Term quarter : {Term{2024, 1}, Term{2024, 2}, Term{2024, 3}, Term{2024, 4}}) {
      EXPECT_EQ(calendar.QuarterOf(calendar.FirstDay(quarter)), quarter) << month;
      EXPECT_EQ(calendar.QuarterOf(calendar.LastDay(quarter)), quarter) << month;
      EXPECT_EQ(calendar.LastDay(quarter) + 1, calendar.FirstDay(Previous(quarter, -1))) << month;
    }
    EXPECT_EQ(calendar.LastDay({2024, 0}).year(), 2024) << month;
    EXPECT_EQ(calendar.LastDay({2024, 0}).month(), month);
  }
}

TEST(CalendarTest, QuarterNamedByItsLastMonth) {
  EXPECT_EQ(Calendar(3).QuarterEndingIn(6, 2025), (Term{2026, 1}));
  EXPECT_EQ(Calendar(3).QuarterEndingIn(12, 2024), (Term{2025, 3}));
  EXPECT_EQ(Calendar(12).QuarterEndingIn(9, 2025), (Term{2025, 3}));
  EXPECT_EQ(Calendar(12).QuarterEndingIn(8, 2025), std::nullopt);
  EXPECT_EQ(Calendar(1).QuarterEndingIn(7, 2025), (Term{2026, 2}));
  EXPECT_EQ(Calendar(12).QuarterEndingIn(0, 2025), std::nullopt);
}

TEST(CalendarTest, EndOfAPeriod) {
  const Calendar march(3);
  EXPECT_EQ(march.End(*ParsePeriod("FY2026..FY2028")), absl::CivilDay(2028, 3, 31));
  EXPECT_EQ(march.End(*ParsePeriod("2024-02")), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(march.End(*ParsePeriod("2024-12-31")), absl::CivilDay(2024, 12, 31));
  EXPECT_EQ(march.End(Period{}), std::nullopt);
}

}  // namespace
}  // namespace earshot::fiscal
