#include "services/rules/engine/period_order.h"

namespace earshot::rule_engine {
namespace {

using PeriodKind = fiscal::Period::Kind;

int64_t OrdinalOf(const fiscal::Term& term) {
  return term.is_quarter() ? int64_t{term.year} * 4 + term.quarter : int64_t{term.year};
}

struct Quarters {
  int64_t first = 0;
  int64_t last = 0;
};

std::optional<Quarters> QuartersOf(const fiscal::Period& period) {
  if (period.kind != PeriodKind::kTerm && period.kind != PeriodKind::kSpan) return std::nullopt;
  const fiscal::Term& first = period.first;
  const fiscal::Term& last = period.kind == PeriodKind::kTerm ? period.first : period.last;
  return Quarters{int64_t{first.year} * 4 + (first.is_quarter() ? first.quarter : 1),
                  int64_t{last.year} * 4 + (last.is_quarter() ? last.quarter : 4)};
}

bool IsLastOfMonth(absl::CivilDay day) { return absl::CivilMonth(day + 1) != absl::CivilMonth(day); }

}  // namespace

std::optional<PeriodPlace> PlaceOf(const fiscal::Period& period) {
  PeriodPlace place{.kind = period.kind};
  switch (period.kind) {
    case PeriodKind::kOpen:
      return std::nullopt;
    case PeriodKind::kTerm:
      place.in_quarters = period.first.is_quarter();
      place.length = 1;
      place.ordinal = OrdinalOf(period.first);
      return place;
    case PeriodKind::kSpan:
      place.in_quarters = period.first.is_quarter();
      place.length = static_cast<int>(OrdinalOf(period.last) - OrdinalOf(period.first)) + 1;
      place.ordinal = OrdinalOf(period.last);
      return place;
    case PeriodKind::kMonth:
    case PeriodKind::kInstant:
      place.ordinal = period.day - absl::CivilDay(1970, 1, 1);
      return place;
  }
  return std::nullopt;
}

bool IsYearBefore(const fiscal::Period& a, const fiscal::Period& b) {
  const auto place_a = PlaceOf(a);
  const auto place_b = PlaceOf(b);
  if (!place_a || !place_b || !place_a->IsComparable(*place_b)) return false;
  if (a.kind == PeriodKind::kTerm || a.kind == PeriodKind::kSpan) {
    return place_b->ordinal - place_a->ordinal == (place_a->in_quarters ? 4 : 1);
  }
  if (absl::CivilMonth(a.day) != absl::CivilMonth(b.day) - 12) return false;
  return a.day.day() == b.day.day() || (IsLastOfMonth(a.day) && IsLastOfMonth(b.day));
}

Coverage CoverageOf(const fiscal::Period& statement, const fiscal::Period& fact) {
  if (statement.kind == PeriodKind::kOpen) return Coverage::kOpen;
  if (fact.kind == PeriodKind::kOpen) return Coverage::kNone;
  if (statement == fact) return Coverage::kSame;
  const auto said = QuartersOf(statement);
  const auto real = QuartersOf(fact);
  if (said && real) {
    if (said->first <= real->first && real->last <= said->last) return Coverage::kCovers;
    return said->first > real->last ? Coverage::kLater : Coverage::kNone;
  }
  const bool same_kind = statement.kind == fact.kind && !said;
  return same_kind && statement.day > fact.day ? Coverage::kLater : Coverage::kNone;
}

}  // namespace earshot::rule_engine
