#include "services/ingest/quantity/figure.h"

#include <array>
#include <cmath>

namespace earshot::quantity {
namespace {

// Words of a bound between a currency and its number: 人民币约50亿.
struct InnerBound {
  std::u32string_view words;
  v1::Bound bound;
};

constexpr auto kInnerBounds = std::to_array<InnerBound>({
    {U"超过", v1::BOUND_AT_LEAST},
    {U"大约", v1::BOUND_APPROXIMATE},
    {U"大概", v1::BOUND_APPROXIMATE},
    {U"将近", v1::BOUND_APPROXIMATE},
    {U"不到", v1::BOUND_AT_MOST},
    {U"约", v1::BOUND_APPROXIMATE},
    {U"近", v1::BOUND_APPROXIMATE},
    {U"超", v1::BOUND_AT_LEAST},
    {U"逾", v1::BOUND_AT_LEAST},
});

class FigureParser {
 public:
  FigureParser(const TokenRow& tokens, size_t i, const FigureContext& context) : t_(tokens), at_(i), context_(context) {
    figure_.first = i;
  }

  std::optional<Figure> Parse() {
    TakePrefixes();
    figure_.number_first = at_;
    if (TakeFraction()) return figure_;
    const auto number = ParseNumber(t_, at_, {figure_.currency_before});
    if (!number) return std::nullopt;
    figure_.number = *number;
    at_ = number->last;
    if (parenthesis_ && !CloseParenthesis()) return std::nullopt;
    if (figure_.bound == v1::BOUND_EXACT) figure_.bound = number->bound;
    factor_ = TakeUnit();
    SetValue();
    return figure_;
  }

 private:
  void TakePrefixes() {
    for (int taken = 0; taken < 4; ++taken) {
      if (TakeSign() || TakeParenthesis() || TakeCurrency()) continue;
      break;
    }
    if (figure_.currency_before) TakeInnerBound();
  }

  // "-5", "$-5"; a hyphen that joins ("Q3-5") or stands free ("sales - 5 stores") is none.
  bool TakeSign() {
    if (t_[at_].symbol == U'负' && t_.IsHan(at_) && (t_.IsNumber(at_ + 1) || t_.IsHan(at_ + 1))) {
      figure_.negative = true;
      ++at_;
      if (t_[at_].symbol == U'的') ++at_;
      return true;
    }
    const bool minus = t_.IsSign(at_, '-') || t_.IsSign(at_, 0x2212) || t_.IsSign(at_, 0x2013);
    if (!minus && !t_.IsSign(at_, '+')) return false;
    if (!t_.Attached(at_ + 1) || (t_.Attached(at_) && (t_.IsWord(at_ - 1) || t_.IsNumber(at_ - 1) ||
                                                       t_.IsSign(at_ - 1, '%') || t_.IsDash(at_ - 1)))) {
      return false;
    }
    figure_.negative |= minus;
    ++at_;
    return true;
  }

  bool TakeParenthesis() {
    if (parenthesis_ || context_.language != Language::kEnglish || !t_.IsSign(at_, '(')) return false;
    parenthesis_ = true;
    ++at_;
    return true;
  }

  bool TakeCurrency() {
    if (figure_.currency_before) return false;
    const Unit unit = CurrencyBefore(t_, at_, context_.currency);
    if (unit.last == 0) return false;
    figure_.currency_before = true;
    figure_.kind = unit.kind;
    figure_.code = unit.code;
    at_ = unit.last;
    return true;
  }

  void TakeInnerBound() {
    for (const InnerBound& inner : kInnerBounds) {
      if (!t_.Match(at_, inner.words)) continue;
      figure_.bound = inner.bound;
      at_ += inner.words.size();
      return;
    }
  }

  // 百分之十五, 千分之三, 三分之二, "two-thirds".
  bool TakeFraction() {
    if (t_.Match(at_, U"百分之") || t_.Match(at_, U"千分之") || t_.Match(at_, U"万分之")) {
      const double parts = t_[at_].symbol == U'百' ? 100 : t_[at_].symbol == U'千' ? 1000 : 10000;
      return TakePartsOf(at_ + 3, parts);
    }
    if (t_.Match(at_, U"百分百")) {
      figure_.number = {.last = at_ + 3, .mantissa = 100, .value = 100, .spelled = true, .chinese = true};
      return SetPercent(1);
    }
    if (t_.IsHan(at_) || t_.IsHan(at_ + 1)) {
      const auto parts = ParseNumber(t_, at_, {});
      return parts && !parts->refused && parts->value > 1 && t_.Match(parts->last, U"分之") &&
             TakePartsOf(parts->last + 2, parts->value);
    }
    return TakeEnglishFraction();
  }

  bool TakePartsOf(size_t i, double parts) {
    if (t_[i].symbol == U'负') {
      figure_.negative = true;
      ++i;
    }
    // 百分之百: the numeral that begins nothing else.
    const bool whole = t_[i].symbol == U'百' && t_.IsHan(i);
    const auto number = whole ? Number{.last = i + 1, .mantissa = 100, .value = 100, .spelled = true, .chinese = true}
                              : ParseNumber(t_, i, {});
    if (!number) return false;
    figure_.number = *number;
    figure_.number.spelled = figure_.parts_before = true;
    return SetPercent(100 / parts);
  }

