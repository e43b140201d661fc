// How periods of the same length stand to each other, without a calendar.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "common/fiscal/period.h"

namespace earshot::rule_engine {

// The place of a period among those of its length: quarters with quarters, spans of six quarters with their like.
struct PeriodPlace {
  fiscal::Period::Kind kind = fiscal::Period::Kind::kOpen;
  bool in_quarters = false;  // of terms and spans
  int length = 0;            // of terms and spans: quarters or years
  int64_t ordinal = 0;       // of its end

  bool IsComparable(const PeriodPlace& other) const {
    return kind == other.kind && in_quarters == other.in_quarters && length == other.length;
  }
};

// Absent for an open period.
std::optional<PeriodPlace> PlaceOf(const fiscal::Period& period);

// `a` is exactly one year before `b`; ends of months are a year apart also in a leap year.
bool IsYearBefore(const fiscal::Period& a, const fiscal::Period& b);

// How the period of a statement about the future stands to that of a fact.
enum class Coverage { kSame, kCovers, kLater, kOpen, kNone };
Coverage CoverageOf(const fiscal::Period& statement, const fiscal::Period& fact);

}  // namespace earshot::rule_engine
