#include "services/rules/engine/engine.h"

#include "common/wire/identity.h"
#include "fmt/format.h"
#include "services/rules/engine/alert.h"

namespace earshot::rule_engine {
namespace {

// What is wrong with an event; empty where nothing is.
std::string FindFault(const v1::CallEvent& event) {
  if (event.call().company().empty()) return "the event's call names no company";
  if (event.call().name().empty()) return "the event's call has no name";
  if (event.sequence() < 0 || event.revision() < 0) return "sequence and revision must not be negative";
  const std::string prefix = event.call().name() + "/observations/";
  for (const v1::Observation& observation : event.observations()) {
    if (!observation.name().starts_with(prefix)) {
      return fmt::format("observation '{}' is not of the event's call '{}'", observation.name(), event.call().name());
    }
    if (observation.evidence().sequence() != event.sequence()) {
      return fmt::format("observation '{}' stands on utterance {}, the event is of {}", observation.name(),
                         observation.evidence().sequence(), event.sequence());
    }
  }
  return {};
}

// Words that may still change are carried and not yet judged.
bool IsFinal(const v1::CallEvent& event) { return event.utterance().status() != v1::UTTERANCE_STATUS_PARTIAL; }

// Place of an event among those of its call. An end has places of its own: a call may go on behind one, where an
// instance that did not know of it takes more, and that must not pass for a repetition.
int EventPlaceOf(const v1::CallEvent& event) {
  return event.kind() == v1::CALL_EVENT_KIND_CALL_ENDED ? -event.sequence() : event.sequence();
}

// Compares with what has been applied under the same identity.
Decision Admit(const v1::CallEvent& event, uint64_t content_hash, const Company& company) {
  if (std::string fault = FindFault(event); !fault.empty()) {
    return {.disposition = Disposition::kMalformed, .problem = std::move(fault)};
  }
  const auto call = company.calls.find(event.call().name());
  if (call == company.calls.end()) return {};
  const auto applied = call->second.events.find(EventPlaceOf(event));
  if (applied == call->second.events.end() || applied->second.revision < event.revision()) return {};
  if (applied->second.revision > event.revision() || applied->second.content_hash == content_hash) {
    return {.disposition = Disposition::kDuplicate};
  }
  return {.disposition = Disposition::kConflict,
          .problem = fmt::format("{} came again with other content; the first stays",
                                 wire::CallEventName(event.call().name(), event.sequence(), event.revision()))};
}

void Remember(const v1::CallEvent& event, uint64_t content_hash, Company& company) {
  AppliedCall& call = company.calls[event.call().name()];
  if (!event.call().date().empty()) call.date = event.call().date();
  if (!event.call().fiscal_period().empty()) call.fiscal_period = event.call().fiscal_period();
  const bool is_revision = call.events.contains(EventPlaceOf(event));
  call.events[EventPlaceOf(event)] = {event.revision(), content_hash};
  company.history.SetTime(event.call().name(), CallTime::Of(call.date, call.fiscal_period));
  if (is_revision) company.history.Remove(event.call().name(), event.sequence());
  if (!IsFinal(event)) return;
  for (const v1::Observation& observation : event.observations()) company.history.Add(observation);
}

}  // namespace

Decision Engine::Apply(const v1::CallEvent& event, const RuleSet* rules, Company& company) {
  const uint64_t content_hash = wire::ContentHashOf(event);
  Decision decision = Admit(event, content_hash, company);
  if (decision.disposition != Disposition::kApplied) return decision;
  Remember(event, content_hash, company);
  if (rules != nullptr && IsFinal(event)) Decide(event, *rules, company, decision);
  return decision;
}

void Engine::Decide(const v1::CallEvent& event, const RuleSet& rules, Company& company, Decision& decision) {
  for (const v1::Observation& observation : event.observations()) {
    DecideObservation(event, observation, rules, company, decision);
  }
}

void Engine::DecideObservation(const v1::CallEvent& event, const v1::Observation& observation, const RuleSet& rules,
                               Company& company, Decision& decision) {
  rules.FindCandidates(observation.company(), observation.metric(), candidates_);
  if (candidates_.empty()) return;
  const Remembered* original =
      observation.translation_of().empty() ? nullptr : company.history.Find(observation.translation_of());
  LookBack look_back(observation, event.call(), company.history, rules.lineage());
  const Subject subject{observation, event.call(), look_back};
  for (const Rule* rule : candidates_) {
    if (!rule->match.Matches(observation)) continue;
    // The original has been judged by this rule: its translation says nothing new.
    if (original != nullptr && rule->match.Matches(original->observation)) {
      ++decision.counts.repeated;
      continue;
    }
    DecideRule(event, *rule, original == nullptr ? observation : original->observation, subject, company, decision);
  }
}

void Engine::DecideRule(const v1::CallEvent& event, const Rule& rule, const v1::Observation& about,
                        const Subject& subject, Company& company, Decision& decision) {
  EvaluationCounts& counts = decision.counts;
  std::string name = AlertNameOf(rule, event.call().company(), about);
  if (company.alerts.contains(name)) {
    ++counts.repeated;
    return;
  }
  switch (evaluator_.Evaluate(rule, subject)) {
    case Outcome::kDoesNotHold:
      ++counts.did_not_hold;
      return;
    case Outcome::kNotApplicable:
      ++counts.not_applicable;
      return;
    case Outcome::kFailed:
      ++counts.failed;
      evaluator_.Evaluate(rule, subject, &counts.failures.emplace_back());
      return;
    case Outcome::kHolds:
      ++counts.held;
      break;
  }
  const std::string rule_name = wire::RuleName(rule.name);
  if (rule.limit > 0 && company.CountRaised(rule_name, event.call().name()) >= rule.limit) {
    ++counts.limited;
    return;
  }
  decision.alerts.push_back(MakeAlert(rule, event, about, subject, evaluator_));
  company.alerts[std::move(name)] = {.revision = 1, .rule = rule_name, .call = event.call().name()};
}

}  // namespace earshot::rule_engine
