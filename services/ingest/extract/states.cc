#include "services/ingest/extract/states.h"

#include <algorithm>

#include "common/catalog/catalog.h"
#include "fmt/format.h"

namespace earshot::extract {
namespace {

constexpr size_t kNone = static_cast<size_t>(-1);
constexpr size_t kReach = 9;  // items between the words of a state and its metric
constexpr double kMostUnknownWords = 1.5;

class StateFinder {
 public:
  explicit StateFinder(const StateQuestion& question)
      : q_(question), reading_(question.reading), items_(question.reading.items) {}

  std::vector<StateFact> Find() {
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].type == ItemType::kMetric) {
        FindProfitability(i);
        continue;
      }
      if (items_[i].type != ItemType::kCue) continue;
      FindAt(i);
    }
    FindRecordPlan();
    DropPlainChanges();
    return std::move(out_);
  }

 private:
  void FindAt(size_t i) {
    switch (items_[i].cue) {
      case Cue::kNarrow:
        return FindLoss(i, v1::STATE_LOSS_NARROWED);
      case Cue::kWiden:
        return FindLoss(i, v1::STATE_LOSS_WIDENED);
      case Cue::kBreakEven:
        return FindBreakEven(i);
      case Cue::kProfitable:
        return FindProfitable(i);
      case Cue::kAccelerate:
        return FindPace(i, v1::STATE_ACCELERATED);
      case Cue::kDecelerate:
        return FindPace(i, v1::STATE_DECELERATED);
      case Cue::kStable:
        return FindStable(i);
      case Cue::kUp:
        return FindChange(i, v1::STATE_INCREASED);
      case Cue::kDown:
        return FindChange(i, v1::STATE_DECREASED);
      default:
        return;
    }
  }

  bool IsCue(size_t i, Cue cue) const { return reading_.IsCue(i, cue); }
  const catalog::Metric& MetricAt(size_t i) const { return *items_[i].meaning->metric; }
  bool IsStrongMetric(size_t i) const {
    return items_[i].type == ItemType::kMetric && !items_[i].meaning->weak && !IsOfSomethingElse(reading_, i);
  }
  bool EndsReach(size_t i) const {
    return items_[i].type == ItemType::kBreak || IsCue(i, Cue::kReason) || IsCue(i, Cue::kClause);
  }

  void Add(v1::State state, const catalog::Metric* metric, size_t at, size_t subject, std::string reason) {
    if (metric == nullptr) return;
    const bool told = std::any_of(out_.begin(), out_.end(), [&](const StateFact& fact) {
      return fact.state == state && fact.metric == metric && fact.subject == subject;
    });
    if (!told) out_.push_back({state, metric, at, subject, false, std::move(reason)});
  }

  // The nearest metric before, that `good` takes, with little unknown between; kNone for none.
  template <typename Good>
  size_t MetricBefore(size_t at, Good good, double most_unknown = kMostUnknownWords) const {
    double unknown = 0;
    for (size_t i = at; i-- > 0 && at - i <= kReach;) {
      if (EndsReach(i)) return kNone;
      if (items_[i].type == ItemType::kMetric && good(i)) return i;
      unknown += items_[i].type == ItemType::kWord ? items_[i].weight : 0;
      if (unknown > most_unknown) return kNone;
    }
    return kNone;
  }

  // "growth in stores": the metric behind, over prepositions and what says nothing.
  size_t MetricBehind(size_t at, bool needs_link) const {
    bool link = !needs_link;
    for (size_t i = at + 1; i < items_.size(); ++i) {
      if (items_[i].type == ItemType::kMetric) return link && IsStrongMetric(i) ? i : kNone;
      if (IsCue(i, Cue::kIn) || IsCue(i, Cue::kOf)) {
        link = true;
      } else if (items_[i].type != ItemType::kSegment && !IsCue(i, Cue::kGlue) && !IsCue(i, Cue::kBoth) &&
                 !IsCue(i, Cue::kIt)) {
        return kNone;
      }
    }
    return kNone;
  }

  bool Denied(size_t at) const {
    constexpr size_t kDenialReach = 6;
    for (size_t i = at; i-- > 0 && at - i <= kDenialReach;) {
      if (EndsReach(i)) return false;
      if (IsCue(i, Cue::kNot) || IsCue(i, Cue::kGoal)) return true;
    }
    return false;
  }

  bool TellsLoss(size_t i) const {
    if (IsCue(i, Cue::kLoss)) return true;
    if (items_[i].type != ItemType::kMetric) return false;
    const std::string_view text = reading_.Text(items_[i]);
    return text.find("loss") != std::string_view::npos || text.find("亏损") != std::string_view::npos;
  }

  void FindLoss(size_t at, v1::State state) {
    size_t loss = kNone;
    for (size_t i = at; i-- > 0 && at - i <= kReach && !EndsReach(i);) {
      if (TellsLoss(i)) loss = i;
      if (loss != kNone) break;
    }
    for (size_t i = at + 1; loss == kNone && i < items_.size() && i <= at + 3 && !EndsReach(i); ++i) {
      if (TellsLoss(i)) loss = i;
    }
    if (loss == kNone || Denied(at)) return;
    const size_t metric = MetricBefore(at, [this](size_t i) { return MetricAt(i).is_profit; });
    const catalog::Metric* what = metric != kNone ? &MetricAt(metric) : q_.catalog.FindMetric("profitability");
    Add(state, what, at, metric != kNone ? metric : at, fmt::format("a loss that '{}'", reading_.Text(items_[at])));
  }

  bool IsNear(size_t at) const {
    for (size_t i = at; i-- > 0 && at - i <= 3;) {
      if (IsCue(i, Cue::kNear)) return true;
      if (!IsCue(i, Cue::kGlue)) return false;
    }
    return false;
  }

  void FindBreakEven(size_t at) {
    if (Denied(at)) return;
    const auto profit = [this](size_t i) {
      return MetricAt(i).is_profit && MetricAt(i).measure != catalog::Measure::kNone;
    };
    const size_t metric = MetricBefore(at, profit);
    const catalog::Metric* what = metric != kNone ? &MetricAt(metric) : q_.catalog.FindMetric("profitability");
    Add(IsNear(at) ? v1::STATE_NEAR_BREAK_EVEN : v1::STATE_BREAK_EVEN, what, at, metric != kNone ? metric : at,
        fmt::format("'{}'", reading_.Text(items_[at])));
  }

  // "turned profitable"
  void FindProfitable(size_t at) {
    const bool verb = at > 0 && (IsCue(at - 1, Cue::kBe) || IsCue(at - 1, Cue::kAchieve) || IsCue(at - 1, Cue::kGlue) ||
                                 IsCue(at - 1, Cue::kTo) || items_[at - 1].type == ItemType::kSegment);
    if (!verb || Denied(at)) return;
    Add(v1::STATE_PROFITABLE, q_.catalog.FindMetric("profitability"), at, at, "said to be profitable");
  }

  // "achieved profitability", 实现盈利
  void FindProfitability(size_t at) {
    if (MetricAt(at).id != "profitability" || Denied(at)) return;
    for (size_t i = at; i-- > 0 && at - i <= 6 && !EndsReach(i);) {
      if (items_[i].type == ItemType::kMetric || items_[i].type == ItemType::kFigure) return;
      const bool aimed = IsCue(i, Cue::kExpect) && at - i <= 3;
      if (!IsCue(i, Cue::kAchieve) && !aimed) continue;
      return Add(v1::STATE_PROFITABLE, &MetricAt(at), at, at, fmt::format("'{}' before it", reading_.Text(items_[i])));
    }
  }

  // "growth accelerated" says more than that there was growth.
  void DropPlainChanges() {
    std::erase_if(out_, [this](const StateFact& fact) {
      if (fact.state != v1::STATE_INCREASED || fact.plan) return false;
      return std::any_of(out_.begin(), out_.end(), [&](const StateFact& other) {
        return other.subject == fact.subject &&
               (other.state == v1::STATE_ACCELERATED || other.state == v1::STATE_DECELERATED);
      });
    });
  }

  bool MayChange(size_t i) const { return IsStrongMetric(i) && MetricAt(i).id != "profitability"; }

  void FindPace(size_t at, v1::State state) {
    if (Denied(at)) return;
    const size_t metric = MetricBefore(at, [this](size_t i) { return MayChange(i); });
    if (metric == kNone) return;
    Add(state, &MetricAt(metric), at, metric, fmt::format("growth that '{}'", reading_.Text(items_[at])));
  }

  void FindStable(size_t at) {
    size_t metric = MetricBefore(at, [this](size_t i) { return MayChange(i); });
    if (metric == kNone) metric = MetricBehind(at, false);
    if (metric != kNone) {
      return Add(v1::STATE_STABLE, &MetricAt(metric), at, metric, fmt::format("'{}'", reading_.Text(items_[at])));
    }
    const bool elliptic = reading_.language == Language::kChinese || reading_.Has(Cue::kIt, 0, at);
    if (q_.carried != nullptr && q_.carried->is_spending && elliptic) {
      Add(v1::STATE_STABLE, q_.carried, at, at, "the subject of the sentence before");
    }
  }

  bool HasFigure(size_t metric) const {
    for (const Attachment& attachment : q_.attachments) {
      if (std::find(attachment.metrics.begin(), attachment.metrics.end(), metric) != attachment.metrics.end())
        return true;
    }
    return false;
  }

  bool FigureFollows(size_t at) const {
    for (size_t i = at + 1; i < items_.size() && i <= at + 3; ++i) {
      if (items_[i].type == ItemType::kFigure) return true;
      if (items_[i].type != ItemType::kCue) return false;
    }
    return false;
  }

  // "growth in stores", "unit economics improved"
  void FindChange(size_t at, v1::State state) {
    if (FigureFollows(at) || (at > 0 && items_[at - 1].type == ItemType::kFigure) || Denied(at)) return;
    const bool restated = at == 1 && IsCue(0, Cue::kGlue);  // "The increase in stock was due to"
    const size_t behind = restated ? kNone : MetricBehind(at, true);
    if (behind != kNone && !HasFigure(behind) && !IsEchoed(behind)) {
      return Add(state, &MetricAt(behind), at, behind, fmt::format("'{}' in it", reading_.Text(items_[at])));
    }
    const size_t metric = SubjectBefore(at);
    if (metric == kNone || HasFigure(metric) || BehindIsMetric(at) || IsEchoed(metric)) return;
    Add(state, &MetricAt(metric), at, metric, fmt::format("'{}' behind it", reading_.Text(items_[at])));
  }

  // The metric right before a verb or noun of change, with nothing between but what belongs to the verb.
  size_t SubjectBefore(size_t at) const {
    for (size_t i = at; i-- > 0;) {
      if (items_[i].type == ItemType::kMetric) return IsStrongMetric(i) ? i : kNone;
      if (!IsVerbal(i)) return kNone;
    }
    return kNone;
  }
  bool IsVerbal(size_t i) const {
    if (items_[i].type == ItemType::kSegment || items_[i].type == ItemType::kTime) return true;
    if (items_[i].type == ItemType::kWord) return items_[i].weight == 0;
    return IsCue(i, Cue::kGlue) || IsCue(i, Cue::kWill) || IsCue(i, Cue::kBe) || IsCue(i, Cue::kExpect) ||
           IsCue(i, Cue::kTo);
  }

  // A reason that repeats the metric of a figure in the same sentence, of no part of its own: "revenue grew 8%, due to
  // the increase in revenue from".
  bool IsEchoed(size_t metric) const {
    for (size_t i = 0; i < metric; ++i) {
      if (items_[i].type != ItemType::kMetric || &MetricAt(i) != &MetricAt(metric) || !HasFigure(i)) continue;
      return items_[metric - 1].type != ItemType::kSegment;
    }
    return false;
  }
  bool BehindIsMetric(size_t at) const { return at + 1 < items_.size() && items_[at + 1].type == ItemType::kMetric; }

  // "the next three years will see the highest investment in infrastructure"
  void FindRecordPlan() {
    const bool future = std::any_of(reading_.times.begin(), reading_.times.end(), [](const TimePhrase& time) {
      return time.relation == TimeRelation::kFuture && time.period.kind != fiscal::Period::Kind::kOpen;
    });
    if (!future) return;
    const size_t at = Record();
    if (at == kNone) return;
    const catalog::Metric* metric = nullptr;
    size_t subject = kNone;
    const std::string folded = catalog::Fold(reading_.text).bytes;
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].type != ItemType::kMetric || !MetricAt(i).is_spending) continue;
      const catalog::Metric* refined = Refined(MetricAt(i), folded);
      if (refined == nullptr && (items_[i].meaning->weak || metric != nullptr)) continue;
      metric = refined != nullptr ? refined : &MetricAt(i);
      subject = i;
    }
    if (metric == nullptr) return;
    out_.push_back({v1::STATE_INCREASED, metric, at, subject, true, "a record over the years ahead"});
  }

  // "the highest", "to exceed the past ten years"
  size_t Record() const {
    for (size_t i = 0; i < items_.size(); ++i) {
      if (IsCue(i, Cue::kRecord)) return i;
      const bool past = i + 1 < items_.size() && items_[i + 1].type == ItemType::kTime &&
                        reading_.times[items_[i + 1].index].relation == TimeRelation::kOther;
      if (past && IsCue(i, Cue::kBe) && reading_.Text(items_[i]).starts_with("超过")) return i;
    }
    return kNone;
  }

  const catalog::Metric* Refined(const catalog::Metric& metric, const std::string& folded) const {
    for (const catalog::Refinement& refinement : metric.refine) {
      for (const std::string& near : refinement.near) {
        if (folded.find(near) != std::string::npos) return q_.catalog.FindMetric(refinement.metric);
      }
    }
    return nullptr;
  }

  const StateQuestion& q_;
  const Reading& reading_;
  const std::vector<Item>& items_;
  std::vector<StateFact> out_;
};

}  // namespace

std::vector<StateFact> FindStates(const StateQuestion& question) { return StateFinder(question).Find(); }

}  // namespace earshot::extract
