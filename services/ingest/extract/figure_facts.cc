#include "services/ingest/extract/figure_facts.h"

#include <algorithm>
#include <cmath>

#include "common/catalog/catalog.h"

namespace earshot::extract {
namespace {

int ChangeSign(const Reading& reading, size_t item) {
  if (reading.IsCue(item, Cue::kUp)) return 1;
  if (reading.IsCue(item, Cue::kDown)) return -1;
  return 0;
}

bool IsPassive(const Reading& reading, size_t item) {
  const Item& it = reading.items[item];
  if (it.type == ItemType::kWord) return it.weight == 0;
  return reading.IsCue(item, Cue::kGlue) || reading.IsCue(item, Cue::kYearOverYear) ||
         reading.IsCue(item, Cue::kQuarterOverQuarter) || reading.IsCue(item, Cue::kNear) ||
         reading.IsCue(item, Cue::kConstantCurrency) || reading.IsCue(item, Cue::kLikeForLike);
}

// "lower than 15%": a bound, no change by so much.
bool IsComparative(const Reading& reading, size_t item) { return reading.Text(reading.items[item]).ends_with("than"); }

// The change behind the figure: "5% increase", "a 2% net reduction in", "7% year-over-year sales increase".
int ChangeBehind(const Reading& reading, size_t at) {
  for (size_t i = at + 1; i < reading.items.size(); ++i) {
    if (const int sign = ChangeSign(reading, i)) {
      const bool of_next = i + 1 < reading.items.size() && reading.items[i + 1].type == ItemType::kFigure;
      return of_next ? 0 : sign;
    }
    const bool metric = reading.items[i].type == ItemType::kMetric || reading.items[i].type == ItemType::kSegment;
    if (!metric && !IsPassive(reading, i) && !reading.IsCue(i, Cue::kOf)) return 0;
  }
  return 0;
}

// The change right before the figure: "increased by", "an increase of", "up". Not "increased to".
int ChangeBefore(const Reading& reading, size_t at) {
  for (size_t i = at; i-- > 0;) {
    if (const int sign = ChangeSign(reading, i)) return IsComparative(reading, i) ? 0 : sign;
    if (!IsPassive(reading, i) && !reading.IsCue(i, Cue::kBy) && !reading.IsCue(i, Cue::kOf)) return 0;
  }
  return 0;
}

// The change told by a noun or a comparative right behind an amount: "$5 million increase", "$5 million more than a
// year ago". A verb there ("$5 million was down 3%") tells of another figure.
int AmountChangeBehind(const Reading& reading, size_t at) {
  size_t i = at + 1;
  while (i < reading.items.size() && IsPassive(reading, i)) {
    const std::string_view text = reading.Text(reading.items[i]);
    const bool before_time = i + 1 < reading.items.size() && reading.items[i + 1].type == ItemType::kTime;
    if (before_time && (text == "more than" || text == "less than")) return text[0] == 'm' ? 1 : -1;
    ++i;
  }
  if (i >= reading.items.size()) return 0;
  constexpr std::string_view kNouns[] = {"increase",    "decrease",  "higher",  "lower",       "growth",    "decline",
                                         "improvement", "reduction", "greater", "higher than", "lower than"};
  const bool noun = std::find(std::begin(kNouns), std::end(kNouns), reading.Text(reading.items[i])) != std::end(kNouns);
  return noun ? ChangeSign(reading, i) : 0;
}

// "reduced the share count by 5%", "grew revenue 5%": the verb stands before the metric.
int ChangeBeforeMetric(const Reading& reading, size_t metric) {
  for (size_t i = metric; i-- > 0;) {
    if (const int sign = ChangeSign(reading, i)) return sign;
    if (reading.items[i].type != ItemType::kSegment && !IsPassive(reading, i) && !reading.IsCue(i, Cue::kIt)) return 0;
  }
  return 0;
}

// The nearest change between the metric and the figure, not past another figure.
int ChangeBetween(const Reading& reading, size_t at, size_t metric) {
  const size_t from = metric < at ? metric + 1 : 0;
  for (size_t i = at; i-- > from;) {
    if (reading.items[i].type == ItemType::kFigure) return 0;
    if (const int sign = ChangeSign(reading, i)) return IsComparative(reading, i) ? 0 : sign;
  }
  return metric < at ? ChangeBeforeMetric(reading, metric) : 0;
}

constexpr double kMostPerShare = 1000;  // "earnings of $1.15" are no money of a company

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

class FigureReader {
 public:
  explicit FigureReader(const FigureQuestion& question)
      : q_(question), reading_(question.reading), figure_(reading_.quantities[reading_.items[question.at].index]) {}

