#include "services/ingest/extract/sentence_facts.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "services/ingest/extract/attachment.h"
#include "services/ingest/extract/confidence.h"
#include "services/ingest/extract/figure_facts.h"
#include "services/ingest/extract/states.h"

namespace earshot::extract {
namespace {

constexpr size_t kSorryReach = 6;  // items between "pardon me" and the figure that counts

// "RMB 5.0 billion" told again without its years is still the plan of those years.
std::string PlanKey(const v1::Observation& observation) {
  return fmt::format("{} {:.6g}", observation.unit(), observation.value());
}

class SentenceReader {
 public:
  SentenceReader(std::string_view sentence, const CallFrame& frame, const v1::Utterance& utterance, Context& context)
      : frame_(frame),
        utterance_(utterance),
        context_(context),
        reading_(Read(sentence, frame.catalog.vocabulary(frame.company), frame.time, frame.currency)),
        attachments_(Attach(reading_, context.subjects)) {}

  SentenceFacts Run() {
    const bool asks = reading_.is_question;
    for (size_t i = 0; i < reading_.items.size(); ++i) {
      if (reading_.items[i].type != ItemType::kFigure) continue;
      if (asks) {
        Explain(i, "asked, not told");
      } else {
        ReadFigureAt(i);
      }
    }
    if (!asks) ReadStates();
    SortByPlace();
    AdvanceContext();
    return std::move(out_);
  }

 private:
  void Explain(size_t item, std::string reason, bool taken = false) {
    const Item& it = reading_.items[item];
    out_.explanations.push_back(
        {it.begin, it.end, std::string(reading_.Text(it)), taken ? "taken" : "", std::move(reason)});
  }

  void ReadFigureAt(size_t at) {
    const Attachment& attachment = attachments_[at];
    if (attachment.side == Side::kNone) {
      if (CorrectsLast(at)) return;
      const quantity::Quantity& figure = reading_.quantities[reading_.items[at].index];
      context_.last_loose = figure.value;
      context_.last_loose_unit = figure.unit;
      context_.last.reset();
      return Explain(at, attachment.reason);
    }
    if (attachment.side == Side::kCarried) return ReadFigureOf(at, at, *attachment.carried);
    for (const size_t metric : attachment.metrics) ReadFigureOf(at, metric, *reading_.items[metric].meaning->metric);
  }

  void ReadFigureOf(size_t at, size_t metric, const catalog::Metric& subject) {
    const FigureFacts facts = ReadFigure({reading_, at, metric, subject, frame_.catalog, frame_.currency});
    if (facts.kind == v1::KIND_UNSPECIFIED) return Explain(at, facts.reason);
    const auto stance = ReadStance(reading_, at, *facts.metric);
    if (!stance) return Explain(at, "a hypothesis");
    const SegmentChoice segment =
        ChooseSegment(reading_, metric, at, *facts.metric, frame_.company, frame_.time.term, context_.scope);
    if (facts.metric->named_part && segment.source != ScopeSource::kSaid) return Explain(at, "no part is named");
    v1::Observation observation = Draft(at, *facts.metric, segment.segment, facts.kind, *stance);
    observation.set_value(facts.value);
    if (facts.value_high) observation.set_value_high(*facts.value_high);
    observation.set_unit(facts.unit);
    observation.set_bound(reading_.quantities[reading_.items[at].index].bound);
    observation.set_basis(facts.basis);
    observation.set_adjustment(facts.adjustment);
    SetPeriod(at, *facts.metric, facts, observation);
    const Item& word = reading_.items[metric];
    observation.set_confidence(Confidence({.side = attachments_[at].side,
                                           .cost = attachments_[at].cost,
                                           .segment = segment.source,
                                           .misspelt = word.meaning != nullptr && word.meaning->misspelt,
                                           .weak = word.meaning != nullptr && word.meaning->weak,
                                           .stance = *stance,
                                           .language = reading_.language,
                                           .role = utterance_.speaker().role()}));
    Publish(at, std::move(observation));
  }

  void Publish(size_t at, v1::Observation observation) {
    Explain(at, attachments_[at].reason, true);
    if (SaidSorryBefore(at)) Retract(observation);
    context_.last = observation;
    context_.last_loose.reset();
    Remember(frame_.catalog.FindMetric(observation.metric()), observation.unit() == "percent");
    out_.observations.push_back(std::move(observation));
  }