  bool SetPercent(double factor) {
    figure_.kind = UnitKind::kPercent;
    figure_.currency_before = false;
    figure_.last = figure_.number.last;
    figure_.bound = figure_.number.bound;
    factor_ = {0, UnitKind::kPercent, "", factor};
    SetValue();
    return true;
  }

  bool TakeEnglishFraction() {
    const bool article = t_.Is(at_, kRoleArticle);
    if (!article && !t_.Is(at_, kRoleUnit)) return false;
    const size_t noun = t_.IsSign(at_ + 1, '-') ? at_ + 2 : at_ + 1;
    if (!t_.Is(noun, kRoleFraction)) return false;
    const bool quarter = t_[noun].lexeme->value == 4;
    if (TakePartOfScale(noun)) return true;
    if ((quarter || article) && (t_.Word(noun + 1) != "of" || (quarter && noun == at_ + 1))) return false;
    // "one third quarter event" is of the third quarter.
    if (t_.Is(noun + 1, kRoleDuration)) return false;
    const double count = article ? 1 : t_[at_].lexeme->value;
    if (count == 0 || count >= t_[noun].lexeme->value) return false;
    figure_.number = {.last = noun + 1, .mantissa = count, .value = count, .spelled = true};
    return SetPercent(100 / t_[noun].lexeme->value);
  }

  // "a quarter of a billion", "three quarters of a million".
  bool TakePartOfScale(size_t noun) {
    if (t_.Word(noun + 1) != "of" || !t_.Is(noun + 2, kRoleArticle) || !t_.Is(noun + 3, kRoleScale)) return false;
    const double count = t_.Is(at_, kRoleArticle) ? 1 : t_[at_].lexeme->value;
    const double scale = t_[noun + 3].lexeme->value;
    figure_.number = {.last = noun + 4, .mantissa = count / t_[noun].lexeme->value, .scale = scale};
    figure_.number.value = Scaled(figure_.number.mantissa, scale);
    figure_.number.spelled = figure_.number.scaled = true;
    at_ = noun + 4;
    factor_ = TakeUnit();
    SetValue();
    return true;
  }

  // "(1.2) million", "$(0.25)", "(5.3%)"; anything else in parentheses is only put in parentheses.
  bool CloseParenthesis() {
    const bool percent = t_.IsSign(at_, '%');
    const size_t close = percent ? at_ + 1 : at_;
    if (!t_.IsSign(close, ')')) return false;
    const bool scaled = t_.Is(close + 1, kRoleScale);
    const bool decimal = t_[figure_.number_first].decimal;
    if (!percent && !scaled && !figure_.currency_before && !(decimal && t_.IsSign(close + 1, '%'))) return false;
    figure_.negative = true;
    at_ = close + 1;
    if (percent) {
      closed_percent_ = true;
    } else if (scaled) {
      figure_.number.scale *= t_[at_].lexeme->value;
      figure_.number.value = Scaled(figure_.number.mantissa, figure_.number.scale);
      figure_.number.scaled = true;
      ++at_;
    }
    return true;
  }

  Unit TakeUnit() {
    figure_.last = at_;
    if (closed_percent_) {
      figure_.kind = UnitKind::kPercent;
      return {};
    }
    size_t at = at_;
    if (t_.IsSign(at, '-') && t_.Word(at + 1) == "plus") at += 2;
    Unit unit = UnitBehind(t_, at, figure_.number, context_.currency);
    if (figure_.currency_before) {
      // HK$5亿元: 元 is any currency's.
      const bool generic = t_[at].symbol == U'元' && unit.last == at + 1;
      const bool same = generic || (unit.kind == UnitKind::kMoney && unit.code == figure_.code && unit.factor == 1);
      if (same && !t_.IsSign(unit.last, '-')) figure_.last = unit.last;
      unit = {};
    } else if (unit.last != 0) {
      figure_.kind = unit.kind;
      figure_.code = unit.code;
      figure_.last = t_.IsSign(unit.last, '-') && t_.IsWord(unit.last + 1) && t_.Is(unit.last - 1, kRoleCode)
                         ? unit.last - 1
                         : unit.last;
    }
    if (figure_.kind == UnitKind::kMoney) TakePerShare();
    figure_.counted = figure_.kind == UnitKind::kNone && IsCounted(t_, figure_.last);
    return unit;
  }

  void TakePerShare() {
    const size_t behind = SkipPerShare(t_, figure_.last);
    figure_.per_share = behind != figure_.last;
    figure_.last = behind;
    const bool small = !figure_.number.scaled && figure_.number.value < 1000;
    if (!figure_.per_share && small) figure_.per_share = IsPerShareBefore(t_, figure_.first);
  }

  double Apply(double number) const {
    double value = number * factor_.factor + factor_.extra;
    if (factor_.factor == 0.01) value = number / 100;
    if (factor_.factor != 1) value = std::round(value * 1e9) / 1e9;
    return figure_.negative ? -value : value;
  }

  void SetValue() {
    figure_.value = Apply(figure_.number.value);
    if (figure_.number.high) figure_.high = Apply(*figure_.number.high);
  }

  const TokenRow& t_;
  size_t at_;
  const FigureContext& context_;
  Figure figure_;
  Unit factor_;
  bool parenthesis_ = false;
  bool closed_percent_ = false;
};

}  // namespace

std::optional<Figure> ParseFigure(const TokenRow& tokens, size_t i, const FigureContext& context) {
  return FigureParser(tokens, i, context).Parse();
}

}  // namespace earshot::quantity
