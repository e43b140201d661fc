#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "services/ingest/extract/time_phrase.h"

namespace earshot::extract {
namespace {

using fiscal::Period;
using fiscal::Term;

struct TimeWord {
  size_t begin = 0;
  size_t end = 0;
  std::string text;  // lower case
  bool capital = false;
};

bool IsTimeLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::vector<TimeWord> TimeWords(std::string_view text) {
  std::vector<TimeWord> words;
  for (size_t at = 0; at < text.size();) {
    if (!IsTimeLetter(text[at])) {
      ++at;
      continue;
    }
    TimeWord word{at, at, "", text[at] >= 'A' && text[at] <= 'Z'};
    for (; at < text.size() && IsTimeLetter(text[at]); ++at) {
      const char c = text[at];
      word.text.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    word.end = at;
    if (text.substr(at, 2) == "'s") at += 2;
    words.push_back(std::move(word));
  }
  return words;
}

template <size_t N>
int IndexOf(const std::array<std::string_view, N>& list, std::string_view word) {
  const auto at = std::find(list.begin(), list.end(), word);
  return at == list.end() ? -1 : static_cast<int>(at - list.begin());
}

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 13> kCounts = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                                      "seven", "eight", "nine", "ten",   "eleven", "twelve"};
constexpr std::array<std::string_view, 5> kOrdinals = {"", "first", "second", "third", "fourth"};
constexpr std::array<std::string_view, 5> kShortOrdinals = {"", "1st", "2nd", "3rd", "4th"};

// A reader over the words that takes what it can from a place on.
class EnglishTimes {
 public:
  EnglishTimes(std::string_view text, const CallTime& call) : words_(TimeWords(text)), call_(call) {}

  std::vector<TimePhrase> Find() {
    std::vector<TimePhrase> found;
    for (size_t i = 0; i < words_.size();) {
      at_ = i;
      TimePhrase phrase;
      if (Read(phrase)) {
        phrase.begin = words_[i].begin;
        phrase.end = words_[at_ - 1].end;
        found.push_back(phrase);
        i = at_;
      } else {
        ++i;
      }
    }
    return found;
  }

 private:
  std::string_view Word(size_t offset = 0) const {
    return at_ + offset < words_.size() ? std::string_view(words_[at_ + offset].text) : std::string_view();
  }
  bool Take(std::string_view word) {
    if (Word() != word) return false;
    ++at_;
    return true;
  }
  bool TakeAny(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [this](std::string_view word) { return Take(word); });
  }
  // Takes all of them or none.
  bool TakeAll(std::initializer_list<std::string_view> words) {
    const size_t start = at_;
    for (const std::string_view word : words) {
      if (Take(word)) continue;
      at_ = start;
      return false;
    }
    return true;
  }

  std::optional<int> TakeYear() {
    const std::string_view word = Word();
    int year = 0;
    if (word.size() != 4 || !(word.starts_with("19") || word.starts_with("20"))) return std::nullopt;
    if (std::from_chars(word.data(), word.data() + 4, year).ptr != word.data() + 4) return std::nullopt;
    ++at_;
    return year;
  }

  std::optional<int> TakeCount() {
    int count = IndexOf(kCounts, Word());
    if (Word() == "couple") count = 2;
    if (count < 0) {
      const std::string_view word = Word();
      if (word.empty() || word.size() > 2 ||
          std::from_chars(word.data(), word.data() + word.size(), count).ptr != word.data() + word.size()) {
        return std::nullopt;
      }
    }
    ++at_;
    Take("of");
    return count;
  }

  int TakeOrdinal() {
    int ordinal = IndexOf(kOrdinals, Word());
    if (ordinal < 1) ordinal = IndexOf(kShortOrdinals, Word());
    if (ordinal >= 1) ++at_;
    return std::max(ordinal, 0);
  }

  bool Set(TimePhrase& phrase, Period period, TimeRelation relation) {
    phrase.period = period;
    phrase.relation = relation;
    return true;
  }

  TimeRelation RelationOf(const Term& term) const {
    const auto quarter = call_.Quarter();
    if (!quarter) return TimeRelation::kOther;
    if (!term.is_quarter()) {
      if (term.year == quarter->year) return TimeRelation::kCurrent;
      return term.year > quarter->year ? TimeRelation::kFuture : TimeRelation::kOther;
    }
    if (term == *quarter) return TimeRelation::kCurrent;
    if (term == fiscal::YearAgo(*quarter)) return TimeRelation::kPriorYear;
    return term > *quarter ? TimeRelation::kFuture : TimeRelation::kOther;
  }

