#include "common/expr/time_text.h"

#include <charconv>
#include <cstdlib>
#include <limits>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/strings.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kMinTimestamp = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kMaxTimestamp = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr int64_t kMaxDuration = std::numeric_limits<int64_t>::max() / kNanosPerSecond;

// Brings the nanoseconds into one second with the sign of the seconds.
std::optional<SecondsNanos> Normalize(int64_t seconds, int64_t nanos) {
  int64_t carried;
  if (__builtin_add_overflow(seconds, nanos / kNanosPerSecond, &carried)) return std::nullopt;
  nanos %= kNanosPerSecond;
  if (carried > 0 && nanos < 0) {
    --carried;
    nanos += kNanosPerSecond;
  } else if (carried < 0 && nanos > 0) {
    ++carried;
    nanos -= kNanosPerSecond;
  }
  return SecondsNanos{carried, static_cast<int32_t>(nanos)};
}

// Reads fixed numbers of digits and separators.
class TimeTextReader {
 public:
  explicit TimeTextReader(std::string_view text) : text_(text) {}

  std::optional<int> Digits(size_t count) {
    if (at_ + count > text_.size()) return std::nullopt;
    int value = 0;
    for (size_t i = 0; i < count; ++i) {
      const char c = text_[at_ + i];
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    at_ += count;
    return value;
  }

  bool Accept(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // ".123" as nanoseconds; 0 where there is none.
  std::optional<int32_t> Fraction() {
    if (!Accept('.')) return 0;
    int32_t nanos = 0;
    int digits = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_, ++digits) {
      if (digits == 9) return std::nullopt;
      nanos = nanos * 10 + (text_[at_] - '0');
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 9; ++digits) nanos *= 10;
    return nanos;
  }

  bool AtEnd() const { return at_ == text_.size(); }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// "hh:mm" in seconds.
std::optional<int64_t> ReadOffset(TimeTextReader& reader) {
  const auto hours = reader.Digits(2);
  if (!hours || !reader.Accept(':')) return std::nullopt;
  const auto minutes = reader.Digits(2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return *hours * 3600 + *minutes * 60;
}

// "Z", "+hh:mm", "-hh:mm".
std::optional<int64_t> ReadZone(TimeTextReader& reader) {
  if (reader.Accept('Z') || reader.Accept('z')) return 0;
  const bool negative = reader.Accept('-');
  if (!negative && !reader.Accept('+')) return std::nullopt;
  const auto offset = ReadOffset(reader);
  if (!offset) return std::nullopt;
  return negative ? -*offset : *offset;
}

std::optional<int64_t> ZoneOffset(std::string_view zone) {
  if (zone.empty() || zone == "UTC" || zone == "Z") return 0;
  TimeTextReader reader(zone);
  const bool negative = reader.Accept('-');
  if (!negative) reader.Accept('+');
  const auto offset = ReadOffset(reader);
  if (!offset || !reader.AtEnd()) return std::nullopt;
  return negative ? -*offset : *offset;
}

CivilTime FromCivilSecond(const absl::CivilSecond& civil) {
  const absl::CivilDay day(civil);
  return {civil.year(),
          civil.month(),
          civil.day(),
          civil.hour(),
          civil.minute(),
          civil.second(),
          (static_cast<int>(absl::GetWeekday(day)) + 1) % 7,
          absl::GetYearDay(day) - 1};
}

// Digits behind the point, without zeros at the end.
std::string FractionText(int32_t nanos) {
  if (nanos == 0) return "";
  std::string digits = fmt::format(".{:09}", std::abs(nanos));
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits;
}

// Nanoseconds of one unit; 0 if it is none. `length` gets the bytes of the unit.
int64_t DurationUnit(std::string_view text, size_t* length) {
  struct Unit {
    std::string_view name;
    int64_t nanos;
  };
  static constexpr Unit kUnits[] = {{"ns", 1},
                                    {"us", 1000},
                                    {"µs", 1000},
                                    {"ms", 1'000'000},
                                    {"s", kNanosPerSecond},
                                    {"m", 60 * kNanosPerSecond},
                                    {"h", 3600 * kNanosPerSecond}};
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    *length = unit.name.size();
    return unit.nanos;
  }
  return 0;
}

}  // namespace

std::optional<SecondsNanos> AddSpans(SecondsNanos a, SecondsNanos b) {
  int64_t seconds;
  if (__builtin_add_overflow(a.seconds, b.seconds, &seconds)) return std::nullopt;
  return Normalize(seconds, int64_t{a.nanos} + b.nanos);
}

std::optional<SecondsNanos> SubtractSpans(SecondsNanos a, SecondsNanos b) {
  int64_t seconds;
  if (__builtin_sub_overflow(a.seconds, b.seconds, &seconds)) return std::nullopt;
  return Normalize(seconds, int64_t{a.nanos} - b.nanos);
}

Value MakeTimestamp(CallContext& context, std::optional<SecondsNanos> at) {
  if (at.has_value() && at->nanos < 0) {
    --at->seconds;
    at->nanos += kNanosPerSecond;
  }
  if (!at.has_value() || at->seconds < kMinTimestamp || at->seconds > kMaxTimestamp) {
    return context.Fail(ErrorKind::kOverflow, "timestamp out of range: years 1 to 9999");
  }
  return Value::Timestamp(*at);
}

Value MakeDuration(CallContext& context, std::optional<SecondsNanos> span) {
  if (!span.has_value() || span->seconds >= kMaxDuration || span->seconds <= -kMaxDuration) {
    return context.Fail(ErrorKind::kOverflow, "duration out of range: about 292 years");
  }
  return Value::Duration(*span);
}

std::optional<SecondsNanos> ParseTimestamp(std::string_view text) {
  TimeTextReader reader(text);
  const auto year = reader.Digits(4);
  if (!year || !reader.Accept('-')) return std::nullopt;
  const auto month = reader.Digits(2);
  if (!month || !reader.Accept('-')) return std::nullopt;
  const auto day = reader.Digits(2);
  if (!day || !(reader.Accept('T') || reader.Accept('t'))) return std::nullopt;
  const auto hour = reader.Digits(2);
  if (!hour || !reader.Accept(':')) return std::nullopt;
  const auto minute = reader.Digits(2);
  if (!minute || !reader.Accept(':')) return std::nullopt;
  const auto second = reader.Digits(2);
  const auto nanos = second ? reader.Fraction() : std::nullopt;
  if (!nanos) return std::nullopt;
  const auto offset = ReadZone(reader);
  if (!offset || !reader.AtEnd()) return std::nullopt;
  const absl::CivilSecond civil(*year, *month, *day, *hour, *minute, *second);
  const bool normal = civil.month() == *month && civil.day() == *day && civil.hour() == *hour &&
                      civil.minute() == *minute && civil.second() == *second;
  if (!normal) return std::nullopt;
  return SecondsNanos{civil - absl::CivilSecond(1970) - *offset, *nanos};
}

std::optional<SecondsNanos> ParseDuration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return SecondsNanos{};
  if (text.empty()) return std::nullopt;
  SecondsNanos sum;
  while (!text.empty()) {
    uint64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    const bool digits = error == std::errc();
    if (error == std::errc::result_out_of_range) return std::nullopt;
    if (digits) text.remove_prefix(static_cast<size_t>(end - text.data()));
    double fraction = 0;
    double scale = 0.1;
    bool fraction_digits = false;
    if (text.starts_with('.')) {
      for (text.remove_prefix(1); !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1)) {
        fraction += (text[0] - '0') * scale;
        scale /= 10;
        fraction_digits = true;
      }
    }
    size_t length = 0;
    const int64_t unit = DurationUnit(text, &length);
    if ((!digits && !fraction_digits) || unit == 0) return std::nullopt;
    text.remove_prefix(length);
    const __int128 nanos = static_cast<__int128>(whole) * unit + static_cast<int64_t>(fraction * unit + 0.5);
    const __int128 seconds = nanos / kNanosPerSecond;
    if (seconds > kMaxDuration) return std::nullopt;
    const auto added = AddSpans(sum, {static_cast<int64_t>(seconds), static_cast<int32_t>(nanos % kNanosPerSecond)});
    if (!added) return std::nullopt;
    sum = *added;
  }
  return negative ? SecondsNanos{-sum.seconds, -sum.nanos} : sum;
}

std::string FormatTimestamp(SecondsNanos at) {
  const absl::CivilSecond civil = absl::CivilSecond(1970) + at.seconds;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", civil.year(), civil.month(), civil.day(), civil.hour(),
                     civil.minute(), civil.second(), FractionText(at.nanos));
}

std::string FormatDuration(SecondsNanos span) {
  const bool negative = span.seconds < 0 || span.nanos < 0;
  return fmt::format("{}{}{}s", negative ? "-" : "", std::abs(span.seconds), FractionText(span.nanos));
}

std::optional<CivilTime> ToCivil(SecondsNanos at, std::string_view zone) {
  if (const auto offset = ZoneOffset(zone)) {
    return FromCivilSecond(absl::CivilSecond(1970) + at.seconds + *offset);
  }
  absl::TimeZone named;
  if (!absl::LoadTimeZone(ToAbsl(zone), &named)) return std::nullopt;
  return FromCivilSecond(named.At(absl::FromUnixSeconds(at.seconds)).cs);
}

}  // namespace earshot::expr
