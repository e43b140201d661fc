// small   := digits | [tens "-"] unit | teen | (unit | teen | "a") "hundred" ["and"] [small] | "half" ["a"]
// decimal := small "point" digit…
// group   := (small | decimal) ["and a half"] scale…        "2 lakh crore", "two and a half billion"
// number  := group [["and"] group]…                          with falling scales: "one million two hundred thousand"
#include <cmath>

#include "services/ingest/quantity/number.h"

namespace earshot::quantity {
namespace {

constexpr double kLargestScale = 1e18;

// A value and the token behind it; `last` 0 means that nothing was read.
struct Small {
  size_t last = 0;
  double value = 0;
  bool spelled = false;
  bool refused = false;
  bool needs_scale = false;  // "a", "half": a number only with a scale or a unit behind it
};

class EnglishNumberParser {
 public:
  EnglishNumberParser(const TokenRow& tokens, const NumberContext& context) : t_(tokens), context_(context) {}

  std::optional<Number> Parse(size_t i) const {
    Small first = ReadSmall(i);
    if (first.last == 0) return std::nullopt;
    Number number;
    number.spelled = first.spelled;
    number.refused = first.refused;
    number.last = first.last;
    number.mantissa = first.value;
    ReadHalf(number);
    number.scale = ReadScale(number.last);
    number.scaled = number.scale > 1;
    number.value = Scaled(number.mantissa, number.scale);
    ReadHalfOfScale(number);
    if (first.needs_scale && !number.scaled && !HalfUnitFollows(first, number.last)) return std::nullopt;
    AddGroups(number);
    return number;
  }

 private:
  Small ReadSmall(size_t i) const {
    if (t_.IsNumber(i)) return ReadDigits(i);
    if (!t_.IsWord(i)) return {};
    if (t_.Word(i) == "half") return {HalfEnd(i), 0.5, true, false, true};
    if (t_.Is(i, kRoleArticle)) return ReadAfterArticle(i);
    return ReadWords(i);
  }

  Small ReadDigits(size_t i) const {
    if (!IsReadable(t_[i])) return {};
    Small small{i + 1, t_[i].number};
    // "38 point 6": a recogniser wrote out the point.
    if (t_.Word(i + 1) == "point" && !t_[i].decimal && t_.IsNumber(i + 2) && !t_[i + 2].decimal &&
        t_[i + 2].digits <= 4) {
      const double power = std::pow(10, t_[i + 2].digits);
      small.value = (small.value * power + t_[i + 2].number) / power;
      small.last = i + 3;
    }
    return small;
  }

  // "half a billion", "half billion", "half an hour".
  size_t HalfEnd(size_t i) const { return t_.Is(i + 1, kRoleArticle) ? i + 2 : i + 1; }

  Small ReadAfterArticle(size_t i) const {
    if (t_.Word(i + 1) == "half") return {i + 2, 0.5, true, false, true};
    if (t_.Is(i + 1, kRoleHundred)) return ReadBehindHundred(i + 2, 100);
    if (t_.Is(i + 1, kRoleScale)) return {i + 1, 1, true, false, true};
    return {};
  }

  Small ReadWords(size_t i) const {
    Small small = ReadBelowHundred(i);
    if (small.last == 0) {
      if (t_.Word(i) == "point" && t_.Is(i + 1, kRoleUnit)) return ReadFraction({i, 0, true});
      return small;
    }
    if (t_.Is(small.last, kRoleHundred)) return ReadBehindHundred(small.last + 1, small.value * 100);
    return ReadFraction(small);
  }

  Small ReadBelowHundred(size_t i) const {
    if (t_.Is(i, kRoleTeen)) return Refuse({i + 1, t_[i].lexeme->value, true});
    if (t_.Is(i, kRoleUnit)) return Refuse({i + 1, t_[i].lexeme->value, true});
    if (!t_.Is(i, kRoleTens)) return {};
    Small small{i + 1, t_[i].lexeme->value, true};
    const size_t next = t_.IsSign(i + 1, '-') ? i + 2 : i + 1;
    if (t_.Is(next, kRoleUnit) && t_[next].lexeme->value > 0) {
      small.value += t_[next].lexeme->value;
      small.last = next + 1;
    }
    return Refuse(small);
  }

  // "twenty twenty-five", "nineteen ninety", "five five five": a year or an identifier.
  Small Refuse(Small small) const {
    size_t next = small.last;
    if (t_.IsSign(next, '-') && t_.Is(next + 1, kRoleUnit | kRoleTeen | kRoleTens)) ++next;
    while (t_.Is(next, kRoleUnit | kRoleTeen | kRoleTens)) {
      small.refused = true;
      small.last = ++next;
      if (t_.IsSign(next, '-') && t_.Is(next + 1, kRoleUnit)) ++next;
    }
    return small;
  }

  Small ReadBehindHundred(size_t i, double hundreds) const {
    Small small{i, hundreds, true};
    size_t next = t_.Word(i) == "and" ? i + 1 : i;
    const Small rest = ReadBelowHundred(next);
    if (rest.last != 0 && !rest.refused) {
      small.value += rest.value;
      small.last = rest.last;
    }
    return small;
  }