  bool SetTerm(TimePhrase& phrase, Term term) { return Set(phrase, TermPeriod(term), RelationOf(term)); }

  Period YearAgoPeriod() const {
    if (!call_.term) return {};
    return TermPeriod(fiscal::YearAgo(*call_.term));
  }

  bool Read(TimePhrase& phrase) {
    const size_t start = at_;
    using Reader = bool (EnglishTimes::*)(TimePhrase&);
    constexpr Reader kReaders[] = {&EnglishTimes::ReadSamePeriod,   &EnglishTimes::ReadNamedQuarter,
                                   &EnglishTimes::ReadMonthQuarter, &EnglishTimes::ReadHalf,
                                   &EnglishTimes::ReadFuture,       &EnglishTimes::ReadPast,
                                   &EnglishTimes::ReadEndOf,        &EnglishTimes::ReadThis,
                                   &EnglishTimes::ReadYear,         &EnglishTimes::ReadMonth};
    for (const Reader reader : kReaders) {
      at_ = start;
      if ((this->*reader)(phrase)) return true;
    }
    return false;
  }

  // "last year", "the prior year", "a year ago", "2020"
  bool TakePriorYear() {
    TakeAny({"of", "in", "from"});
    Take("the");
    if (TakeAny({"last", "prior", "previous", "preceding"}) && TakeAny({"year", "fiscal"})) {
      Take("year");
      return true;
    }
    return TakeAll({"a", "year", "ago"}) || TakeAll({"one", "year", "ago"}) || TakeAll({"year", "ago"});
  }

  // "the same quarter of last year", "prior-year quarter", "year-ago period"
  bool ReadSamePeriod(TimePhrase& phrase) {
    const size_t start = at_;
    if (TakeAny({"same", "corresponding", "comparable"}) && TakeAny({"quarter", "period", "time"})) {
      if (TakePriorYear()) return Set(phrase, YearAgoPeriod(), TimeRelation::kPriorYear);
      TakeAny({"of", "in", "from"});
      if (TakeYear()) return Set(phrase, YearAgoPeriod(), TimeRelation::kPriorYear);
      return false;
    }
    at_ = start;
    if (TakeAll({"year", "ago"}) || TakeAll({"prior", "year"}) || TakeAll({"last", "year"}) ||
        TakeAll({"previous", "year"}) || TakeAll({"a", "year", "ago"}) || TakeAll({"a", "year", "earlier"})) {
      if (const int ordinal = TakeOrdinal(); ordinal > 0 && Take("quarter") && call_.term) {
        return Set(phrase, TermPeriod({call_.term->year - 1, ordinal}), TimeRelation::kPriorYear);
      }
      TakeAny({"quarter", "period", "same"});
      TakeAny({"quarter", "period"});
      return Set(phrase, YearAgoPeriod(), TimeRelation::kPriorYear);
    }
    return false;
  }

  // "second quarter of fiscal 2025", "Q3", "fourth quarter last year"
  bool ReadNamedQuarter(TimePhrase& phrase) {
    int quarter = TakeOrdinal();
    if (quarter > 0) {
      if (Take("fiscal") && !TakeAny({"quarter"})) return false;
      if (words_[at_ - 1].text != "quarter" && !Take("quarter")) return false;
    } else if (Word().size() == 2 && Word()[0] == 'q' && Word()[1] >= '1' && Word()[1] <= '4') {
      quarter = Word()[1] - '0';
      ++at_;
    } else {
      return false;
    }
    const size_t named = at_;
    if (TakePriorYear() && call_.term) {
      return Set(phrase, TermPeriod({call_.term->year - 1, quarter}), TimeRelation::kPriorYear);
    }
    at_ = named;
    TakeAny({"of", "in"});
    Take("fiscal");
    Take("year");
    if (const auto year = TakeYear()) return SetTerm(phrase, {*year, quarter});
    at_ = named;
    TakeAll({"of", "this", "year"}) || TakeAll({"of", "the", "year"});
    if (!call_.term) return Set(phrase, {}, TimeRelation::kOther);
    return SetTerm(phrase, {call_.term->year, quarter});
  }