  void Remember(const catalog::Metric* metric, bool percent) {
    if (metric == nullptr) return;
    context_.subjects.last = metric;
    if (percent) context_.subjects.percent = metric;
    if (metric->is_spending) context_.subjects.spending = metric;
  }

  v1::Observation Draft(size_t at, const catalog::Metric& metric, const std::string& segment, v1::Kind kind,
                        v1::Stance stance) const {
    v1::Observation observation;
    observation.set_metric(metric.id);
    observation.set_segment(segment);
    observation.set_kind(kind);
    observation.set_stance(stance);
    observation.set_bound(v1::BOUND_EXACT);
    observation.set_adjustment(v1::ADJUSTMENT_REPORTED);
    v1::Evidence& evidence = *observation.mutable_evidence();
    evidence.set_language(std::string(LanguageCode(reading_.language)));
    evidence.set_figure_begin(static_cast<int>(reading_.items[at].begin));
    evidence.set_figure_end(static_cast<int>(reading_.items[at].end));
    return observation;
  }

  void SetPeriod(size_t at, const catalog::Metric& metric, const FigureFacts& facts, v1::Observation& observation) {
    const PeriodChoice choice =
        ChoosePeriod(reading_, at, metric, facts.kind, observation.stance(), frame_.time, context_.times);
    observation.set_period(fiscal::ToString(choice.period));
    if (RestatesLast(at)) observation.set_period(context_.last->period());
    const bool change = facts.kind == v1::KIND_GROWTH || facts.kind == v1::KIND_DELTA;
    const bool quarters = choice.period.kind == fiscal::Period::Kind::kSpan && choice.period.first.is_quarter();
    if (change && quarters) observation.set_basis(v1::BASIS_OTHER);
    const auto told = context_.plans.find(PlanKey(observation));
    const bool plan = observation.stance() == v1::STANCE_PLAN;
    if (plan && (told == context_.plans.end() || !observation.period().empty())) {
      context_.plans[PlanKey(observation)] = {observation.metric(), observation.period()};
    } else if (told != context_.plans.end() && metric.is_spending && (plan || !choice.said)) {
      observation.set_stance(v1::STANCE_PLAN);
      observation.set_metric(told->second.metric);
      observation.set_period(told->second.period);
    }
  }

  // "31 million, or 1.24 per share": the same thing in other words, so of the same time.
  bool RestatesLast(size_t at) const {
    size_t i = at;
    while (i > 0 && reading_.IsCue(i - 1, Cue::kGlue)) --i;
    return attachments_[at].side == Side::kChain && i > 0 && reading_.IsCue(i - 1, Cue::kOr) && context_.last;
  }

  void ReadStates() {
    const catalog::Metric* subject = context_.subjects.last;
    for (const StateFact& fact : FindStates({reading_, attachments_, frame_.catalog, subject})) {
      auto stance = ReadStance(reading_, fact.at, *fact.metric);
      if (fact.plan) stance = reading_.Has(Cue::kExpect) ? v1::STANCE_GUIDANCE : v1::STANCE_PLAN;
      if (!stance) continue;
      const SegmentChoice segment = ChooseSegment(reading_, fact.subject, fact.at, *fact.metric, frame_.company,
                                                  frame_.time.term, context_.scope);
      if (IsReasonOfUnknownPart(fact, segment)) continue;
      v1::Observation observation = Draft(fact.at, *fact.metric, segment.segment, v1::KIND_STATE, *stance);
      observation.set_state(fact.state);
      observation.set_period(fiscal::ToString(StatePeriod(fact, *stance)));
      observation.set_confidence(Confidence({.side = Side::kLeft,
                                             .cost = 1,
                                             .segment = segment.source,
                                             .stance = *stance,
                                             .language = reading_.language,
                                             .role = utterance_.speaker().role()}));
      Remember(fact.metric, false);
      out_.observations.push_back(std::move(observation));
    }
  }

