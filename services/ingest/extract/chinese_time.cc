#include <algorithm>
#include <array>

#include "common/text/utf8.h"
#include "services/ingest/extract/time_phrase.h"

namespace earshot::extract {
namespace {

using fiscal::Period;
using fiscal::Term;

// A reader over UTF-8 bytes that takes what it can from a place on.
class ChineseTimes {
 public:
  ChineseTimes(std::string_view text, const CallTime& call) : text_(text), call_(call) {}

  std::vector<TimePhrase> Find() {
    std::vector<TimePhrase> found;
    for (size_t i = 0; i < text_.size();) {
      at_ = i;
      TimePhrase phrase;
      if (CouldBegin(i) && Read(phrase)) {
        phrase.begin = i;
        phrase.end = at_;
        found.push_back(phrase);
        i = at_;
      } else {
        i += DecodeUtf8(text_, i).size;
      }
    }
    return found;
  }

 private:
  bool CouldBegin(size_t i) const {
    const unsigned char c = static_cast<unsigned char>(text_[i]);
    return c >= 0xE4 || (c >= '0' && c <= '9' && (i == 0 || text_[i - 1] < '0' || text_[i - 1] > '9'));
  }
  bool Take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool TakeAny(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [this](std::string_view word) { return Take(word); });
  }

  // 三, 十二, 12
  std::optional<int> TakeNumber() {
    constexpr std::array<std::string_view, 13> kDigits = {"零", "一", "二", "三", "四",   "五",  "六",
                                                          "七", "八", "九", "十", "十一", "十二"};
    int digits = 0, value = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && digits < 4) {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    if (digits > 0) return value;
    for (int i = 12; i >= 1; --i) {
      if (Take(kDigits[i])) return i;
    }
    if (Take("两")) return 2;
    return std::nullopt;
  }

  bool Set(TimePhrase& phrase, Period period, TimeRelation relation) {
    phrase.period = period;
    phrase.relation = relation;
    return true;
  }

  bool Read(TimePhrase& phrase) {
    const size_t start = at_;
    using Reader = bool (ChineseTimes::*)(TimePhrase&);
    constexpr Reader kReaders[] = {&ChineseTimes::ReadFixed, &ChineseTimes::ReadFuture, &ChineseTimes::ReadPast,
                                   &ChineseTimes::ReadDate};
    for (const Reader reader : kReaders) {
      at_ = start;
      if ((this->*reader)(phrase)) return true;
    }
    return false;
  }

  bool ReadFixed(TimePhrase& phrase) {
    const auto quarter = call_.Quarter();
    if (TakeAny({"去年同期", "上年同期", "去年同季", "去年这个季度"})) {
      return Set(phrase, call_.term ? TermPeriod(fiscal::YearAgo(*call_.term)) : Period{}, TimeRelation::kPriorYear);
    }
    if (TakeAny({"本季度", "这个季度", "该季度", "这一季度", "当季"})) {
      return Set(phrase, PastQuarters(call_, 1), TimeRelation::kCurrent);
    }
    if (quarter && TakeAny({"下个季度", "下季度", "下一季度", "下一个季度"})) {
      return Set(phrase, TermPeriod(fiscal::Previous(*quarter, -1)), TimeRelation::kFuture);
    }
    if (TakeAny({"上个季度", "上季度", "上一季度", "上一个季度"})) {
      return Set(phrase, PastQuarters(call_, 1, 1), TimeRelation::kPriorQuarter);
    }
    if (!quarter) return false;
    if (TakeAny({"明年", "下个财年", "下一财年", "下一个财年"})) {
      return Set(phrase, TermPeriod({quarter->year + 1, 0}), TimeRelation::kFuture);
    }
    if (TakeAny({"全年", "本财年", "这个财年", "今年"})) {
      if (Take("上半年")) return Set(phrase, FirstQuarters(call_, 2), TimeRelation::kOther);
      if (Take("前面的六个月") || Take("前面的六个月里面"))
        return Set(phrase, FirstQuarters(call_, 2), TimeRelation::kOther);
      return Set(phrase, TermPeriod({quarter->year, 0}), TimeRelation::kCurrent);
    }
    if (TakeAny({"上半财年", "上半年"})) return Set(phrase, FirstQuarters(call_, 2), TimeRelation::kOther);
    if (TakeAny({"过去一年", "过去的一年", "过去的这一年"}))
      return Set(phrase, PastQuarters(call_, 4), TimeRelation::kOther);
    return false;
  }

