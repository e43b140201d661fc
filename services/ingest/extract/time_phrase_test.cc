#include "services/ingest/extract/time_phrase.h"

#include <gmock/gmock.h>

namespace earshot::extract {
namespace {

struct TimeCase {
  std::string text;
  std::string phrase;  // empty: none is found
  std::string period;
  TimeRelation relation = TimeRelation::kOther;
};

// The December quarter of a company whose fiscal year ends in March.
CallTime DecemberQuarter() {
  return {.calendar = fiscal::Calendar(3), .term = fiscal::Term{2025, 3}, .date = absl::CivilDay(2025, 2, 20)};
}

void ExpectTimes(const std::vector<TimeCase>& cases) {
  for (const TimeCase& c : cases) {
    const auto times = FindTimes(c.text, DecemberQuarter());
    if (c.phrase.empty()) {
      EXPECT_TRUE(times.empty()) << c.text;
      continue;
    }
    ASSERT_EQ(times.size(), 1u) << c.text;
    EXPECT_EQ(c.text.substr(times[0].begin, times[0].end - times[0].begin), c.phrase);
    EXPECT_EQ(fiscal::ToString(times[0].period), c.period) << c.text;
    EXPECT_EQ(times[0].relation, c.relation) << c.text;
  }
}

TEST(TimePhraseTest, English) {
  ExpectTimes({
      {"sold this quarter", "this quarter", "FY2025Q3", TimeRelation::kCurrent},
      {"a loss in the same quarter of last year", "same quarter of last year", "FY2024Q3", TimeRelation::kPriorYear},
      {"up from the prior-year quarter", "prior-year quarter", "FY2024Q3", TimeRelation::kPriorYear},
      {"spent last quarter", "last quarter", "FY2025Q2", TimeRelation::kPriorQuarter},
      {"in the June quarter", "the June quarter", "FY2025Q1"},
      {"for the quarter ended September 30, 2024", "the quarter ended September 30, 2024", "FY2025Q2"},
      {"in the first half of this fiscal year", "first half of this fiscal year", "FY2025Q1..FY2025Q2"},
      {"over the last nine months", "last nine months", "FY2025Q1..FY2025Q3"},
      {"over the past four quarters", "past four quarters", "FY2024Q4..FY2025Q3"},
      {"over the next three years", "next three years", "FY2026..FY2028", TimeRelation::kFuture},
      {"within the next one to two years", "next one to two years", "FY2026..FY2027", TimeRelation::kFuture},
      {"in the next fiscal year", "next fiscal year", "FY2026", TimeRelation::kFuture},
      {"in the coming quarters", "coming quarters", "", TimeRelation::kFuture},
      {"in November 2024", "November 2024", "2024-11"},
      {"as of December 31, 2024", "December 31, 2024", "2024-12-31"},
      {"by the end of January", "end of January", "2025-01-31"},
      {"by the end of the quarter", "end of the quarter", "2024-12-31", TimeRelation::kCurrent},
      {"for fiscal 2026", "fiscal 2026", "FY2026", TimeRelation::kFuture},
      {"it may rise", "", ""},
      {"we march on", "", ""},
      {"over 2000 shops", "", ""},
  });
}

TEST(TimePhraseTest, Chinese) {
  ExpectTimes({
      {"本季度收入", "本季度", "FY2025Q3", TimeRelation::kCurrent},
      {"去年同期亏损", "去年同期", "FY2024Q3", TimeRelation::kPriorYear},
      {"比上个季度多", "上个季度", "FY2025Q2", TimeRelation::kPriorQuarter},
      {"未来三年投入", "未来三年", "FY2026..FY2028", TimeRelation::kFuture},
      {"过去的九个月", "过去的九个月", "FY2025Q1..FY2025Q3"},
      {"前面的两个季度里", "前面的两个季度", "FY2025Q1..FY2025Q2"},
      {"截至2024年12月31日", "2024年12月31日", "2024-12-31"},
      {"六月份那个季度", "六月份那个季度", "FY2025Q1"},
      {"明年盈利", "明年", "FY2026", TimeRelation::kFuture},
      {"三年的计划", "", ""},
  });
}

TEST(TimePhraseTest, EarlyInTheYearTheNextYearsBeginWithTheRunningOne) {
  CallTime june = DecemberQuarter();
  june.term = fiscal::Term{2026, 1};
  EXPECT_EQ(fiscal::ToString(NextYears(june, 3)), "FY2026..FY2028");
}

TEST(TimePhraseTest, WithoutAPeriodNothingIsMadeUp) {
  const auto times = FindTimes("this quarter and over the next three years", CallTime{});
  for (const TimePhrase& time : times) EXPECT_EQ(fiscal::ToString(time.period), "");
}

}  // namespace
}  // namespace earshot::extract
