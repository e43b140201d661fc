#include "services/ingest/quantity/exclusion.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "services/ingest/quantity/bound.h"

namespace earshot::quantity {
namespace {

constexpr double kSmallestSpelledCount = 10;  // "three areas", "two of them" are ways of speaking

// Judges a number without currency, percent or any other unit.
class BareNumber {
 public:
  BareNumber(const TokenRow& tokens, const Figure& figure)
      : t_(tokens), f_(figure), first_(tokens[figure.number_first]) {}

  bool IsQuantity() const {
    if (IsOrdinalInChinese()) return false;
    if (HasLargeScale()) return t_[f_.last].symbol != U'级';
    if (IsTimeInChinese() || IsDuration() || IsTimeOfDay() || IsOneInSome() || t_.Word(f_.last) == "times")
      return false;
    if (f_.number.spelled) return IsSpelledCount();
    return !IsYear() && !IsDate() && !IsPartOfName() && !IsNumberOfSomething() && !IsListNumber() && !IsGrouped();
  }

  bool IsWhole() const { return f_.number.value == std::floor(f_.number.value); }

  bool IsYear() const {
    const bool looks = first_.digits == 4 && !first_.grouped && !first_.decimal && first_.number >= 1900 &&
                       first_.number < 2100 && f_.number.last == f_.number_first + 1;
    const bool bounded = SkipBoundBefore(t_, f_.first) != f_.first;
    const bool round = std::fmod(first_.number, 100) == 0;
    return looks && !(f_.counted && (bounded || round));
  }

  bool IsDate() const {
    if (f_.number.value > 31 || !IsWhole()) return false;
    const size_t next = t_.Word(f_.last) == "of" ? f_.last + 1 : f_.last;
    return IsMonth(f_.first - 1) || IsMonth(next);
  }

  // "may" and "march" are months only in capitals.
  bool IsMonth(size_t i) const {
    if (!t_.Is(i, kRoleMonth)) return false;
    return t_.IsCapitalised(i) || (t_.Word(i) != "may" && t_.Word(i) != "march");
  }

 private:
  bool HasLargeScale() const { return f_.number.scaled && (!f_.number.chinese || f_.number.value >= 1e4); }

  // ---- Chinese

  bool IsTimeInChinese() const {
    if (!t_.IsHan(f_.last)) return false;
    constexpr std::u32string_view kTimes = U"年月日号季周岁届期代轮级层楼路度时分秒强版寸折连后";
    constexpr auto kPhrases = std::to_array<std::u32string_view>(
        {U"小时", U"财年", U"个月", U"个季", U"个小时", U"个工作", U"个财", U"个年", U"个周", U"个星期", U"多年",
         U"余年", U"个半", U"个自然", U"个完整", U"星期", U"点钟", U"方面"});
    if (kTimes.find(t_[f_.last].symbol) != kTimes.npos) return true;
    const bool phrase = std::any_of(kPhrases.begin(), kPhrases.end(), [&](auto p) { return t_.Match(f_.last, p); });
    return phrase || IsSpanOfDays();
  }

  bool IsSpanOfDays() const {
    constexpr std::u32string_view kSpans = U"前后近来去内每";
    return t_[f_.last].symbol == U'天' && t_.IsHan(f_.first - 1) && kSpans.find(t_[f_.first - 1].symbol) != kSpans.npos;
  }

  bool IsOrdinalInChinese() const {
    const char32_t before = t_[f_.first - 1].symbol;
    return t_.IsHan(f_.first - 1) && (before == U'第' || before == U'双' || before == U'前' || before == U'初');
  }

  // ---- words

  bool IsSpelledCount() const {
    if (f_.number.chinese) {
      const bool large = f_.number.value >= kSmallestSpelledCount;
      return large && (f_.number.scaled || f_.counted || t_[f_.last].symbol == U'个');
    }
    if (IsPartOfName() || IsNumberOfSomething() || IsDate()) return false;
    if (f_.number.value < kSmallestSpelledCount) {
      return f_.counted && (f_.number.value > 1 || f_.high) && !IsDefinite() && t_.Word(f_.first - 1) != "or";
    }
    return true;
  }

  // "our three brands" speaks of brands, not of how many.
  bool IsDefinite() const {
    constexpr auto kDefinite =
        std::to_array<std::string_view>({"the", "our", "its", "their", "these", "those", "all", "other", "both"});
    const std::string_view before = t_.Word(f_.first - 1);
    return std::find(kDefinite.begin(), kDefinite.end(), before) != kDefinite.end();
  }

  // ---- digits