  // "thirty-eight point six five".
  Small ReadFraction(Small small) const {
    if (t_.Word(small.last) != "point" || small.refused) return small;
    double power = 1, fraction = 0;
    size_t i = small.last + 1;
    for (; power < 1e6; ++i) {
      const bool zero = t_.Word(i) == "oh";
      if (!zero && !t_.Is(i, kRoleUnit)) break;
      fraction = fraction * 10 + (zero ? 0 : t_[i].lexeme->value);
      power *= 10;
    }
    if (power == 1) return small;
    small.value = (small.value * power + fraction) / power;
    small.last = i;
    return small;
  }

  // "two and a half billion", "2 and a half times".
  void ReadHalf(Number& number) const {
    if (t_.Word(number.last) != "and" || t_.Word(number.last + 2) != "half") return;
    if (!t_.Is(number.last + 1, kRoleArticle) && t_.Word(number.last + 1) != "one") return;
    number.mantissa += 0.5;
    number.last += 3;
  }

  // "a billion and a half".
  void ReadHalfOfScale(Number& number) const {
    if (!number.scaled || t_.Word(number.last) != "and" || !t_.Is(number.last + 1, kRoleArticle)) return;
    if (t_.Word(number.last + 2) != "half" || t_.Is(number.last + 3, kRoleArticle | kRoleScale)) return;
    number.mantissa += 0.5;
    number.value = Scaled(number.mantissa, number.scale);
    number.last += 3;
  }

  // Reads words of scale at `at`, moves it behind them and returns their product.
  double ReadScale(size_t& at) const {
    double scale = 1;
    while (scale < kLargestScale) {
      if (scale == 1) at = SkipRemark(at);
      const size_t word = t_.IsSign(at, '-') && t_.Attached(at) && t_.Is(at + 1, kRoleScale) ? at + 1 : at;
      if (IsSuffix(word)) {
        scale *= t_[word].lexeme->value;
        at = word + 1;
        break;
      }
      if (!t_.Is(word, kRoleScale | kRoleHundred)) break;
      scale *= t_[word].lexeme->value;
      at = word + 1;
    }
    return scale;
  }

  // "$62 [Phonetic] million": a typist's remark in front of the scale.
  size_t SkipRemark(size_t at) const {
    const bool remark = t_.IsSign(at, '[') && t_.IsWord(at + 1) && t_.IsSign(at + 2, ']');
    return remark && t_.Is(at + 3, kRoleScale) ? at + 3 : at;
  }

  // k, m, b written to the digits: only where they cannot be a measure.
  bool IsSuffix(size_t i) const {
    if (!t_.Is(i, kRoleSuffix) || !t_.Attached(i) || !t_.IsNumber(i - 1)) return false;
    if (context_.currency || t_.Word(i) == "cr") return true;
    const bool thousands = t_.Word(i) == "k" && t_[i - 1].number >= 20 && !t_.IsSign(i + 1, '-');
    return thousands || ((t_.Word(i) == "m" || t_.Word(i) == "b") && t_.Is(i + 1, kRoleCountNoun | kRoleCode));
  }

  bool HalfUnitFollows(const Small& small, size_t i) const {
    if (small.value != 0.5) return false;
    const std::string_view word = t_.Word(i);
    return word == "percent" || word == "percentage" || word == "point" || word == "basis" || word == "times";
  }

  // Groups with falling scales.
  void AddGroups(Number& number) const {
    double scale = number.scale;
    while (scale > 1 && !number.refused) {
      const size_t begin = t_.Word(number.last) == "and" ? number.last + 1 : number.last;
      if (t_.Is(begin, kRoleArticle) || t_.Word(begin) == "half") return;
      const Small small = ReadSmall(begin);
      if (small.last == 0 || small.refused) return;
      size_t last = small.last;
      const double next = ReadScale(last);
      const bool tail = next == 1 && number.spelled && small.spelled && (small.value >= 100 || begin > number.last);
      if (next > 1 && begin > number.last) return;  // "5 billion and 3 million" are two
      if (next >= scale || (next == 1 && !tail) || small.value * next >= scale) return;
      number.value += Scaled(small.value, next);
      number.mantissa = number.value;
      number.scale = 1;
      number.last = last;
      scale = next;
    }
  }

  const TokenRow& t_;
  const NumberContext& context_;
};

}  // namespace

double Scaled(double mantissa, double scale) {
  const double product = mantissa * scale;
  if (scale <= 1) return product;
  return std::fabs(product) < 1e13 ? std::round(product * 100) / 100 : std::round(product);
}

bool IsReadable(const Token& token) {
  constexpr uint8_t kMostDigits = 15;
  return token.kind == TokenKind::kNumber && !token.version && token.digits <= kMostDigits;
}

std::optional<Number> ParseEnglishNumber(const TokenRow& tokens, size_t i, const NumberContext& context) {
  return EnglishNumberParser(tokens, context).Parse(i);
}

}  // namespace earshot::quantity