  fiscal::Period StatePeriod(const StateFact& fact, v1::Stance stance) const {
    if (fact.plan) {
      for (const TimePhrase& time : reading_.times) {
        if (time.relation == TimeRelation::kFuture && time.period.kind != fiscal::Period::Kind::kOpen)
          return time.period;
      }
    }
    return ChoosePeriod(reading_, fact.at, *fact.metric, v1::KIND_STATE, stance, frame_.time, context_.times).period;
  }

  // "…, due to revenue growth": of which part is not said.
  bool IsReasonOfUnknownPart(const StateFact& fact, const SegmentChoice& segment) const {
    const bool unknown = segment.source == ScopeSource::kContext || segment.source == ScopeSource::kDefault;
    return unknown && fact.state == v1::STATE_INCREASED && reading_.Has(Cue::kReason, 0, fact.at);
  }

  // "20.07 billion. Pardon me, 20.7 billion"
  bool SaidSorryBefore(size_t at) const {
    for (size_t i = at; i-- > 0 && at - i <= kSorryReach;) {
      if (reading_.IsCue(i, Cue::kSorry)) return true;
      if (reading_.items[i].type == ItemType::kFigure) return false;
    }
    return false;
  }

  // A figure without a metric that corrects one that has it.
  bool CorrectsLast(size_t at) {
    if (!SaidSorryBefore(at) || !context_.last) return false;
    const quantity::Quantity& figure = reading_.quantities[reading_.items[at].index];
    if (figure.unit != context_.last->unit() && figure.has_unit) return false;
    v1::Observation corrected = *context_.last;
    corrected.set_value(figure.value);
    corrected.mutable_evidence()->set_figure_begin(static_cast<int>(reading_.items[at].begin));
    corrected.mutable_evidence()->set_figure_end(static_cast<int>(reading_.items[at].end));
    Explain(at, "corrects the figure before it", true);
    Retract(corrected);
    context_.last = corrected;
    out_.observations.push_back(std::move(corrected));
    return true;
  }

  void Retract(const v1::Observation& corrected) {
    v1::Correction correction;
    *correction.mutable_corrected() = corrected;
    if (context_.last && context_.last->unit() == corrected.unit()) {
      *correction.mutable_retracted() = *context_.last;
      std::erase_if(out_.observations, [&](const v1::Observation& o) {
        return o.metric() == context_.last->metric() && o.value() == context_.last->value();
      });
    } else if (context_.last_loose && context_.last_loose_unit == corrected.unit()) {
      *correction.mutable_retracted() = corrected;
      correction.mutable_retracted()->set_value(*context_.last_loose);
    } else {
      return;
    }
    out_.corrections.push_back(std::move(correction));
  }

  void SortByPlace() {
    std::stable_sort(out_.observations.begin(), out_.observations.end(), [](const auto& a, const auto& b) {
      return a.evidence().figure_begin() < b.evidence().figure_begin();
    });
  }

  void AdvanceContext() {
    std::string segment;
    for (const v1::Observation& observation : out_.observations) {
      const catalog::Metric* metric = frame_.catalog.FindMetric(observation.metric());
      const bool placed = metric != nullptr && !metric->whole_company && !IsAlwaysAtHome(observation.metric());
      if (placed && segment.empty()) segment = observation.segment();
    }
    Advance(reading_, segment, context_.scope);
    Advance(reading_, context_.times);
    for (const Item& item : reading_.items) {
      if (item.type != ItemType::kMetric || item.meaning->weak) continue;
      if (item.meaning->metric->is_spending) context_.subjects.spending = item.meaning->metric;
      if (out_.observations.empty()) context_.subjects.last = item.meaning->metric;
    }
  }

  bool IsAlwaysAtHome(const std::string& metric) const {
    if (frame_.company == nullptr) return false;
    const auto home = frame_.company->homes.find(metric);
    return home != frame_.company->homes.end() && home->second.always;
  }

  const CallFrame& frame_;
  const v1::Utterance& utterance_;
  Context& context_;
  Reading reading_;
  std::vector<Attachment> attachments_;
  SentenceFacts out_;
};

}  // namespace

SentenceFacts UnderstandSentence(std::string_view sentence, const CallFrame& frame, const v1::Utterance& utterance,
                                 Context& context) {
  return SentenceReader(sentence, frame, utterance, context).Run();
}

}  // namespace earshot::extract
