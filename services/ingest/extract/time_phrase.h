// Words for times, resolved against the call: "the same quarter of last year", "over the next three years", 去年同期.
// Internal to the library.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/fiscal/period.h"

namespace earshot::extract {

// What a call's words for times are reckoned from.
struct CallTime {
  fiscal::Calendar calendar{12};
  std::optional<fiscal::Term> term;    // what the call reports
  std::optional<absl::CivilDay> date;  // the day of the call

  // The quarter that is reported; the last one of a year.
  std::optional<fiscal::Term> Quarter() const;
};

// How a time stands to the one that is reported.
enum class TimeRelation {
  kCurrent,       // this quarter, this year
  kPriorYear,     // "last year", "the prior-year quarter": a comparison with the year before
  kPriorQuarter,  // "last quarter"
  kOther,         // any other time that is past or not told
  kFuture,        // "next year", "over the next three years"
};

struct TimePhrase {
  size_t begin = 0;
  size_t end = 0;
  fiscal::Period period;  // open: "in the coming quarters"
  TimeRelation relation = TimeRelation::kOther;
};

// In order, without overlap. Linear.
std::vector<TimePhrase> FindTimes(std::string_view text, const CallTime& call);

// The parts of it, one a language.
std::vector<TimePhrase> FindEnglishTimes(std::string_view text, const CallTime& call);
std::vector<TimePhrase> FindChineseTimes(std::string_view text, const CallTime& call);

// Periods that both languages build.
fiscal::Period TermPeriod(fiscal::Term term);
fiscal::Period SpanPeriod(fiscal::Term first, fiscal::Term last);

// The `count` quarters that end with the one reported (`skip` of them back).
fiscal::Period PastQuarters(const CallTime& call, int count, int skip = 0);
// The fiscal years after the last reported one. Early in a fiscal year that is the running one.
fiscal::Period NextYears(const CallTime& call, int count);
// The quarters of the running fiscal year up to the `count`th.
fiscal::Period FirstQuarters(const CallTime& call, int count);
// A month by its number, the last one before the call unless the year is said.
fiscal::Period MonthPeriod(const CallTime& call, int month, std::optional<int> year);
fiscal::Period InstantPeriod(absl::CivilDay day);

}  // namespace earshot::extract
