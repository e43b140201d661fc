#include "services/ingest/extract/time_phrase.h"

#include <algorithm>

namespace earshot::extract {

using fiscal::Period;
using fiscal::Term;

std::optional<Term> CallTime::Quarter() const {
  if (!term) return std::nullopt;
  return term->is_quarter() ? *term : Term{term->year, 4};
}

Period TermPeriod(Term term) { return {.kind = Period::Kind::kTerm, .first = term, .last = term}; }

Period SpanPeriod(Term first, Term last) {
  if (first == last) return TermPeriod(first);
  return {.kind = Period::Kind::kSpan, .first = first, .last = last};
}

Period PastQuarters(const CallTime& call, int count, int skip) {
  const auto quarter = call.Quarter();
  if (!quarter || count < 1) return {};
  const Term last = skip > 0 ? fiscal::Previous(*quarter, skip) : *quarter;
  return SpanPeriod(count > 1 ? fiscal::Previous(last, count - 1) : last, last);
}

Period NextYears(const CallTime& call, int count) {
  const auto quarter = call.Quarter();
  if (!quarter || count < 1) return {};
  const int first = quarter->quarter <= 2 ? quarter->year : quarter->year + 1;
  return SpanPeriod({first, 0}, {first + count - 1, 0});
}

Period FirstQuarters(const CallTime& call, int count) {
  const auto quarter = call.Quarter();
  if (!quarter || count < 1 || count > 4) return {};
  return SpanPeriod({quarter->year, 1}, {quarter->year, count});
}

Period InstantPeriod(absl::CivilDay day) { return {.kind = Period::Kind::kInstant, .day = day}; }

Period MonthPeriod(const CallTime& call, int month, std::optional<int> year) {
  if (!year) {
    std::optional<absl::CivilDay> now = call.date;
    if (!now && call.term) now = call.calendar.LastDay(*call.term);
    if (!now) return {};
    year = static_cast<int>(now->year()) - (month > now->month() ? 1 : 0);
  }
  return {.kind = Period::Kind::kMonth, .day = absl::CivilDay(*year, month, 1)};
}

std::vector<TimePhrase> FindTimes(std::string_view text, const CallTime& call) {
  std::vector<TimePhrase> times = FindEnglishTimes(text, call);
  const std::vector<TimePhrase> chinese = FindChineseTimes(text, call);
  times.insert(times.end(), chinese.begin(), chinese.end());
  std::sort(times.begin(), times.end(), [](const TimePhrase& a, const TimePhrase& b) { return a.begin < b.begin; });
  return times;
}

}  // namespace earshot::extract
