#include "services/ingest/quantity/range.h"

#include <algorithm>
#include <cmath>

#include "services/ingest/quantity/exclusion.h"

namespace earshot::quantity {
namespace {

enum class Connector { kNone, kTo, kDash, kAnd, kOr, kChange };

class RangeJoiner {
 public:
  RangeJoiner(const TokenRow& tokens, Figure& left, const FigureContext& context)
      : t_(tokens), left_(left), context_(context) {}

  // What `left` lacks of unit and scale it has afterwards, also where "from A to B" is a change and no range.
  void Join() {
    const Connector connector = ReadConnector();
    if (connector == Connector::kNone) return;
    auto right = ParseFigure(t_, right_first_, context_);
    if (!right || right->number.refused || right->idiom || right->number.high) return;
    right->negative |= right_negative_;
    Figure left = left_;
    if (!ShareUnit(left, *right, connector) || !ShareScale(left, *right)) return;
    const bool range = connector != Connector::kChange && IsAscending(left, *right, connector) &&
                       (connector != Connector::kOr || IsAlternative(left, *right));
    if (!range && connector != Connector::kChange) return;
    left_ = left;
    if (range) Extend(*right);
  }

 private:
  Connector ReadConnector() {
    const size_t at = left_.last;
    right_first_ = at + 1;
    if (t_.IsDash(at)) return IsSpaced(at) ? Connector::kDash : Connector::kNone;
    if (t_.IsHan(at)) return ReadHanConnector(at);
    const std::string_view word = t_.Word(at);
    if (word == "to" || word == "through") {
      const bool change = IsChangeFrom();
      SkipWordsOfRight();
      return change ? Connector::kChange : Connector::kTo;
    }
    if (word == "and" && IsBetween()) {
      SkipWordsOfRight();
      return Connector::kAnd;
    }
    return word == "or" ? Connector::kOr : Connector::kNone;
  }

  Connector ReadHanConnector(size_t at) const {
    const char32_t c = t_[at].symbol;
    if (c == U'到' || c == U'至') {
      return t_[left_.first - 1].symbol == U'从' ? Connector::kNone : Connector::kTo;
    }
    const char32_t before = t_[left_.first - 1].symbol;
    const bool between = before == U'于' || before == U'在';
    return between && (c == U'和' || c == U'与') ? Connector::kAnd : Connector::kNone;
  }

  // A dash has white space on both sides or on neither.
  bool IsSpaced(size_t at) const { return t_.Attached(at) == t_.Attached(at + 1); }

  // "to about 6%", "to negative 3%".
  void SkipWordsOfRight() {
    const std::string_view word = t_.Word(right_first_);
    if (word == "negative" || word == "minus") {
      right_negative_ = true;
      ++right_first_;
    } else if (word == "approximately" || word == "about" || word == "around" || word == "roughly") {
      ++right_first_;
    }
  }

  // The word before the figure, a word of a bound skipped.
  size_t WordBefore() const {
    const size_t at = left_.first - 1;
    const std::string_view word = t_.Word(at);
    const bool skipped = word == "approximately" || word == "about" || word == "around" || word == "roughly" ||
                         word == "negative" || t_.Is(at, kRoleArticle);
    return skipped ? at - 1 : at;
  }

  bool IsBetween() const { return t_.Word(WordBefore()) == "between"; }

  bool IsChangeFrom() const {
    const size_t from = WordBefore();
    if (t_.Word(from) != "from") return false;
    const std::string_view before = t_.Word(from - 1);
    return before != "range" && before != "ranging" && before != "anywhere" && before != "somewhere";
  }

  // Gives each end the unit that only the other has; false where the units differ.
  static bool ShareUnit(Figure& left, Figure& right, Connector connector) {
    if (left.kind == UnitKind::kNone && right.kind == UnitKind::kNone) return !left.counted;
    if (left.kind == UnitKind::kNone) {
      if (left.counted) return false;
      left.kind = right.kind;
      left.code = right.code;
      Rescale(left, right);
      return true;
    }
    if (right.kind == UnitKind::kNone) {
      const bool open = (left.currency_before || left.parts_before) && left.last == left.number.last && !right.counted;
      if (!open || connector == Connector::kOr) return false;
      right.kind = left.kind;
      right.code = left.code;
      return true;
    }
    return left.kind == right.kind && left.code == right.code && connector != Connector::kOr;
  }

  // "15 to 20 cents": the factor of the unit holds for both ends.
  static void Rescale(Figure& left, const Figure& right) {
    if (right.number.value == 0 || right.number.scaled) return;
    const double factor = std::fabs(right.value / right.number.value);
    if (factor == 1) return;
    left.value = std::round(left.value * factor * 1e9) / 1e9;
  }

  // "$865 to $925 million", "900 to 1.1 billion".
  static bool ShareScale(Figure& left, const Figure& right) {
    if (left.number.scaled == right.number.scaled || right.number.scale <= 1) {
      return left.number.scaled == right.number.scaled || right.number.value >= left.number.value ||
             !left.number.scaled;
    }
    if (left.number.scaled || left.number.value >= 1000) return true;
    double scale = right.number.scale;
    if (left.number.value > right.number.mantissa && scale >= 1e6) scale /= 1000;
    left.value = Scaled(left.value, scale);
    left.number.scaled = true;
    return true;
  }

  // "one or two percent", "60 or 70 percent".
  static bool IsAlternative(const Figure& left, const Figure& right) {
    return right.kind != UnitKind::kNone && right.kind != UnitKind::kMoney && right.value > left.value &&
           right.value <= 2 * left.value;
  }

  // The right end is the larger one, and after a verb of change ("grew 15 to 250 million") not much larger.
  bool IsAscending(const Figure& left, const Figure& right, Connector connector) const {
    constexpr double kWidestAfterVerb = 2.5;
    const double low = std::fabs(left.value), high = std::fabs(right.value);
    if (left.negative || right.negative) return true;
    if (low >= high) return false;
    if (connector != Connector::kTo) return true;
    size_t verb = WordBefore();
    if (t_.Word(verb) == "by") --verb;
    const bool changed = t_.Is(verb, kRoleIncrease | kRoleDecrease);
    return !changed || high <= kWidestAfterVerb * low;
  }

  void Extend(const Figure& right) {
    const double high = right.negative && right.value > 0 ? -right.value : right.value;
    left_.high = high;
    left_.last = right.last;
    left_.counted |= right.counted;
    left_.per_share |= right.per_share;
    left_.bound = v1::BOUND_RANGE;
  }

  const TokenRow& t_;
  Figure& left_;
  const FigureContext& context_;
  size_t right_first_ = 0;
  bool right_negative_ = false;
};

}  // namespace

void JoinRange(const TokenRow& tokens, Figure& left, const FigureContext& context) {
  if (left.idiom || left.number.refused || left.number.high || IsDateOrYear(tokens, left)) return;
  RangeJoiner(tokens, left, context).Join();
}

}  // namespace earshot::quantity
