#include "services/ingest/extract/attachment.h"

#include <algorithm>
#include <optional>

#include "fmt/format.h"

namespace earshot::extract {
namespace {

constexpr double kMostUnknown = 2.5;       // words between a metric and its figure that say nothing known
constexpr double kIncompatibleMetric = 1;  // cost of passing a metric that the figure does not fit
constexpr double kForeignFigure = 1;       // cost of passing a figure of somebody else
constexpr double kMostInChain = 0.75;      // the same between two figures of one metric
constexpr double kMostForWeak = 0.2;       // the same for a weak word
constexpr size_t kWeakReach = 10;          // items between a weak word for a metric and its figure
constexpr double kComma = 0.25;
constexpr double kTurn = 1;                 // "but"
constexpr double kSmallestBareMoney = 1e5;  // "38.6 billion" of a metric in money needs no currency

// What a metric's neighbours say about whose it is.
class Qualifiers {
 public:
  explicit Qualifiers(const Reading& reading) : reading_(reading), items_(reading.items) {}

  bool Foreign(size_t metric) const {
    if (reading_.language == Language::kChinese || items_[metric].meaning->weak) return false;
    return WordBefore(metric) || NounBehind(metric) || WordBehindPreposition(metric);
  }

 private:
  bool IsUnknown(size_t i) const {
    return i < items_.size() && items_[i].type == ItemType::kWord && items_[i].weight > 0;
  }

  // "Europe revenue", "Europe's second quarter revenue"
  bool WordBefore(size_t metric) const {
    size_t i = metric;
    bool beside = true;
    while (i > 0 && (items_[i - 1].type == ItemType::kTime || reading_.IsCue(i - 1, Cue::kGlue) ||
                     reading_.IsCue(i - 1, Cue::kAdjusted) || reading_.IsCue(i - 1, Cue::kLikeForLike))) {
      --i;
      beside = false;
    }
    if (i == 0 || !IsUnknown(i - 1)) return false;
    const std::string_view word = reading_.Text(items_[i - 1]);
    const bool touches = reading_.text[items_[i - 1].end] == ' ' || reading_.text[items_[i - 1].end] == '-';
    return (beside && touches) || word.ends_with("'s");
  }

  // "cash flow conversion was": the noun behind is what is told of.
  bool NounBehind(size_t metric) const {
    return IsUnknown(metric + 1) && (reading_.IsCue(metric + 2, Cue::kBe) || reading_.IsCue(metric + 2, Cue::kOf));
  }

  // "sales of widgets", "sales growth of our new lines"
  bool WordBehindPreposition(size_t metric) const {
    size_t i = metric + 1;
    while (reading_.IsCue(i, Cue::kUp) || reading_.IsCue(i, Cue::kDown)) ++i;
    const bool link = reading_.IsCue(i, Cue::kOf) || reading_.IsCue(i, Cue::kFrom) || reading_.IsCue(i, Cue::kIn);
    if (!link) return false;
    ++i;
    while (reading_.IsCue(i, Cue::kGlue) || reading_.IsCue(i, Cue::kIt)) ++i;
    return IsUnknown(i);
  }

  const Reading& reading_;
  const std::vector<Item>& items_;
};

class Attacher {
 public:
  Attacher(const Reading& reading, const Subjects& before)
      : reading_(reading), items_(reading.items), before_(before), out_(reading.items.size()) {}

