// Timestamps and durations: their ranges, arithmetic, and text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/expr/function.h"
#include "common/expr/value.h"

namespace earshot::expr {

// Sums with the nanoseconds brought into one second, with the sign of the seconds. Nothing on overflow.
std::optional<SecondsNanos> AddSpans(SecondsNanos a, SecondsNanos b);
std::optional<SecondsNanos> SubtractSpans(SecondsNanos a, SecondsNanos b);

// The value, or an error where it is nothing or out of range: years 1 to 9999; 2^63 nanoseconds (about 292 years).
Value MakeTimestamp(CallContext& context, std::optional<SecondsNanos> at);
Value MakeDuration(CallContext& context, std::optional<SecondsNanos> span);

// RFC 3339: "2009-02-13T23:31:30.5Z", "…+02:00"; at most nine digits of a second. Nothing if it is none.
std::optional<SecondsNanos> ParseTimestamp(std::string_view text);
// "1h30m", "-1.5s", "250ms", "10us", "7ns". Nothing if it is none or does not fit.
std::optional<SecondsNanos> ParseDuration(std::string_view text);

// In UTC, with as many digits of a second as needed.
std::string FormatTimestamp(SecondsNanos at);
// In seconds: "5400s", "-0.5s".
std::string FormatDuration(SecondsNanos span);

// A point in time in a time zone.
struct CivilTime {
  int64_t year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int weekday = 4;   // 0 is Sunday
  int year_day = 0;  // 0 to 365
};

// `zone`: "" or "UTC", "+02:00", "02:00", "-09:30", or a name such as "Asia/Shanghai". Nothing for an unknown zone.
std::optional<CivilTime> ToCivil(SecondsNanos at, std::string_view zone);

}  // namespace earshot::expr