  // 未来三年, 接下来几个季度
  bool ReadFuture(TimePhrase& phrase) {
    if (!TakeAny({"未来", "接下来", "今后", "往后"})) return false;
    TakeAny({"的", "这"});
    if (TakeAny({"几个季度", "几年", "这几个季度", "数年", "几个月"})) return Set(phrase, {}, TimeRelation::kFuture);
    const auto count = TakeNumber();
    if (!count) return false;
    Take("到");
    const int years = TakeNumber().value_or(*count);
    if (!Take("年")) return TakeAny({"个季度", "个月"}) && Set(phrase, {}, TimeRelation::kFuture);
    return Set(phrase, NextYears(call_, years), TimeRelation::kFuture);
  }

  // 过去的九个月, 前面的两个季度, 过去四个季度, 过去十年
  bool ReadPast(TimePhrase& phrase) {
    const bool before = TakeAny({"前面的", "前面", "之前的"});
    if (!before && !TakeAny({"过去的", "过去", "最近的", "最近"})) return false;
    const auto count = TakeNumber();
    if (!count || *count == 0) return false;
    if (Take("个季度")) return Set(phrase, PastQuarters(call_, *count, before ? 1 : 0), TimeRelation::kOther);
    if (Take("个月")) {
      if (*count % 3 != 0) return Set(phrase, {}, TimeRelation::kOther);
      return Set(phrase, PastQuarters(call_, *count / 3, before ? 1 : 0), TimeRelation::kOther);
    }
    return Take("年") && Set(phrase, {}, TimeRelation::kOther);
  }

  // 2024年12月31日, 8月份, 六月份那个季度, 12月季度
  bool ReadDate(TimePhrase& phrase) {
    const bool written = text_[at_] < '0' || text_[at_] > '9';
    const size_t start = at_;
    auto number = TakeNumber();
    if (!number) return false;
    std::optional<int> year;
    if (text_.substr(at_, 3) == "年" && (written || at_ - start < 2)) return false;  // 三年: how long, not when
    if (Take("年")) {
      year = *number < 100 ? *number + 2000 : *number;
      number = TakeNumber();
      if (!number) return Set(phrase, TermPeriod({*year, 0}), TimeRelation::kOther);
    }
    if (*number < 1 || *number > 12 || !Take("月")) return false;
    Take("份");
    Take(" ");
    if (TakeAny({"那个季度", "这个季度", "季度", "季"})) return SetMonthQuarter(phrase, *number, year);
    const Period month = MonthPeriod(call_, *number, year);
    const auto day = TakeNumber();
    const bool ahead = call_.date && month.day > *call_.date;
    if (!day || !TakeAny({"日", "号"}) || month.kind == Period::Kind::kOpen) {
      return Set(phrase, month, ahead ? TimeRelation::kFuture : TimeRelation::kOther);
    }
    return Set(phrase, InstantPeriod(absl::CivilDay(month.day.year(), *number, *day)), TimeRelation::kOther);
  }

  bool SetMonthQuarter(TimePhrase& phrase, int month, std::optional<int> year) {
    const auto quarter = call_.Quarter();
    if (!year && !quarter) return Set(phrase, {}, TimeRelation::kOther);
    if (!year) {
      const absl::CivilDay end = call_.calendar.LastDay(*quarter);
      year = static_cast<int>(end.year()) - (month > end.month() ? 1 : 0);
    }
    const auto term = call_.calendar.QuarterEndingIn(month, *year);
    if (!term) return false;
    return Set(phrase, TermPeriod(*term), quarter && *term == *quarter ? TimeRelation::kCurrent : TimeRelation::kOther);
  }

  std::string_view text_;
  const CallTime& call_;
  size_t at_ = 0;
};

}  // namespace

std::vector<TimePhrase> FindChineseTimes(std::string_view text, const CallTime& call) {
  return ChineseTimes(text, call).Find();
}

}  // namespace earshot::extract