  std::vector<Attachment> Run() {
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].type == ItemType::kFigure) out_[i] = AttachFigure(i);
    }
    return std::move(out_);
  }

 private:
  const quantity::Quantity& Figure(size_t i) const { return reading_.quantities[items_[i].index]; }
  const catalog::Metric& MetricAt(size_t i) const { return *items_[i].meaning->metric; }
  bool IsCue(size_t i, Cue cue) const { return reading_.IsCue(i, cue); }
  bool IsChange(size_t i) const { return IsCue(i, Cue::kUp) || IsCue(i, Cue::kDown); }
  bool Chinese() const { return reading_.language == Language::kChinese; }

  Attachment AttachFigure(size_t at) {
    if (auto right = Right(at)) return *right;
    Attachment left = Left(at);
    if (left.side == Side::kNone) return left;
    if (!IsBesideSubject(at, left)) {
      if (const auto noun = ForeignNoun(at)) {
        return {.reason = fmt::format("belongs to '{}' behind it", *noun)};
      }
    }
    return left;
  }

  // "DAU 80 million in Brazil", "invest 50 billion in consumption": the figure is the metric's, whatever follows.
  bool IsBesideSubject(size_t at, const Attachment& attachment) const {
    if (attachment.side != Side::kLeft) return false;
    const size_t metric = attachment.metrics.back();
    return at - metric == 1 || (items_[metric].meaning->weak && at - metric <= 3);
  }

  // "of" and "in" as they stand, not "for", "on", "at".
  bool IsNounLink(size_t i) const {
    if (IsCue(i, Cue::kOf)) return true;
    if (!IsCue(i, Cue::kIn)) return false;
    const std::string_view word = reading_.Text(items_[i]);
    return word == "in" || word == "In" || word == "into";
  }

  bool Skippable(size_t i) const {
    const Item& item = items_[i];
    if (item.type == ItemType::kSegment) return true;
    if (item.type == ItemType::kWord) return item.weight == 0;
    if (item.type != ItemType::kCue) return false;
    switch (item.cue) {
      case Cue::kGlue:
      case Cue::kGroup:
      case Cue::kIt:
      case Cue::kYearOverYear:
      case Cue::kQuarterOverQuarter:
      case Cue::kLikeForLike:
      case Cue::kConstantCurrency:
      case Cue::kAdjusted:
        return true;
      default:
        return false;
    }
  }

  // The metric behind the figure: "3% reduction in headcount", "USD 2 billion of dividends", "170 million users".
  std::optional<Attachment> Right(size_t at) const {
    bool change = false;
    bool link = false;
    for (size_t i = at + 1; i < items_.size(); ++i) {
      if (items_[i].type == ItemType::kMetric) return RightMetric(at, i, change, link);
      if (IsChange(i) && !link) {
        change = true;
      } else if (IsNounLink(i) || (IsCue(i, Cue::kIn) && SpentBefore(at))) {
        link = true;
      } else if (!Skippable(i)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  std::optional<Attachment> RightMetric(size_t at, size_t metric, bool change, bool link) const {
    const quantity::Quantity& figure = Figure(at);
    if (!Fits(figure, MetricAt(metric))) return std::nullopt;
    const bool change_behind = (metric + 1 < items_.size() && IsChange(metric + 1)) || NamesChange(metric);
    bool good = false;
    if (IsPercent(figure) || IsPoints(figure)) {
      const bool rate = !link && MetricAt(metric).measure == catalog::Measure::kPercent;
      good = link ? change : (change || change_behind || rate) && !ShareBefore(at);
    } else if (IsMoney(figure)) {
      good = link || Chinese() || !HasSubject(at);
    } else {
      good = true;
    }
    if (!good) return std::nullopt;
    return Attachment{.side = Side::kRight,
                      .metrics = {metric},
                      .cost = link || change ? 0 : 0.5,
                      .reason = fmt::format("'{}' behind it", reading_.Text(items_[metric]))};
  }

  // "sales increase to partners"
  bool NamesChange(size_t metric) const {
    const std::string_view text = reading_.Text(items_[metric]);
    return text.find("increase") != std::string_view::npos || text.find("growth") != std::string_view::npos;
  }

  bool ShareBefore(size_t at) const { return at > 0 && IsCue(at - 1, Cue::kShareOf); }

  // A metric before the figure that it could be the figure of.
  bool HasSubject(size_t at) const {
    for (size_t i = at; i-- > 0;) {
      if (items_[i].type == ItemType::kBreak || items_[i].type == ItemType::kFigure) return false;
      if (items_[i].type == ItemType::kMetric) return Fits(Figure(at), MetricAt(i));
    }
    return false;
  }

  // An unknown noun that the figure counts: "5% increase in traffic", "$4 million of charges", "3% price growth".
  std::optional<std::string_view> ForeignNoun(size_t at) const {
    if (Chinese()) return std::nullopt;
    size_t i = at + 1;
    while (i < items_.size() && items_[i].type == ItemType::kCue &&
           (items_[i].cue == Cue::kYearOverYear || items_[i].cue == Cue::kQuarterOverQuarter)) {
      ++i;
    }
    const bool after_basis = i > at + 1;
    if (i < items_.size() && IsChange(i)) ++i;
    bool link = false;
    while (i < items_.size() && (IsNounLink(i) || (link && IsCue(i, Cue::kGlue)) || (link && IsCue(i, Cue::kIt)))) {
      link = link || IsNounLink(i);
      ++i;
    }
    if (i >= items_.size() || items_[i].type != ItemType::kWord || items_[i].weight == 0) return std::nullopt;
    if (after_basis && !link) return std::nullopt;
    return reading_.Text(items_[i]);
  }

  Attachment Left(size_t at) {
    double cost = 0;
    bool linked = false;
    for (size_t i = at; i-- > 0;) {
      const Item& item = items_[i];
      if (item.type == ItemType::kMetric) {
        if (auto taken = TakeSubject(at, i, cost, linked)) return *taken;
        cost += kIncompatibleMetric;
      } else if (item.type == ItemType::kFigure) {
        const Attachment& before = out_[i];
        if (before.side != Side::kNone) {
          if (auto chained = Chain(at, i, cost)) return *chained;
        } else if (cost < 1) {
          return {.reason = "goes with a figure that is nobody's"};
        }
        cost += kForeignFigure;
      } else if (item.type == ItemType::kBreak || IsCue(i, Cue::kReason)) {
        return {.reason = "no metric in its clause"};
      } else {
        cost += Cost(i);
        linked = linked || IsLink(i);
      }
      if (cost > kMostUnknown) break;
    }
    Attachment carried = Carry(at, cost);
    if (carried.side == Side::kNone && cost > kMostUnknown) carried.reason = "no metric within reach";
    return carried;
  }

  double Cost(size_t i) const {
    const Item& item = items_[i];
    if (item.type == ItemType::kWord) return item.weight;
    if (item.type == ItemType::kComma) return kComma;
    if (IsCue(i, Cue::kBut) || IsCue(i, Cue::kClause) || IsCue(i, Cue::kMight)) return kTurn;
    return 0;
  }

  bool IsLink(size_t i) const {
    if (items_[i].type != ItemType::kCue) return items_[i].type == ItemType::kComma;
    switch (items_[i].cue) {
      case Cue::kBe:
      case Cue::kOf:
      case Cue::kTo:
      case Cue::kBy:
      case Cue::kIn:
      case Cue::kUp:
      case Cue::kDown:
      case Cue::kRate:
      case Cue::kLoss:
      case Cue::kShareOf:
      case Cue::kAccelerate:
      case Cue::kDecelerate:
      case Cue::kStable:
      case Cue::kCompare:
      case Cue::kAchieve:
      case Cue::kNear:
      case Cue::kMargin:
      case Cue::kExpect:
      case Cue::kOr:
        return true;
      default:
        return false;
    }
  }

  std::optional<Attachment> TakeSubject(size_t at, size_t metric, double cost, bool linked) const {
    if (!Fits(Figure(at), MetricAt(metric))) return std::nullopt;
    const bool beside = at - metric <= 2;
    if (items_[metric].meaning->weak && (cost > kMostForWeak || at - metric > kWeakReach)) return std::nullopt;
    if (!linked && !beside && !Chinese()) return std::nullopt;
    if (IsOfSomethingElse(reading_, metric) || IsDenominator(metric) || cost > kMostUnknown) return std::nullopt;
    Attachment out{.side = Side::kLeft, .metrics = {metric}, .cost = cost};
    AddCoordinated(metric, out.metrics);
    out.reason = fmt::format("'{}' before it", reading_.Text(items_[metric]));
    return out;
  }

  // "13.9% of sales, down 570 basis points"
  bool IsDenominator(size_t metric) const {
    size_t i = metric;
    while (i > 0 && (IsCue(i - 1, Cue::kGlue) || IsCue(i - 1, Cue::kIt))) --i;
    return i > 1 && IsCue(i - 1, Cue::kOf) && items_[i - 2].type == ItemType::kFigure && IsPercent(Figure(i - 2));
  }

  // "sales and bookings both grew 20%"
  void AddCoordinated(size_t metric, std::vector<size_t>& metrics) const {
    bool conjunction = false;
    for (size_t i = metric; i-- > 0;) {
      if (items_[i].type == ItemType::kMetric) {
        if (conjunction && Fits2(i, metric)) metrics.insert(metrics.begin(), i);
        return;
      }
      if (IsCue(i, Cue::kAnd)) {
        conjunction = true;
      } else if (!Skippable(i)) {
        return;
      }
    }
  }
  bool Fits2(size_t a, size_t b) const {
    return !items_[a].meaning->weak && MetricAt(a).measure == MetricAt(b).measure;
  }

  // The figure before says it of the same metric: "5 billion, up 4%".
  std::optional<Attachment> Chain(size_t at, size_t before, double cost) const {
    const Attachment& owner = out_[before];
    const catalog::Metric& metric = owner.side == Side::kCarried ? *owner.carried : MetricAt(owner.metrics.back());
    if (!Fits(Figure(at), metric) || cost > kMostInChain) return std::nullopt;
    if (IsOwnSubject(at)) return std::nullopt;
    if (owner.side == Side::kCarried && IsPercent(Figure(at)) != IsPercent(Figure(before))) return std::nullopt;
    if (owner.side == Side::kRight && owner.metrics.back() > at) return std::nullopt;
    Attachment out = owner;
    out.side = owner.side == Side::kCarried ? Side::kCarried : Side::kChain;
    out.cost = owner.cost + cost;
    out.reason = fmt::format("says more of the figure '{}' before it", reading_.Text(items_[before]));
    return out;
  }

  // "…, and $19 billion remains under the program": not what was said before.
  bool IsOwnSubject(size_t at) const {
    size_t i = at;
    while (i > 0 && IsCue(i - 1, Cue::kGlue)) --i;
    return i > 0 && IsCue(i - 1, Cue::kAnd) && IsCue(at + 1, Cue::kBe);
  }

  // "It was up 5%", "we spent 4 billion": nothing in this sentence, so the subject of the one before.
  Attachment Carry(size_t at, double cost) const {
    const Attachment none{.reason = "no metric before it"};
    const auto carry = [&](const catalog::Metric* metric) {
      if (metric == nullptr || !Fits(Figure(at), *metric)) return none;
      return Attachment{
          .side = Side::kCarried, .carried = metric, .cost = cost + 0.5, .reason = "subject of the sentence before"};
    };
    if (IsMoney(Figure(at)) && SpentBefore(at)) return carry(before_.spending);
    if (Chinese() && IsPercent(Figure(at)) && at > 0 && IsChange(at - 1)) return carry(before_.percent);
    if (cost > 0.5 || items_.empty()) return none;
    const std::string_view first = reading_.Text(items_[0]);
    const bool refers = IsCue(0, Cue::kIt) || IsCue(0, Cue::kWhich) || first == "This" || first == "this" ||
                        (at > 0 && at <= 2 && IsChange(0));
    return refers ? carry(before_.last) : none;
  }

  bool SpentBefore(size_t at) const {
    for (size_t i = at; i-- > 0 && at - i <= 3;) {
      if (IsCue(i, Cue::kSpend)) return true;
      if (!IsCue(i, Cue::kGlue)) return false;
    }
    return false;
  }

  const Reading& reading_;
  const std::vector<Item>& items_;
  const Subjects& before_;
  std::vector<Attachment> out_;
};

}  // namespace

std::vector<Attachment> Attach(const Reading& reading, const Subjects& before) {
  return Attacher(reading, before).Run();
}

bool IsOfSomethingElse(const Reading& reading, size_t metric) { return Qualifiers(reading).Foreign(metric); }

bool IsPercent(const quantity::Quantity& quantity) { return quantity.unit == "percent"; }
bool IsPoints(const quantity::Quantity& quantity) {
  return quantity.unit == "percentage_points" || quantity.unit == "basis_points";
}
bool IsMoney(const quantity::Quantity& quantity) {
  return quantity.unit.size() == 3 && quantity.unit[0] >= 'A' && quantity.unit[0] <= 'Z';
}
bool IsPerShare(const quantity::Quantity& quantity) { return quantity.unit.ends_with("/share"); }

bool Fits(const quantity::Quantity& quantity, const catalog::Metric& metric) {
  using catalog::Measure;
  if (IsPercent(quantity)) return metric.measure != Measure::kNone || metric.has_ratio;
  if (IsPoints(quantity)) return metric.has_ratio || metric.measure == Measure::kMoney;
  if (IsPerShare(quantity)) return metric.measure == Measure::kPerShare || !metric.per_share.empty();
  if (IsMoney(quantity)) return metric.measure == Measure::kMoney || metric.measure == Measure::kPerShare;
  if (quantity.unit == "times") return metric.measure == Measure::kMoney || metric.measure == Measure::kCount;
  if (metric.measure == Measure::kCount) return true;
  return metric.measure == Measure::kMoney && !quantity.has_unit && quantity.value >= kSmallestBareMoney;
}

}  // namespace earshot::extract
