#include "common/expr/time_text.h"

#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

std::string TimestampRoundTrip(std::string_view text) {
  const auto at = ParseTimestamp(text);
  return at ? FormatTimestamp(*at) : "no";
}

std::string DurationRoundTrip(std::string_view text) {
  const auto span = ParseDuration(text);
  return span ? FormatDuration(*span) : "no";
}

TEST(TimeTextTest, ReadsTimestamps) {
  EXPECT_EQ(TimestampRoundTrip("2025-08-29T12:30:00Z"), "2025-08-29T12:30:00Z");
  EXPECT_EQ(TimestampRoundTrip("2025-08-29T20:30:00+08:00"), "2025-08-29T12:30:00Z");
  EXPECT_EQ(TimestampRoundTrip("1969-12-31T23:59:59.5Z"), "1969-12-31T23:59:59.5Z");
  EXPECT_EQ(TimestampRoundTrip("2024-02-29T00:00:00.000000001Z"), "2024-02-29T00:00:00.000000001Z");
  for (const char* bad : {"", "2025-08-29", "2025-02-29T00:00:00Z", "2025-08-29T24:00:00Z", "2025-08-29T12:30:00",
                          "2025-08-29T12:30:00.Z", "2025-08-29T12:30:00+8:00", "2025-08-29T12:30:00Zx"}) {
    EXPECT_EQ(TimestampRoundTrip(bad), "no") << bad;
  }
}

TEST(TimeTextTest, ReadsDurations) {
  EXPECT_EQ(DurationRoundTrip("1h30m"), "5400s");
  EXPECT_EQ(DurationRoundTrip("-1.5s"), "-1.5s");
  EXPECT_EQ(DurationRoundTrip("-0.25s"), "-0.25s");
  EXPECT_EQ(DurationRoundTrip("250ms10us"), "0.25001s");
  EXPECT_EQ(DurationRoundTrip("1.000000001s"), "1.000000001s");
  EXPECT_EQ(DurationRoundTrip("0"), "0s");
  for (const char* bad : {"", "-", "1", "1d", "h", ".s", "1h-1m", "99999999999999999999s", "9223372037s"}) {
    EXPECT_EQ(DurationRoundTrip(bad), "no") << bad;
  }
}

TEST(TimeTextTest, KnowsZones) {
  const SecondsNanos at = *ParseTimestamp("2009-02-13T23:31:30Z");
  EXPECT_EQ(ToCivil(at, "")->hour, 23);
  EXPECT_EQ(ToCivil(at, "+02:00")->day, 14);
  EXPECT_EQ(ToCivil(at, "-09:30")->hour, 14);
  EXPECT_EQ(ToCivil(at, "")->weekday, 5);
  EXPECT_EQ(ToCivil(at, "")->year_day, 43);
  EXPECT_FALSE(ToCivil(at, "Mars/Olympus").has_value());
}

}  // namespace
}  // namespace earshot::expr