  FigureFacts Read() {
    facts_.metric = &q_.subject;
    facts_.value = figure_.value;
    facts_.value_high = figure_.value_high;
    facts_.unit = figure_.unit;
    Refine();
    if (facts_.metric == nullptr) {
      facts_.reason = "another thing is counted";
      return std::move(facts_);
    }
    AdjustMetric();
    if (IsPercent(figure_)) {
      ReadPercent();
    } else if (IsPoints(figure_)) {
      ReadPoints();
    } else if (figure_.unit == "times") {
      if (Direction(reading_, q_.at, carried() ? 0 : q_.metric) != 0) facts_.kind = v1::KIND_MULTIPLE;
      facts_.reason = "a multiple without a word of change";
    } else {
      ReadAmount();
    }
    if (facts_.kind == v1::KIND_GROWTH || facts_.kind == v1::KIND_DELTA) ReadBasis();
    ReadAdjustment();
    return std::move(facts_);
  }

 private:
  bool carried() const { return q_.metric == q_.at; }
  std::string_view MetricText() const {
    return carried() ? std::string_view() : reading_.Text(reading_.items[q_.metric]);
  }

  // Another metric is meant where certain words stand in the clause.
  void Refine() {
    if (q_.subject.refine.empty()) return;
    if (const catalog::Metric* named = NamedSpending()) {
      facts_.metric = named;
      return;
    }
    const auto [first, last] = reading_.ClauseAround(q_.at);
    const size_t begin = reading_.items[first].begin;
    const std::string clause = catalog::Fold(reading_.text.substr(begin, reading_.items[last - 1].end - begin)).bytes;
    for (const catalog::Refinement& refinement : q_.subject.refine) {
      for (const std::string& near : refinement.near) {
        if (!Contains(clause, near)) continue;
        facts_.metric = q_.catalog.FindMetric(refinement.metric);
        return;
      }
    }
  }

  // "for our capex we plan to invest 5 billion": what the sentence names before.
  const catalog::Metric* NamedSpending() const {
    if (carried() || !reading_.items[q_.metric].meaning->weak) return nullptr;
    for (size_t i = q_.metric; i-- > 0;) {
      const Item& item = reading_.items[i];
      if (item.type == ItemType::kMetric && !item.meaning->weak && item.meaning->metric->is_spending)
        return item.meaning->metric;
    }
    return nullptr;
  }

  // "net income of $50 million or $1.25 per share", "on an adjusted basis".
  void AdjustMetric() {
    const bool small = IsMoney(figure_) && std::fabs(figure_.value) < kMostPerShare;
    if ((IsPerShare(figure_) || small) && !facts_.metric->per_share.empty()) {
      if (const catalog::Metric* metric = q_.catalog.FindMetric(facts_.metric->per_share)) facts_.metric = metric;
    }
    if (facts_.metric->adjusted.empty() || !IsAdjusted()) return;
    if (const catalog::Metric* metric = q_.catalog.FindMetric(facts_.metric->adjusted)) facts_.metric = metric;
  }

  bool IsAdjusted() const {
    constexpr size_t kReach = 5;
    const size_t metric = carried() ? q_.at : q_.metric;
    const size_t from = metric > kReach ? metric - kReach : 0;
    for (size_t i = metric; i-- > from;) {
      if (reading_.items[i].type == ItemType::kFigure || reading_.items[i].type == ItemType::kBreak) break;
      if (reading_.IsCue(i, Cue::kAdjusted)) return true;
    }
    for (size_t i = q_.at + 1; i < std::min(q_.at + kReach, reading_.items.size()); ++i) {
      if (reading_.items[i].type == ItemType::kFigure || reading_.items[i].type == ItemType::kMetric) break;
      if (reading_.IsCue(i, Cue::kAdjusted)) return true;
    }
    return false;
  }

  bool IsMargin() const {
    if (Contains(MetricText(), "margin") || Contains(MetricText(), "Margin") || Contains(MetricText(), "率"))
      return true;
    if (facts_.metric->measure == catalog::Measure::kPercent) return true;
    if (!facts_.metric->has_ratio || carried()) return false;
    for (size_t i = q_.metric + 1; i < reading_.items.size() && i <= q_.metric + 3; ++i) {
      if (reading_.IsCue(i, Cue::kMargin)) return true;
      if (reading_.items[i].type != ItemType::kSegment && !IsPassive(reading_, i)) return false;
    }
    return false;
  }

  // "accounted for 20% of revenue", "5% of sales".
  bool IsShare() const {
    for (size_t i = q_.at; i-- > 0 && q_.at - i <= 3;) {
      if (reading_.IsCue(i, Cue::kShareOf)) return true;
      if (!IsPassive(reading_, i)) break;
    }
    return reading_.IsCue(q_.at + 1, Cue::kOf) && ChangeBefore(reading_, q_.at) == 0;
  }

