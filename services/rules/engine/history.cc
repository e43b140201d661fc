#include "services/rules/engine/history.h"

#include <algorithm>
#include <map>

#include "services/rules/engine/period_order.h"

namespace earshot::rule_engine {
namespace {

std::string_view CallOf(std::string_view observation_name) {
  return observation_name.substr(0, observation_name.find("/observations/"));
}

// Management knows; an interpreter renders it; others restate and guess.
int RankOf(v1::SpeakerRole role) {
  switch (role) {
    case v1::SPEAKER_ROLE_MANAGEMENT:
      return 0;
    case v1::SPEAKER_ROLE_INTERPRETER:
      return 1;
    case v1::SPEAKER_ROLE_ANALYST:
    case v1::SPEAKER_ROLE_OPERATOR:
      return 3;
    default:
      return 2;
  }
}

}  // namespace

CallTime CallTime::Of(std::string_view date, std::string_view fiscal_period) {
  CallTime time{.date = std::string(date)};
  if (const auto term = fiscal::ParseTerm(fiscal_period); term.ok()) time.term = *term;
  return time;
}

bool CallTime::Before(const CallTime& a, const CallTime& b) {
  if (!a.date.empty() && !b.date.empty()) return a.date < b.date;
  if (!a.term || !b.term || a.term->is_quarter() != b.term->is_quarter()) return false;
  return *a.term < *b.term;
}

void History::SetTime(std::string_view call, CallTime time) { times_[std::string(call)] = std::move(time); }

const CallTime& History::TimeOf(std::string_view call) const {
  static const CallTime unknown;
  const auto found = times_.find(call);
  return found == times_.end() ? unknown : found->second;
}

void History::Add(const v1::Observation& observation) {
  const auto period = fiscal::ParsePeriod(observation.period());
  observations_.push_back({.observation = observation,
                           .period = period.ok() ? *period : fiscal::Period{},
                           .call = std::string(CallOf(observation.name())),
                           .order = next_order_++});
  series_[observation.metric()][observation.segment()].push_back(&observations_.back());
  bytes_ += observation.ByteSizeLong();
  while (bytes_ > kMaxBytes && observations_.size() > 1) ForgetOldestCall();
}

void History::Forget(std::list<Remembered>::iterator entry) {
  const v1::Observation& observation = entry->observation;
  bytes_ -= observation.ByteSizeLong();
  std::erase(series_[observation.metric()][observation.segment()], &*entry);
  observations_.erase(entry);
}

void History::ForgetOldestCall() {
  const std::string call = observations_.front().call;
  // Where all is one call, its oldest half has to do.
  const bool is_only_call = observations_.back().call == call;
  size_t left = is_only_call ? (observations_.size() + 1) / 2 : observations_.size();
  for (auto it = observations_.begin(); it != observations_.end() && left > 0; --left) {
    const auto entry = it++;
    if (entry->call == call) Forget(entry);
  }
}

void History::Remove(std::string_view call, int sequence) {
  for (auto it = observations_.begin(); it != observations_.end();) {
    const auto entry = it++;
    if (entry->call == call && entry->observation.evidence().sequence() == sequence) Forget(entry);
  }
}

const std::vector<const Remembered*>& History::Series(std::string_view metric, std::string_view segment) const {
  static const std::vector<const Remembered*> none;
  const auto of_metric = series_.find(metric);
  if (of_metric == series_.end()) return none;
  const auto of_segment = of_metric->second.find(segment);
  return of_segment == of_metric->second.end() ? none : of_segment->second;
}

const Remembered* History::Find(std::string_view name) const {
  for (auto it = observations_.rbegin(); it != observations_.rend(); ++it) {
    if (it->observation.name() == name) return &*it;
  }
  return nullptr;
}

LookBack::LookBack(const v1::Observation& observation, const v1::Call& call, const History& history,
                   const Lineage& lineage)
    : observation_(observation), history_(history), time_(CallTime::Of(call.date(), call.fiscal_period())) {
  if (const auto period = fiscal::ParsePeriod(observation.period()); period.ok()) period_ = *period;
  segments_.push_back(observation.segment());
  for (const std::string& segment : lineage.PredecessorsOf(call.company(), observation.segment())) {
    segments_.push_back(segment);
  }
}

// Of the same metric, kind and unit, up to this call.
std::vector<LookBack::Candidate> LookBack::Said(v1::Stance stance) const {
  std::vector<Candidate> said;
  for (size_t i = 0; i < segments_.size(); ++i) {
    for (const Remembered* remembered : history_.Series(observation_.metric(), segments_[i])) {
      const v1::Observation& other = remembered->observation;
      if (other.stance() == stance && other.kind() == observation_.kind() && other.unit() == observation_.unit() &&
          other.name() != observation_.name() && !CallTime::Before(time_, history_.TimeOf(remembered->call))) {
        said.push_back({remembered, i});
      }
    }
  }
  return said;
}

std::vector<LookBack::Candidate> LookBack::SaidOfSeries() const {
  std::vector<Candidate> said = Said(v1::STANCE_ACTUAL);
  std::erase_if(said, [this](const Candidate& candidate) {
    const v1::Observation& other = candidate.remembered->observation;
    return other.basis() != observation_.basis() || other.adjustment() != observation_.adjustment();
  });
  return said;
}

bool LookBack::IsBetter(const Candidate& a, const Candidate& b) const {
  if (a.lineage != b.lineage) return a.lineage < b.lineage;
  const v1::Observation& of_a = a.remembered->observation;
  const v1::Observation& of_b = b.remembered->observation;
  const int rank_a = RankOf(of_a.speaker().role());
  const int rank_b = RankOf(of_b.speaker().role());
  if (rank_a != rank_b) return rank_a < rank_b;
  if (of_a.translation_of().empty() != of_b.translation_of().empty()) return of_a.translation_of().empty();
  const CallTime& time_a = history_.TimeOf(a.remembered->call);
  const CallTime& time_b = history_.TimeOf(b.remembered->call);
  if (CallTime::Before(time_b, time_a)) return true;
  if (CallTime::Before(time_a, time_b)) return false;
  return a.remembered->order > b.remembered->order;
}

const std::vector<const v1::Observation*>& LookBack::Priors() {
  if (priors_) return *priors_;
  priors_.emplace();
  const auto own = PlaceOf(period_);
  if (!own) return *priors_;
  std::map<int64_t, Candidate, std::greater<>> best;  // by period, the latest first
  for (const Candidate& candidate : SaidOfSeries()) {
    const auto place = PlaceOf(candidate.remembered->period);
    if (!place || !place->IsComparable(*own) || place->ordinal >= own->ordinal) continue;
    const auto [at, added] = best.try_emplace(place->ordinal, candidate);
    if (!added && IsBetter(candidate, at->second)) at->second = candidate;
  }
  for (const auto& [ordinal, candidate] : best) priors_->push_back(&candidate.remembered->observation);
  return *priors_;
}

const v1::Observation* LookBack::Previous() { return Priors().empty() ? nullptr : Priors().front(); }

const v1::Observation* LookBack::YearAgo() {
  if (year_ago_) return *year_ago_;
  std::optional<Candidate> best;
  for (const Candidate& candidate : SaidOfSeries()) {
    if (!IsYearBefore(candidate.remembered->period, period_)) continue;
    if (!best || IsBetter(candidate, *best)) best = candidate;
  }
  year_ago_ = best ? &best->remembered->observation : nullptr;
  return *year_ago_;
}

const v1::Observation* LookBack::FindStatement(v1::Stance stance) const {
  std::optional<Candidate> best;
  Coverage best_coverage = Coverage::kNone;
  const bool is_statement = observation_.stance() == stance;
  for (const Candidate& candidate : Said(stance)) {
    if (is_statement && candidate.remembered->call == CallOf(observation_.name())) continue;
    const Coverage coverage = CoverageOf(candidate.remembered->period, period_);
    if (coverage == Coverage::kNone) continue;
    if (!best || coverage < best_coverage || (coverage == best_coverage && IsBetter(candidate, *best))) {
      best = candidate;
      best_coverage = coverage;
    }
  }
  return best ? &best->remembered->observation : nullptr;
}

const v1::Observation* LookBack::Plan() {
  if (!plan_) plan_ = FindStatement(v1::STANCE_PLAN);
  return *plan_;
}

const v1::Observation* LookBack::Guidance() {
  if (!guidance_) guidance_ = FindStatement(v1::STANCE_GUIDANCE);
  return *guidance_;
}

}  // namespace earshot::rule_engine
