// Chinese numerals, in characters, in digits, and mixed: 三十八点六亿, 2,000万, 1.5万亿, 两万八, 六七十, 十多亿, 3个亿.
#include <cmath>

#include "services/ingest/quantity/number.h"

namespace earshot::quantity {
namespace {

// 0 to 9, with the forms of bank notes; -1 for any other character.
int DigitOf(char32_t c) {
  switch (c) {
    case U'零':
    case U'〇':
      return 0;
    case U'一':
    case U'壹':
      return 1;
    case U'二':
    case U'两':
    case U'贰':
    case U'貳':
      return 2;
    case U'三':
    case U'叁':
    case U'參':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
    case U'陸':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

// 10, 100, 1000; 0 for any other character.
double PlaceOf(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    default:
      return 0;
  }
}

// 万, 亿; 0 for any other character.
double MyriadOf(char32_t c) { return c == U'万' ? 1e4 : c == U'亿' ? 1e8 : 0; }

// Whether a unit alone ("百万", "亿") follows a word that makes it a figure: 超过百万, 上亿.
bool IsBareUnit(const TokenRow& t, size_t i) {
  const char32_t c = t[i].symbol;
  const bool large = MyriadOf(c) > 0 || (PlaceOf(c) >= 100 && MyriadOf(t[i + 1].symbol) > 0);
  if (!large || !t.IsHan(i) || !t.IsHan(i - 1)) return false;
  if (t.MatchBefore(i, U"成千上")) return false;
  const char32_t before = t[i - 1].symbol;
  return before == U'过' || before == U'超' || before == U'近' || before == U'上' || before == U'破' ||
         before == U'逾' || before == U'约' || before == U'达';
}

// Reads a number and, where two neighbouring digits stand for a span, its upper end along with it.
class ChineseNumberParser {
 public:
  explicit ChineseNumberParser(const TokenRow& tokens) : t_(tokens) {}

  std::optional<Number> Parse(size_t i) {
    begin_ = at_ = i;
    bare_ = IsBareUnit(t_, i);
    while (at_ < t_.size() && Take()) {
    }
    if (at_ == begin_) return std::nullopt;
    return Finish();
  }

 private:
  // A value with the upper end of its span; both alike where there is none.
  struct Span {
    double low = 0;
    double high = 0;

    void Add(Span other, double unit) {
      low += Scaled(other.low, unit);
      high += Scaled(other.high, unit);
    }
  };

  bool AtBegin() const { return at_ == begin_; }
  bool UnitFollows() const { return PlaceOf(t_[at_ + 1].symbol) > 0 || MyriadOf(t_[at_ + 1].symbol) > 0; }

  // Takes the next token into the number; false where the number ends.
  bool Take() {
    const Token& token = t_[at_];
    if (token.kind == TokenKind::kNumber) return TakeArabic(token);
    if (token.kind != TokenKind::kHan) return false;
    const char32_t c = token.symbol;
    if (const int digit = DigitOf(c); digit >= 0) return TakeDigit(digit);
    if (const double place = PlaceOf(c); place > 0) return TakePlace(place);
    if (const double myriad = MyriadOf(c); myriad > 0) return TakeMyriad(myriad);
    return TakeInner(c);
  }

  bool TakeArabic(const Token& token) {
    if (!IsReadable(token) || pending_ || (!AtBegin() && (token.decimal || !UnitFollows()))) return false;
    current_ = {token.number, token.number};
    pending_ = arabic_ = true;
    ++at_;
    return true;
  }

  bool TakeDigit(int digit) {
    if (arabic_ && (pending_ || !UnitFollows())) return false;
    if (pending_) {
      const bool pair = digit_run_ == 1 && digit == current_.low + 1;
      if (pair) current_.high = digit;
      refused_ |= !pair;
    } else {
      if (elision_unit_ >= 100 && !zero_ && digit > 0 && !UnitFollows() && BelongsToNext()) return false;
      current_ = {static_cast<double>(digit), static_cast<double>(digit)};
      zero_ |= digit == 0;
      pending_ = digit != 0 || AtBegin();
    }
    ++digit_run_;
    ++at_;
    return true;
  }

  // 一百亿一年: the digit counts what follows and is no elided 一十亿.
  bool BelongsToNext() const {
    constexpr std::u32string_view kCounted = U"个年月大家次方者位项类点起直定样般下些季天周边面部开";
    return kCounted.find(t_[at_ + 1].symbol) != kCounted.npos;
  }

  bool TakePlace(double place) {
    const bool alone = !pending_ && (place == 10 || (bare_ && AtBegin())) && section_.low == 0;
    if ((!pending_ && !alone) || (section_.low != 0 && place >= last_place_)) return false;
    if (!pending_) current_ = {1, 1};
    lead_ = section_.low == 0 && place >= 100 ? current_.low : 0;
    lead_scale_ = place;
    section_.Add(current_, place);
    Close(place);
    return true;
  }

  bool TakeMyriad(double myriad) {
    if (AtBegin() && !bare_) return false;
    if (AtBegin()) section_ = {1, 1};
    const bool product = last_myriad_ != 0 && myriad > last_myriad_;
    if (myriad == last_myriad_ || (product && last_myriad_ * myriad > 1e12)) return false;
    const bool led = lead_ != 0 && !pending_;
    if (pending_) section_.Add(current_, 1);
    if (section_.low == 0 && !product) return false;
    if (product) {
      total_.Add(section_, 1);
      scale_ = section_.low == 0 ? scale_ * myriad : 0;
      total_ = {Scaled(total_.low, myriad), Scaled(total_.high, myriad)};
    } else {
      mantissa_ = led ? lead_ : section_.low;
      scale_ = last_myriad_ != 0 ? 0 : led ? lead_scale_ * myriad : myriad;
      total_.Add(section_, myriad);
    }
    section_ = {};
    last_myriad_ = myriad;
    Close(myriad);
    last_place_ = 1e4;
    lead_ = 0;
    return true;
  }

  void Close(double unit) {
    last_place_ = elision_unit_ = unit;
    current_ = {};
    pending_ = zero_ = false;
    digit_run_ = 0;
    scaled_ |= unit >= 100;
    ++at_;
  }

  // What may stand inside a number: the point, 多 and 余, 几, 来, and 个 in front of 亿.
  bool TakeInner(char32_t c) {
    if (AtBegin()) return false;
    if (c == U'点') return TakePoint();
    const bool myriad_next = MyriadOf(t_[at_ + 1].symbol) > 0;
    const bool open = !pending_ || arabic_;  // 三多 is no number
    if (c == U'个' && (t_[at_ + 1].symbol == U'亿' || t_.Match(at_ + 1, U"多亿"))) {
      ++at_;
      arabic_ = true;
      return true;
    }
    if (c == U'几' && !pending_) return TakeVague(v1::BOUND_AT_LEAST);
    if (c == U'来' && open && myriad_next) return TakeVague(v1::BOUND_APPROXIMATE);
    if ((c == U'多' || c == U'余') && open && (myriad_next || EndsWithMore())) return TakeVague(v1::BOUND_AT_LEAST);
    return false;
  }

  bool TakeVague(v1::Bound bound) {
    bound_ = bound;
    ++at_;
    while (MyriadOf(t_[at_].symbol) > 0 && TakeMyriad(MyriadOf(t_[at_].symbol))) {
    }
    return false;
  }

  // Whether 多 at the end belongs to the number: 5万多家, but not 两亿多元化.
  bool EndsWithMore() const {
    const char32_t next = t_[at_ + 1].symbol;
    return !t_.Match(at_ + 1, U"元化") && next != U'样' && next != U'数' && next != U'种';
  }

  // 三十八点六, 1点5.
  bool TakePoint() {
    if (decimal_ || (!pending_ && section_.low == 0)) return false;
    double power = 1, fraction = 0;
    size_t i = at_ + 1;
    if (t_.IsNumber(i) && arabic_ && IsReadable(t_[i]) && t_[i].digits <= 4) {
      power = std::pow(10, t_[i].digits);
      fraction = t_[i++].number;
    }
    for (; power < 1e9 && DigitOf(t_[i].symbol) >= 0; ++i) {
      fraction = fraction * 10 + DigitOf(t_[i].symbol);
      power *= 10;
    }
    if (power == 1) return false;
    current_.low = current_.high = ((section_.low + (pending_ ? current_.low : 0)) * power + fraction) / power;
    section_ = {};
    lead_ = 0;
    pending_ = decimal_ = arabic_ = true;
    at_ = i;
    return true;
  }

  Number Finish() {
    const bool elided = pending_ && !arabic_ && !zero_ && elision_unit_ >= 100;
    const bool plain_place = lead_ != 0 && !pending_ && total_.low == 0;
    const bool plain = plain_place || (scale_ > 1 && section_.low == 0 && !pending_);
    if (pending_) section_.Add(current_, elided ? elision_unit_ / 10 : 1);
    Number number;
    number.last = at_;
    number.value = total_.low + section_.low;
    const double high = total_.high + section_.high;
    if (high > number.value) number.high = high;
    number.mantissa = plain_place ? lead_ : plain ? mantissa_ : number.value;
    number.scale = plain_place ? lead_scale_ : plain ? scale_ : 1;
    number.bound = bound_;
    number.spelled = !t_.IsNumber(begin_);
    number.chinese = true;
    number.scaled = scaled_;
    number.refused = refused_;
    return number;
  }

  const TokenRow& t_;
  size_t begin_ = 0;
  size_t at_ = 0;
  Span total_;    // closed by 万 or 亿
  Span section_;  // below 万
  Span current_;  // the digit, or the number in digits, that waits for its place
  bool bare_ = false;
  bool pending_ = false;
  bool arabic_ = false;
  bool decimal_ = false;
  bool zero_ = false;
  bool scaled_ = false;
  bool refused_ = false;
  int digit_run_ = 0;
  double last_place_ = 1e9;
  double last_myriad_ = 0;
  double elision_unit_ = 0;
  double lead_ = 0;  // 3 of 三百, where nothing follows the 百
  double lead_scale_ = 1;
  double mantissa_ = 0;
  double scale_ = 0;
  v1::Bound bound_ = v1::BOUND_EXACT;
};

bool BeginsChineseNumber(const TokenRow& t, size_t i) {
  if (t.IsHan(i)) return DigitOf(t[i].symbol) >= 0 || PlaceOf(t[i].symbol) == 10 || IsBareUnit(t, i);
  if (!t.IsNumber(i) || !t.IsHan(i + 1)) return false;
  const char32_t next = t[i + 1].symbol;
  if (MyriadOf(next) > 0 || PlaceOf(next) >= 100) return true;
  if (next == U'个') return t[i + 2].symbol == U'亿' || t.Match(i + 2, U"多亿");
  if (next == U'点') return t.IsNumber(i + 2) || DigitOf(t[i + 2].symbol) >= 0;
  return next == U'多' || next == U'余' || (next == U'来' && MyriadOf(t[i + 2].symbol) > 0);
}

}  // namespace

std::optional<Number> ParseChineseNumber(const TokenRow& tokens, size_t i) {
  return ChineseNumberParser(tokens).Parse(i);
}

std::optional<Number> ParseNumber(const TokenRow& tokens, size_t i, const NumberContext& context) {
  if (BeginsChineseNumber(tokens, i)) return ParseChineseNumber(tokens, i);
  if (tokens.IsHan(i)) return std::nullopt;
  return ParseEnglishNumber(tokens, i, context);
}

}  // namespace earshot::quantity
