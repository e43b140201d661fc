#include "common/fiscal/period.h"

namespace earshot::fiscal {
namespace {

// Months since year 0, January 0 being 0.
int64_t MonthIndex(int64_t year, int month) { return year * 12 + month - 1; }

absl::CivilMonth MonthAt(int64_t index) { return absl::CivilMonth(index / 12, static_cast<int>(index % 12) + 1); }

absl::CivilDay LastDayOf(absl::CivilMonth month) { return absl::CivilDay(month + 1) - 1; }

}  // namespace

Term Calendar::QuarterOf(absl::CivilDay day) const {
  // In months of a year that begins behind the year's end, counted so that year Y ends before index Y*12.
  const int64_t shifted = MonthIndex(day.year(), day.month()) + 12 - year_end_month_;
  return {static_cast<int>(shifted / 12), static_cast<int>(shifted % 12) / 3 + 1};
}

absl::CivilDay Calendar::FirstDay(const Term& term) const {
  const int quarters_before = term.is_quarter() ? term.quarter - 1 : 0;
  return absl::CivilDay(MonthAt(MonthIndex(term.year - 1, year_end_month_) + 1 + quarters_before * 3));
}

absl::CivilDay Calendar::LastDay(const Term& term) const {
  const int quarters_after = term.is_quarter() ? 4 - term.quarter : 0;
  return LastDayOf(MonthAt(MonthIndex(term.year, year_end_month_) - quarters_after * 3));
}

std::optional<absl::CivilDay> Calendar::End(const Period& period) const {
  switch (period.kind) {
    case Period::Kind::kOpen:
      return std::nullopt;
    case Period::Kind::kTerm:
    case Period::Kind::kSpan:
      return LastDay(period.last);
    case Period::Kind::kMonth:
      return LastDayOf(absl::CivilMonth(period.day));
    case Period::Kind::kInstant:
      return period.day;
  }
  return std::nullopt;
}

std::optional<Term> Calendar::QuarterEndingIn(int month, int calendar_year) const {
  if (month < 1 || month > 12) return std::nullopt;
  const absl::CivilDay last = LastDayOf(absl::CivilMonth(calendar_year, month));
  const Term quarter = QuarterOf(last);
  if (LastDay(quarter) != last) return std::nullopt;
  return quarter;
}

}  // namespace earshot::fiscal