  void ReadPercent() {
    const int behind = ChangeBehind(reading_, q_.at);
    const int before = ChangeBefore(reading_, q_.at);
    if (IsShare() && behind == 0) {
      facts_.kind = v1::KIND_RATIO;
      return Unsign();
    }
    const bool level = IsMargin() && before == 0 && behind == 0;
    if (level || (facts_.metric->measure == catalog::Measure::kNone && facts_.metric->has_ratio)) {
      facts_.kind = v1::KIND_RATIO;
      return SignAsSymbol();
    }
    if (IsGrowthLevel()) {
      facts_.kind = v1::KIND_GROWTH;
      return SignAsSymbol();
    }
    const int direction = Direction(reading_, q_.at, carried() ? 0 : q_.metric);
    if (direction != 0) {
      facts_.kind = v1::KIND_GROWTH;
      return Sign(direction);
    }
    const bool rate = reading_.Has(Cue::kRate) || reading_.Has(Cue::kAccelerate) || reading_.Has(Cue::kDecelerate) ||
                      Contains(MetricText(), "growth") || facts_.metric->bare_growth;
    const bool basis =
        reading_.IsCue(q_.at + 1, Cue::kYearOverYear) || reading_.IsCue(q_.at + 1, Cue::kQuarterOverQuarter);
    if (rate || basis || figure_.sign == quantity::Sign::kWord) {
      facts_.kind = v1::KIND_GROWTH;
      return;
    }
    facts_.reason = "a percentage without a word of change or share";
  }

  // "growth slowed from 10% to 6%": both are growth, whichever way it went.
  bool IsGrowthLevel() const {
    size_t i = q_.at;
    while (i > 0 && IsPassive(reading_, i - 1)) --i;
    if (i == 0 || !(reading_.IsCue(i - 1, Cue::kTo) || reading_.IsCue(i - 1, Cue::kFrom)) || carried()) return false;
    for (const size_t beside : {q_.metric + 1, q_.metric + 2}) {
      if (beside >= q_.at) break;
      if (reading_.IsCue(beside, Cue::kRate)) return true;
      if (reading_.IsCue(beside, Cue::kUp))
        return reading_.Text(reading_.items[beside]) == "growth" || reading_.Text(reading_.items[beside]) == "增长";
    }
    return false;
  }

  void ReadPoints() {
    const int direction = Direction(reading_, q_.at, carried() ? 0 : q_.metric);
    if (direction == 0 && figure_.sign == quantity::Sign::kNone) {
      facts_.reason = "points without a direction";
      return;
    }
    facts_.kind = v1::KIND_DELTA;
    if (direction != 0) Sign(direction);
  }

  void ReadAmount() {
    using catalog::Measure;
    if (IsMoney(figure_) && facts_.metric->measure == Measure::kPerShare) facts_.unit += "/share";
    if (!IsMoney(figure_) && !IsPerShare(figure_) && facts_.metric->measure == Measure::kMoney) {
      facts_.unit = std::string(q_.currency);
    }
    const int before = IsAttribute() ? 0 : ChangeBefore(reading_, q_.at);
    const int behind = before == 0 ? AmountChangeBehind(reading_, q_.at) : 0;
    if (before != 0 || behind != 0) {
      facts_.kind = v1::KIND_DELTA;
      return Sign(before != 0 ? before : behind);
    }
    facts_.kind = v1::KIND_AMOUNT;
    if (facts_.metric->is_profit && IsLoss()) return Sign(-1);
    if (figure_.sign == quantity::Sign::kWord) Unsign();
  }

  // 增加的这样一个五百亿的投入: the change is an attribute, the figure the amount.
  bool IsAttribute() const {
    if (reading_.language != Language::kChinese) return false;
    for (size_t i = q_.at; i-- > 0 && ChangeSign(reading_, i) == 0;) {
      if (reading_.Text(reading_.items[i]).find("的") != std::string_view::npos) return true;
    }
    return false;
  }

  bool IsRight() const { return q_.metric > q_.at; }

  // "a loss of 5 billion", "net loss was 5 million", "an outflow of".
  bool IsLoss() const {
    if (figure_.sign == quantity::Sign::kSymbol) return true;
    if (Contains(MetricText(), "loss") || Contains(MetricText(), "Loss") || Contains(MetricText(), "亏损")) return true;
    const size_t from = carried() || IsRight() ? 0 : q_.metric + 1;
    for (size_t i = q_.at; i-- > from;) {
      if (reading_.items[i].type == ItemType::kFigure || reading_.items[i].type == ItemType::kBreak) return false;
      if (reading_.IsCue(i, Cue::kLoss)) return true;
    }
    return false;
  }

