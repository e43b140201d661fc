#include "services/ingest/quantity/unit.h"

#include <algorithm>
#include <array>

namespace earshot::quantity {
namespace {

struct HanCurrency {
  std::u32string_view name;
  std::string_view code;
  double factor = 1;
};

// Longer names first where one begins with another.
constexpr auto kHanCurrencies = std::to_array<HanCurrency>({
    {U"元人民币", "CNY"}, {U"人民币", "CNY"},   {U"美元", "USD"}, {U"美金", "USD"},     {U"美分", "USD", 0.01},
    {U"港元", "HKD"},     {U"港币", "HKD"},     {U"欧元", "EUR"}, {U"日元", "JPY"},     {U"英镑", "GBP"},
    {U"韩元", "KRW"},     {U"新台币", "TWD"},   {U"台币", "TWD"}, {U"卢比", "INR"},     {U"澳元", "AUD"},
    {U"加元", "CAD"},     {U"新加坡元", "SGD"}, {U"新元", "SGD"}, {U"瑞士法郎", "CHF"}, {U"卢布", "RUB"},
    {U"元", "元"},        {U"块钱", "元"},
});

// Adjectives in front of "dollars", "pounds" and the like.
struct NamedCurrency {
  std::array<std::string_view, 2> words;
  std::string_view code;
};

constexpr auto kNamedCurrencies = std::to_array<NamedCurrency>({
    {{"us", ""}, "USD"},
    {{"american", ""}, "USD"},
    {{"hong", "kong"}, "HKD"},
    {{"canadian", ""}, "CAD"},
    {{"australian", ""}, "AUD"},
    {{"singapore", ""}, "SGD"},
    {{"taiwan", ""}, "TWD"},
    {{"british", ""}, "GBP"},
    {{"swiss", ""}, "CHF"},
    {{"indian", ""}, "INR"},
    {{"japanese", ""}, "JPY"},
});

constexpr auto kDollars = std::to_array<std::string_view>({"AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "USD"});

std::string_view ResolveCurrency(std::string_view code, std::string_view reporting) {
  if (code == "$") return std::find(kDollars.begin(), kDollars.end(), reporting) != kDollars.end() ? reporting : "USD";
  if (code == "¥") return reporting == "JPY" ? "JPY" : "CNY";
  if (code == "元") return reporting == "HKD" || reporting == "TWD" ? reporting : "CNY";
  return code;
}

std::string_view SignCurrency(char32_t c) {
  switch (c) {
    case U'$':
      return "$";
    case U'¥':
      return "¥";
    case U'€':
      return "EUR";
    case U'£':
      return "GBP";
    case U'₹':
      return "INR";
    case U'₩':
      return "KRW";
    default:
      return "";
  }
}

// A code is written in capitals ("try", "all" are words); "Rs" and "rmb" are let pass.
bool IsCode(const TokenRow& t, size_t i) {
  if (!t.Is(i, kRoleCode)) return false;
  const std::string_view bytes = t.Bytes(i), word = t.Word(i);
  if (word == "rmb") return true;
  if (word == "rs") return bytes == "Rs" || bytes == "RS";
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Unit Money(size_t last, std::string_view code, double factor = 1) { return {last, UnitKind::kMoney, code, factor}; }

Unit HanCurrencyAt(const TokenRow& t, size_t i, std::string_view reporting) {
  if (!t.IsHan(i)) return {};
  for (const HanCurrency& currency : kHanCurrencies) {
    if (!t.Match(i, currency.name)) continue;
    return Money(i + currency.name.size(), ResolveCurrency(currency.code, reporting), currency.factor);
  }
  return {};
}

// Behind a hyphen or not: "5-million-dollar".
size_t SkipHyphen(const TokenRow& t, size_t i) {
  return t.IsSign(i, '-') && t.Attached(i) && t.Attached(i + 1) ? i + 1 : i;
}

size_t SkipCountryOfCurrency(const TokenRow& t, size_t i, std::string_view& code) {
  if (t.Word(i) == "u" && t.IsSign(i + 1, '.') && t.Word(i + 2) == "s") {
    code = "USD";
    return t.IsSign(i + 3, '.') ? i + 4 : i + 3;
  }
  for (const NamedCurrency& currency : kNamedCurrencies) {
    if (t.Word(i) != currency.words[0]) continue;
    if (currency.words[1].empty()) return code = currency.code, i + 1;
    if (t.Word(i + 1) == currency.words[1]) return code = currency.code, i + 2;
  }
  return i;
}

Unit WordCurrencyAt(const TokenRow& t, size_t i, const Number& number, std::string_view reporting) {
  std::string_view country;
  const size_t at = SkipCountryOfCurrency(t, i, country);
  if (t.Is(at, kRoleCent)) {
    const bool euro = t[at].lexeme->code == "$" && reporting == "EUR";
    return Money(at + 1, euro ? "EUR" : ResolveCurrency(t[at].lexeme->code, reporting), 0.01);
  }
  if (!t.Is(at, kRoleCurrency)) return {};
  const std::string_view code = t[at].lexeme->code;
  if (!country.empty()) return Money(at + 1, country);
  if (code == "GBP") {
    const bool sterling = t.Word(at + 1) == "sterling";
    if (!sterling && reporting != "GBP") return {};
    return Money(sterling ? at + 2 : at + 1, code);
  }
  if (t.Word(at) == "won" && !number.scaled) return {};
  return Money(at + 1, ResolveCurrency(code, reporting));
}

Unit CurrencyBehind(const TokenRow& t, size_t i, const Number& number, std::string_view reporting) {
  if (const Unit han = HanCurrencyAt(t, i, reporting); han.last) return han;
  if (t.Attached(i) || t.Is(i - 1, kRoleScale)) {
    const std::string_view sign = SignCurrency(t[i].symbol);
    if (!sign.empty() && !t.IsNumber(i + 1)) return Money(i + 1, ResolveCurrency(sign, reporting));
  }
  // "3 billion USD-denominated notes" says the currency, but the words go on.
  if (IsCode(t, i) && !t.IsNumber(i + 1)) return Money(i + 1, t[i].lexeme->code);
  return WordCurrencyAt(t, SkipHyphen(t, i), number, reporting);
}

Unit PercentAt(const TokenRow& t, size_t i, const Number& number) {
  if (t.IsSign(i, '%')) return {i + 1, UnitKind::kPercent};
  if (t.IsSign(i, U'‰')) return {i + 1, UnitKind::kPercent, "", 0.1};
  const size_t at = SkipHyphen(t, i);
  const std::string_view word = t.Word(at);
  if (word.empty()) return {};
  if (word == "percent" || word == "pct") return {at + 1, UnitKind::kPercent};
  if (word == "per" && t.Word(at + 1) == "cent") return {at + 2, UnitKind::kPercent};
  const size_t next = SkipHyphen(t, at + 1);
  const bool points = t.Word(next) == "points" || t.Word(next) == "point";
  if (word == "percentage" && points) return {next + 1, UnitKind::kPercentagePoints};
  if (word == "basis" && points) return {next + 1, UnitKind::kBasisPoints};
  if (word == "bps" || word == "bp") return {at + 1, UnitKind::kBasisPoints};
  if (word == "pp" || word == "pps" || word == "ppt" || word == "ppts") return {at + 1, UnitKind::kPercentagePoints};
  const bool plain = (word == "points" || word == "point") && !number.spelled && !number.scaled;
  if (plain && !t.Is(at + 1, kRoleUnit) && !t.IsNumber(at + 1)) return {at + 1, UnitKind::kPercentagePoints};
  return {};
}

Unit TimesAt(const TokenRow& t, size_t i) {
  if (t.Word(i) == "x" && t.Attached(i)) return {i + 1, UnitKind::kTimes};
  const size_t fold = SkipHyphen(t, i);
  if (t.Word(fold) == "fold") return {fold + 1, UnitKind::kTimes};
  if (t.Word(i) != "times") return {};
  const bool repeated =
      (t.Is(i + 1, kRoleArticle) || t.Word(i + 1) == "per" || t.Word(i + 1) == "each") && t.Is(i + 2, kRoleDuration);
  if (repeated || (t.Word(i + 1) == "in" && t.Is(i + 2, kRoleArticle) && t.Word(i + 3) == "row")) return {};
  return {i + 1, UnitKind::kTimes};
}

// 三成, 三成五, 两成半; but not 一成立, 一成不变.
Unit TenthsAt(const TokenRow& t, size_t i) {
  constexpr std::u32string_view kWordsWith = U"立功长员本品果交熟效就绩不为了";
  if (t[i].symbol != U'成' || kWordsWith.find(t[i + 1].symbol) != kWordsWith.npos) return {};
  if (t[i + 1].symbol == U'半') return {i + 2, UnitKind::kPercent, "", 10, 5};
  constexpr std::u32string_view kDigits = U"一二三四五六七八九";
  const size_t digit = kDigits.find(t[i + 1].symbol);
  const bool second = digit != kDigits.npos && (!t.IsHan(i + 2) || t[i + 2].symbol == U'的');
  if (second) return {i + 2, UnitKind::kPercent, "", 10, static_cast<double>(digit + 1)};
  return {i + 1, UnitKind::kPercent, "", 10};
}

Unit HanUnitAt(const TokenRow& t, size_t i, const Number& number) {
  const size_t at = t[i].symbol == U'个' ? i + 1 : i;
  if (t.Match(at, U"百分点")) return {at + 3, UnitKind::kPercentagePoints};
  if (t.Match(at, U"基点")) return {at + 2, UnitKind::kBasisPoints};
  if (at > i && (t.Word(at) == "bp" || t.Word(at) == "bps")) return {at + 1, UnitKind::kBasisPoints};
  if (at > i && t[at].symbol == U'点' && !number.spelled) return {at + 1, UnitKind::kPercentagePoints};
  if (t[i].symbol == U'倍' && t[i + 1].symbol == U'半') return {i + 2, UnitKind::kTimes, "", 1, 0.5};
  if (t[i].symbol == U'倍') return {i + 1, UnitKind::kTimes};
  return TenthsAt(t, i);
}

bool IsShareNoun(const TokenRow& t, size_t i) {
  const std::string_view word = t.Word(i);
  return word == "share" || word == "ads" || word == "adr";
}

}  // namespace

std::string UnitName(UnitKind kind, std::string_view code, bool per_share) {
  switch (kind) {
    case UnitKind::kMoney:
      return std::string(code) + (per_share ? "/share" : "");
    case UnitKind::kPercent:
      return "percent";
    case UnitKind::kPercentagePoints:
      return "percentage_points";
    case UnitKind::kBasisPoints:
      return "basis_points";
    case UnitKind::kTimes:
      return "times";
    case UnitKind::kNone:
      break;
  }
  return "count";
}

Unit CurrencyBefore(const TokenRow& t, size_t i, std::string_view reporting) {
  if (t.IsHan(i)) {
    const Unit han = HanCurrencyAt(t, i, reporting);
    const bool unit_alone = t[i].symbol == U'元' || t[i].symbol == U'块' || han.factor != 1;
    return unit_alone ? Unit{} : han;
  }
  if (t.Is(i, kRoleDollarPrefix) && t.IsSign(i + 1, '$') && t.IsCapitalised(i)) {
    return Money(i + 2, t[i].lexeme->code);
  }
  if (IsCode(t, i)) {
    const size_t last = t.Word(i) == "rs" && t.IsSign(i + 1, '.') ? i + 2 : i + 1;
    const bool doubled = !SignCurrency(t[last].symbol).empty();
    return Money(doubled ? last + 1 : last, t[i].lexeme->code);
  }
  const std::string_view sign = t[i].kind == TokenKind::kSign ? SignCurrency(t[i].symbol) : "";
  return sign.empty() ? Unit{} : Money(i + 1, ResolveCurrency(sign, reporting));
}

Unit UnitBehind(const TokenRow& t, size_t i, const Number& number, std::string_view reporting) {
  if (const Unit percent = PercentAt(t, i, number); percent.last) return percent;
  if (const Unit times = TimesAt(t, i); times.last) return times;
  if (t.IsHan(i)) {
    if (const Unit han = HanUnitAt(t, i, number); han.last) return han;
  }
  return CurrencyBehind(t, i, number, reporting);
}

size_t SkipPerShare(const TokenRow& t, size_t i) {
  if (t.IsSign(i, '/')) {
    if (t[i + 1].symbol == U'股' || IsShareNoun(t, i + 1)) return i + 2;
    return i;
  }
  if (t.Match(i, U"每股")) return i + 2;
  const size_t begin = SkipHyphen(t, i);
  const bool per = t.Word(begin) == "per" || t.Word(begin) == "each" || t.Is(begin, kRoleArticle);
  if (!per) return i;
  size_t at = SkipHyphen(t, begin + 1);
  for (int words = 0; words < 5; ++words, ++at) {
    if (IsShareNoun(t, at)) return at + 1;
    if (!t.Is(at, kRoleShareWord) && !t.IsSign(at, '-')) return i;
  }
  return i;
}

bool IsPerShareBefore(const TokenRow& t, size_t i) {
  constexpr size_t kFarthest = 10;
  int unknown = 0;
  for (size_t back = 1; back <= kFarthest && back <= i; ++back) {
    const size_t at = i - back;
    if (t.IsNumber(at) || (t[at].kind == TokenKind::kSign && !t.IsDash(at) && t[at].symbol != '\'')) return false;
    if (t.Match(at, U"每股") || t.Word(at) == "eps") return true;
    if (IsShareNoun(t, at)) {
      if (t[at - 1].symbol == U'每') return true;
      size_t per = at;
      while (per > 0 && at - per < 5 && t.Word(per) != "per") --per;
      return t.Word(per) == "per";
    }
    const bool known =
        t.Is(at, kRoleLink | kRoleFiller | kRoleModifier | kRoleIncrease | kRoleDecrease | kRoleBoundEnd);
    if (t.IsWord(at) && !known && ++unknown > 2) return false;
  }
  return false;
}

bool IsCounted(const TokenRow& t, size_t i) {
  constexpr std::u32string_view kMeasures = U"家人名位单件台辆笔种款项座间户吨店股条所艘架栋套";
  if (t.IsHan(i)) return kMeasures.find(t[i].symbol) != kMeasures.npos;
  const size_t at = t.IsSign(i, '-') && t.Word(i + 1) == "plus" ? i + 2 : i;
  if (t.IsSign(at, '+')) return t.Is(at + 1, kRoleCountNoun) || t.Is(at + 2, kRoleCountNoun);
  for (size_t k = at; k < at + 3; ++k) {
    if (t.Is(k, kRoleCountNoun)) return true;
    if (!t.IsWord(k) || t.Is(k, kRoleDuration | kRoleFiller | kRoleLink)) return false;
  }
  return false;
}

}  // namespace earshot::quantity