  // "12 months", "13 full weeks", "six consecutive quarters", "12-month".
  bool IsDuration() const {
    constexpr auto kBetween = std::to_array<std::string_view>({"full", "trading", "business", "calendar", "fiscal",
                                                               "more", "additional", "short", "long", "working", "plus",
                                                               "or", "so", "good", "great", "last", "first", "past"});
    size_t at = t_.IsSign(f_.last, '-') ? f_.last + 1 : f_.last;
    for (int words = 0; words < 3; ++words, ++at) {
      if (t_.Is(at, kRoleStreak)) return true;
      if (t_.Is(at, kRoleDuration)) return !IsMeasuredInDays(at);
      if (std::find(kBetween.begin(), kBetween.end(), t_.Word(at)) == kBetween.end()) return false;
    }
    return false;
  }

  // "an average of 45 days": days as a measure, not as a span.
  bool IsMeasuredInDays(size_t at) const {
    if (t_.Word(at) != "days" || t_.IsSign(f_.last, '-')) return false;
    const std::string_view before = t_.Word(f_.first - 1);
    return before == "of" || before == "to" || before == "was" || before == "by" || before == "from";
  }

  // "8 p.m.", "8 pm".
  bool IsTimeOfDay() const {
    const std::string_view word = t_.Word(f_.last);
    if (word == "am" || word == "pm") return true;
    return (word == "a" || word == "p") && t_.IsSign(f_.last + 1, '.') && t_.Word(f_.last + 2) == "m";
  }

  // "one in four", "nine out of ten".
  bool IsOneInSome() const {
    const auto is_number = [this](size_t i) { return t_.IsNumber(i) || t_.Is(i, kRoleUnit | kRoleTeen); };
    if (f_.number.scaled || f_.number.value > 100) return false;
    const std::string_view behind = t_.Word(f_.last), before = t_.Word(f_.first - 1);
    if (behind == "in" && f_.number.value == 1 && is_number(f_.last + 1)) return true;
    if (behind == "out" && t_.Word(f_.last + 1) == "of" && is_number(f_.last + 2)) return true;
    if (before == "in" && (t_.Word(f_.first - 2) == "one" || t_.Bytes(f_.first - 2) == "1")) return true;
    return before == "of" && t_.Word(f_.first - 2) == "out" && is_number(f_.first - 3);
  }

  bool IsPartOfName() const {
    return IsGluedToLetters() || IsHyphenated() || IsBesideMark() || FollowsName() || IsVersionInChinese() ||
           HasLeadingZero();
  }

  // "B2C", "88VIP", "18th", "1990s".
  bool IsGluedToLetters() const {
    const size_t behind = f_.number.last;
    return (t_.Attached(f_.first) && t_.IsWord(f_.first - 1)) || (t_.Attached(behind) && t_.IsWord(behind));
  }

  // "COVID-19", "2.5-Max", "10-K"; "35,000-plus" goes through.
  bool IsHyphenated() const {
    const bool before =
        t_.IsSign(f_.first - 1, '-') && t_.Attached(f_.first) && t_.IsWord(f_.first - 2) && t_.Attached(f_.first - 1);
    if (before) return true;
    const size_t dash = f_.last;
    // "10- and 30-year": a hyphen that waits for its word.
    if (t_.IsSign(dash, '-') && t_.Attached(dash) && !t_.Attached(dash + 1) && t_.IsWord(dash + 1)) return true;
    return t_.IsSign(dash, '-') && t_.Attached(dash) && t_.Attached(dash + 1) && t_.IsWord(dash + 1) &&
           t_.Word(dash + 1) != "plus";
  }

  // '21, #5, 24/7, 10:30, (1), No.5.
  bool IsBesideMark() const {
    const char32_t before = t_[f_.first - 1].symbol, behind = t_[f_.last].symbol;
    if (t_.Attached(f_.first) && (before == '\'' || before == U'’' || before == U'‘' || before == '#')) return true;
    if (JoinsNumbers(before) && t_.IsNumber(f_.first - 2)) return true;
    if (JoinsNumbers(behind) && t_.IsNumber(f_.last + 1)) return true;
    if (before == '(' && behind == ')' && IsWhole() && first_.digits <= 2) return true;
    return before == '.' && t_.Is(f_.first - 2, kRoleRank);
  }

  static bool JoinsNumbers(char32_t c) { return c == '/' || c == ':' || c == U'×'; }

  // "007", 00后.
  bool HasLeadingZero() const { return first_.digits > 1 && t_.Bytes(f_.number_first).front() == '0'; }