  void Unsign() { Sign(1); }
  void SignAsSymbol() {
    if (figure_.sign == quantity::Sign::kWord) Unsign();
  }
  void Sign(int sign) {
    double low = std::fabs(facts_.value);
    double high = facts_.value_high ? std::fabs(*facts_.value_high) : low;
    if (low > high) std::swap(low, high);
    facts_.value = sign > 0 ? low : -high;
    if (facts_.value_high) facts_.value_high = sign > 0 ? high : -low;
  }

  // The basis beside the figure, else the one in its clause, else what reported results mean.
  void ReadBasis() {
    facts_.basis = v1::BASIS_YEAR_OVER_YEAR;
    for (size_t i = q_.at + 1; i < reading_.items.size(); ++i) {
      const bool ends = reading_.items[i].type == ItemType::kFigure || reading_.items[i].type == ItemType::kMetric;
      if (ends || (reading_.items[i].type == ItemType::kComma && i > q_.at + 1)) break;
      if (reading_.items[i].type == ItemType::kTime && reading_.items[i - 1].type == ItemType::kComma) break;
      if (SetBasis(i)) return;
    }
    for (size_t i = q_.at; i-- > 0;) {
      if (reading_.items[i].type == ItemType::kFigure || reading_.items[i].type == ItemType::kBreak) break;
      if (SetBasis(i)) return;
    }
    if (facts_.metric->change_over_period) facts_.basis = v1::BASIS_QUARTER_OVER_QUARTER;
  }

  bool SetBasis(size_t item) {
    if (reading_.IsCue(item, Cue::kYearOverYear)) facts_.basis = v1::BASIS_YEAR_OVER_YEAR;
    if (reading_.IsCue(item, Cue::kQuarterOverQuarter)) facts_.basis = v1::BASIS_QUARTER_OVER_QUARTER;
    if (reading_.IsCue(item, Cue::kYearOverYear) || reading_.IsCue(item, Cue::kQuarterOverQuarter)) return true;
    if (reading_.items[item].type != ItemType::kTime) return false;
    if (!IsComparedWith(reading_, item)) return false;
    const TimeRelation relation = reading_.times[reading_.items[item].index].relation;
    if (relation == TimeRelation::kPriorQuarter) facts_.basis = v1::BASIS_QUARTER_OVER_QUARTER;
    if (relation == TimeRelation::kOther) facts_.basis = v1::BASIS_OTHER;
    return true;
  }

  void ReadAdjustment() {
    const auto [first, last] = reading_.ClauseAround(q_.at);
    if (reading_.Has(Cue::kConstantCurrency, first, last)) facts_.adjustment = v1::ADJUSTMENT_CONSTANT_CURRENCY;
    const bool change = facts_.kind == v1::KIND_GROWTH || facts_.kind == v1::KIND_DELTA;
    const bool organic = reading_.Has(Cue::kLikeForLike, first, last) || Contains(MetricText(), "organic") ||
                         Contains(MetricText(), "Organic");
    const bool left_out = change && reading_.Has(Cue::kExclude, first, std::min(q_.at, last));
    if (organic || left_out) facts_.adjustment = v1::ADJUSTMENT_LIKE_FOR_LIKE;
  }

  const FigureQuestion& q_;
  const Reading& reading_;
  const quantity::Quantity& figure_;
  FigureFacts facts_;
};

}  // namespace

FigureFacts ReadFigure(const FigureQuestion& question) { return FigureReader(question).Read(); }

bool IsCompared(const Reading& reading, size_t at) {
  for (size_t i = at; i-- > 0;) {
    if (reading.IsCue(i, Cue::kCompare) || reading.IsCue(i, Cue::kFrom)) return true;
    if (!IsPassive(reading, i) && !reading.IsCue(i, Cue::kLoss) && !reading.IsCue(i, Cue::kOf)) return false;
  }
  return false;
}

bool IsComparedWith(const Reading& reading, size_t time) {
  for (size_t i = time; i-- > 0;) {
    const std::string_view text = reading.Text(reading.items[i]);
    const bool of_term = reading.times[reading.items[time].index].period.kind == fiscal::Period::Kind::kTerm;
    if (text == "over" && of_term) return true;  // "over the fourth quarter", not "over the last six months"
    if (text.ends_with("than") || text == "before") return true;
    if (reading.IsCue(i, Cue::kCompare) || reading.IsCue(i, Cue::kFrom)) return true;
    if (!reading.IsCue(i, Cue::kGlue) && !reading.IsCue(i, Cue::kExclude) && reading.items[i].weight > 0) return false;
    if (!reading.IsCue(i, Cue::kGlue) && reading.items[i].type != ItemType::kWord && !reading.IsCue(i, Cue::kExclude))
      return false;
  }
  return false;
}

int Direction(const Reading& reading, size_t at, size_t metric) {
  if (const int behind = ChangeBehind(reading, at)) return behind;
  return ChangeBetween(reading, at, metric);
}

}  // namespace earshot::extract
