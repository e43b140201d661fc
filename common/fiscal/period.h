// Fiscal periods: reading, printing, and reckoning with a company's fiscal year.
// A fiscal year has the number of the calendar year in which it ends: with a year that ends in March, April to June
// 2025 is FY2026Q1. Pure values; thread-safe.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace earshot::fiscal {

// A fiscal quarter (`FY2026Q1`) or, with quarter 0, a fiscal year (`FY2026`).
struct Term {
  int year = 0;
  int quarter = 0;  // 1 to 4; 0 for the year

  bool is_quarter() const { return quarter != 0; }
  auto operator<=>(const Term&) const = default;
};

// A period as in Observation.period: a term, a span of two terms of the same length (`FY2026..FY2028`), a month
// (`2025-08`), an instant (`2024-12-31`), or open ("").
struct Period {
  enum class Kind { kOpen, kTerm, kSpan, kMonth, kInstant };
  Kind kind = Kind::kOpen;
  Term first;          // kTerm, kSpan
  Term last;           // kSpan (kTerm: equal to first)
  absl::CivilDay day;  // kMonth (its first day), kInstant

  bool operator==(const Period&) const = default;
};

// kInvalidArgument with what was wanted: "'2026Q5' is no period; write FY2026Q1, FY2026, 2025-08, …".
absl::StatusOr<Period> ParsePeriod(std::string_view text);
absl::StatusOr<Term> ParseTerm(std::string_view text);
Period PeriodOf(const Term& term);
std::string ToString(const Term& term);
std::string ToString(const Period& period);

// Quarters and years before (negative: after): Previous(FY2026Q1) is FY2025Q4, YearAgo(FY2026Q1) is FY2025Q1.
Term Previous(const Term& term, int count = 1);
Term YearAgo(const Term& term);

// Number of fiscal quarters that a term or span covers: FY2026..FY2028 is 12. Absent for other kinds.
std::optional<int> QuarterCount(const Period& period);

// Order by the end of the period under a fiscal year that ends in March, June, …; open periods come last.
// (Order of two terms does not depend on the calendar.)
class Calendar {
 public:
  // `year_end_month` 1 to 12: the month in which the fiscal year ends.
  explicit Calendar(int year_end_month = 12) : year_end_month_(year_end_month) {}

  int year_end_month() const { return year_end_month_; }

  // The fiscal quarter that holds a day.
  Term QuarterOf(absl::CivilDay day) const;

  // First and last day of a quarter or year.
  absl::CivilDay FirstDay(const Term& term) const;
  absl::CivilDay LastDay(const Term& term) const;

  // Last day of what a period covers; absent for an open one.
  std::optional<absl::CivilDay> End(const Period& period) const;

  // "June quarter 2025", "the quarter ended September 30, 2025": the fiscal quarter whose last month this is; absent
  // where no fiscal quarter ends in that month.
  std::optional<Term> QuarterEndingIn(int month, int calendar_year) const;

 private:
  int year_end_month_;
};

}  // namespace earshot::fiscal