  // "June quarter 2021", "quarter ended June 30, 2025"
  bool ReadMonthQuarter(TimePhrase& phrase) {
    Take("the");
    const bool ended =
        TakeAll({"quarter", "ended"}) || TakeAll({"quarter", "ending"}) || TakeAll({"three", "months", "ended"});
    const int month = IndexOf(kMonths, Word()) + 1;
    if (month == 0) return false;
    ++at_;
    if (!ended && !Take("quarter")) return false;
    if (ended && !Word().empty() && Word().size() <= 2) ++at_;
    const auto year = TakeYear();
    const auto quarter = call_.Quarter();
    if (!year && !quarter) return Set(phrase, {}, TimeRelation::kOther);
    const int last = year ? *year : LastYearWith(month, *quarter);
    const auto term = call_.calendar.QuarterEndingIn(month, last);
    return term && SetTerm(phrase, *term);
  }

  // The calendar year in which a quarter that ends in `month` lies at or before the one reported.
  int LastYearWith(int month, const Term& quarter) const {
    const absl::CivilDay end = call_.calendar.LastDay(quarter);
    return static_cast<int>(end.year()) - (month > end.month() ? 1 : 0);
  }

  // "first half of the year", "first nine months"
  bool ReadHalf(TimePhrase& phrase) {
    const int ordinal = TakeOrdinal();
    if (ordinal == 0 || !call_.term) return false;
    if (Take("half")) {
      TakeAll({"of", "the", "year"}) || TakeAll({"of", "this", "fiscal", "year"}) ||
          TakeAll({"of", "the", "fiscal", "year"}) || TakeAll({"of", "this", "year"});
      Take("of");
      const auto year = TakeYear();
      const int in = year.value_or(call_.term->year);
      const int first = ordinal == 1 ? 1 : 3;
      return Set(phrase, SpanPeriod({in, first}, {in, first + 1}), TimeRelation::kOther);
    }
    const auto months = ordinal == 1 ? TakeCount() : std::nullopt;
    if (!months || *months % 3 != 0 || !Take("months")) return false;
    return Set(phrase, FirstQuarters(call_, *months / 3), TimeRelation::kOther);
  }

  // "next three years", "coming two-year period", "next two to three years", "next fiscal year", "coming quarters"
  bool ReadFuture(TimePhrase& phrase) {
    if (!TakeAny({"next", "coming", "following", "upcoming"})) return false;
    if (TakeAny({"few", "several"}))
      return TakeAny({"quarters", "years", "months"}) && Set(phrase, {}, TimeRelation::kFuture);
    if (TakeAny({"quarters", "years", "months"})) return Set(phrase, {}, TimeRelation::kFuture);
    if (const auto count = TakeCount()) {
      int years = *count;
      if (TakeAny({"to", "or"})) years = TakeCount().value_or(years);
      if (TakeAny({"years", "year"})) {
        Take("period");
        return Set(phrase, NextYears(call_, years), TimeRelation::kFuture);
      }
      return TakeAny({"quarters", "quarter", "months"}) && Set(phrase, {}, TimeRelation::kFuture);
    }
    Take("fiscal");
    if (Take("year")) return call_.term && SetTerm(phrase, {call_.term->year + 1, 0});
    const auto quarter = call_.Quarter();
    return Take("quarter") && quarter && SetTerm(phrase, fiscal::Previous(*quarter, -1));
  }

  // "past four quarters", "last nine months", "trailing 12 months", "last quarter", "past decade"
  bool ReadPast(TimePhrase& phrase) {
    if (!TakeAny({"past", "last", "previous", "prior", "trailing", "preceding"})) return false;
    if (Take("quarter")) {
      if (words_[at_ - 2].text == "past") return Set(phrase, PastQuarters(call_, 1), TimeRelation::kCurrent);
      return Set(phrase, PastQuarters(call_, 1, 1), TimeRelation::kPriorQuarter);
    }
    if (Take("decade")) return Set(phrase, {}, TimeRelation::kOther);
    if (words_[at_ - 1].text == "past" && Take("year"))
      return Set(phrase, PastQuarters(call_, 4), TimeRelation::kOther);
    const auto count = TakeCount();
    if (!count) return false;
    if (TakeAny({"quarters", "quarter"})) return Set(phrase, PastQuarters(call_, *count), TimeRelation::kOther);
    if (TakeAny({"months", "month"})) {
      return Set(phrase, *count % 3 == 0 ? PastQuarters(call_, *count / 3) : Period{}, TimeRelation::kOther);
    }
    return TakeAny({"years", "year"}) && Set(phrase, {}, TimeRelation::kOther);
  }