  // 通义2.5: a version, where no verb or preposition stands in front.
  bool IsVersionInChinese() const {
    constexpr std::u32string_view kLeads = U"为是到达约近超过至了的于有仅长降升加少均在从由比共个";
    return first_.decimal && t_.Attached(f_.first) && t_.IsHan(f_.first - 1) && !f_.counted &&
           kLeads.find(t_[f_.first - 1].symbol) == kLeads.npos;
  }

  // "Qwen 2.5", "Unit 4", "S&P 500": a short number behind a name.
  bool FollowsName() const {
    if (first_.grouped || first_.digits > 4 || f_.number.scaled) return false;
    const size_t name = f_.first - 1;
    if (!t_.IsWord(name)) return false;
    if (t_.Is(name, kRoleNameNoun)) return true;
    if (t_.Word(name) == "double" || HasInnerCapital(name)) return true;
    const bool spoken_of = t_.IsCapitalised(name) && !t_.Is(name, kRoleBoundEnd | kRoleLink | kRoleIncrease);
    if (!spoken_of || !t_.StartsSentence(name)) return spoken_of;
    if (t_[name].lexeme) return false;
    // A sentence begins: "Hired 200 engineers" against "Boeing 737 MAX".
    return first_.decimal || !t_.IsWord(f_.last) || t_.IsCapitalised(f_.last) ||
           (t_[f_.last].lexeme && !f_.counted && !t_.Is(f_.last, kRoleModifier));
  }

  // "iPhone 15".
  bool HasInnerCapital(size_t i) const {
    const std::string_view bytes = t_.Bytes(i);
    return std::any_of(bytes.begin() + 1, bytes.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
           bytes.front() >= 'a';
  }

  // "number 5", "top 10", "press 1", "passcode 1234".
  bool IsNumberOfSomething() const {
    if (t_.Is(f_.first - 1, kRoleRank) || t_.Word(f_.first - 1) == "per") return true;
    // "slides 10 and 11": the list goes on.
    const bool listed = t_.Word(f_.first - 1) == "and" || t_.Word(f_.first - 1) == "or" || t_.IsSign(f_.first - 1, ',');
    return listed && t_.IsNumber(f_.first - 2) && t_.Is(f_.first - 3, kRoleNameNoun | kRoleRank);
  }

  bool IsListNumber() const {
    if (!t_.StartsSentence(f_.first) || !IsWhole() || first_.digits > 2) return false;
    const char32_t behind = t_[f_.last].symbol;
    return (behind == '.' || behind == ')') && t_[f_.last + 1].kind != TokenKind::kNone;
  }

  // Telephone numbers, dates in digits, identifiers: groups of digits, or very many of them.
  bool IsGrouped() const {
    constexpr uint8_t kManyDigits = 7;
    if (first_.digits >= kManyDigits && !first_.grouped && !f_.counted) return true;
    const bool joined_before = IsJoint(f_.first - 1) && t_.IsNumber(f_.first - 2);
    const bool joined_behind = IsJoint(f_.number.last) && t_.IsNumber(f_.number.last + 1) && !f_.high;
    if (joined_before || joined_behind) return true;
    if (f_.high && IsJoint(f_.number.last) && t_[f_.number.last + 1].digits > first_.digits && first_.digits >= 3) {
      return !t_[f_.number.last + 1].grouped;
    }
    if (f_.high && IsJoint(f_.last) && t_.IsNumber(f_.last + 1)) return true;
    const bool area_code = t_.IsSign(f_.first - 1, '(') && t_.IsSign(f_.last, ')') && t_.IsNumber(f_.last + 1);
    return area_code || (t_.IsSign(f_.first, '+') && (t_.IsNumber(f_.last) || t_.IsSign(f_.last, '(')));
  }

  // A hyphen, or the end of an area code, written to both its neighbours.
  bool IsJoint(size_t i) const { return t_.IsDash(i) && t_.Attached(i) && t_.Attached(i + 1); }

  const TokenRow& t_;
  const Figure& f_;
  const Token& first_;
};

}  // namespace

bool IsDateOrYear(const TokenRow& tokens, const Figure& figure) {
  if (figure.idiom || figure.kind != UnitKind::kNone || !tokens.IsNumber(figure.number_first)) return false;
  const BareNumber number(tokens, figure);
  return number.IsYear() || number.IsDate();
}

bool IsQuantity(const TokenRow& tokens, const Figure& figure) {
  if (figure.idiom) return true;
  if (figure.number.refused) return false;
  if (figure.kind != UnitKind::kNone) return true;
  return BareNumber(tokens, figure).IsQuantity();
}

}  // namespace earshot::quantity