  // "end of the quarter", "quarter end", "year end"
  bool ReadEndOf(TimePhrase& phrase) {
    const auto quarter = call_.Quarter();
    const bool quarter_end = TakeAll({"end", "of", "the", "quarter"}) || TakeAll({"end", "of", "this", "quarter"}) ||
                             TakeAll({"quarter", "end"}) || TakeAll({"end", "of", "quarter"});
    if (quarter_end && quarter) {
      return Set(phrase, InstantPeriod(call_.calendar.LastDay(*quarter)), TimeRelation::kCurrent);
    }
    if (!TakeAll({"end", "of"})) return false;
    const int month = IndexOf(kMonths, Word()) + 1;
    if (month == 0) return false;
    ++at_;
    const Period period = MonthPeriod(call_, month, TakeYear());
    if (period.kind == Period::Kind::kOpen) return Set(phrase, {}, TimeRelation::kOther);
    const absl::CivilDay last = absl::CivilDay(absl::CivilMonth(period.day) + 1) - 1;
    return Set(phrase, InstantPeriod(last), TimeRelation::kOther);
  }

  // "this quarter", "during the quarter", "this fiscal year", "full year", "the year"
  bool ReadThis(TimePhrase& phrase) {
    const bool named = TakeAny({"this", "the", "our", "current", "a"});
    if (named) TakeAny({"current", "past", "recent", "latest"});
    const auto quarter = call_.Quarter();
    if (named && Take("quarter")) {
      if (TakeAny({"before", "earlier"})) return Set(phrase, PastQuarters(call_, 1, 1), TimeRelation::kPriorQuarter);
      return quarter && SetTerm(phrase, *quarter);
    }
    const bool full = Take("full");
    const bool fiscal = Take("fiscal");
    if (Take("year") &&
        (full || (named && (fiscal || words_[at_ - 2].text == "this" || words_[at_ - 2].text == "the")))) {
      if (const auto year = TakeYear()) return SetTerm(phrase, {*year, 0});
      return call_.term && SetTerm(phrase, {call_.term->year, 0});
    }
    return TakeAll({"to", "date"}) && false;
  }

  // "fiscal 2025", "FY2025", "fiscal year 2025", "in 2022", "year to date"
  bool ReadYear(TimePhrase& phrase) {
    if (TakeAll({"year", "to", "date"})) {
      const auto quarter = call_.Quarter();
      return quarter && Set(phrase, FirstQuarters(call_, quarter->quarter), TimeRelation::kOther);
    }
    const bool fiscal = Take("fiscal") || Take("fy");
    if (fiscal) Take("year");
    const bool after_preposition =
        at_ > 0 && (words_[at_ - 1].text == "in" || words_[at_ - 1].text == "for" || words_[at_ - 1].text == "of" ||
                    words_[at_ - 1].text == "during" || words_[at_ - 1].text == "year" ||
                    words_[at_ - 1].text == "to" || words_[at_ - 1].text == "from");
    if (Word().size() == 6 && Word().starts_with("fy")) {
      int year = 0;
      if (std::from_chars(Word().data() + 2, Word().data() + 6, year).ptr == Word().data() + 6) {
        ++at_;
        return SetTerm(phrase, {year, 0});
      }
    }
    if (!fiscal && !after_preposition) return false;
    const auto year = TakeYear();
    return year && SetTerm(phrase, {*year, 0});
  }

  // "November 2024", "in August", "May 31, 2021"
  bool ReadMonth(TimePhrase& phrase) {
    const int month = IndexOf(kMonths, Word()) + 1;
    if (month == 0 || !words_[at_].capital) return false;
    ++at_;
    std::optional<int> day;
    if (const std::string_view word = Word(); !word.empty() && word.size() <= 2 && word[0] >= '0' && word[0] <= '9') {
      int value = 0;
      std::from_chars(word.data(), word.data() + word.size(), value);
      day = value;
      ++at_;
    }
    const auto year = TakeYear();
    if (!day && !year && (month == 5 || month == 3) && !AfterTimePreposition()) return false;
    const Period period = MonthPeriod(call_, month, year);
    if (!day || period.kind == Period::Kind::kOpen) return Set(phrase, period, TimeRelation::kOther);
    const absl::CivilDay civil(period.day.year(), month, *day);
    return civil.month() == month && Set(phrase, InstantPeriod(civil), TimeRelation::kOther);
  }
  bool AfterTimePreposition() const {
    if (at_ < 2) return false;
    const std::string& before = words_[at_ - 2].text;
    return before == "in" || before == "since" || before == "of" || before == "by" || before == "and" ||
           before == "until";
  }

  std::vector<TimeWord> words_;
  const CallTime& call_;
  size_t at_ = 0;
};

}  // namespace

std::vector<TimePhrase> FindEnglishTimes(std::string_view text, const CallTime& call) {
  return EnglishTimes(text, call).Find();
}

}  // namespace earshot::extract
