// Decides: a call event, the rules that are active, what is known of the company -> alerts. A pure function: no clock,
// no I/O, no metrics. The same events from the same state give the same alerts with the same names, whether live, after
// a restart, in a test or in a backtest.
//
//   Engine engine;
//   Company company{.ticker = "BABA"};
//   Decision decision = engine.Apply(event, rules, company);
//   for (const v1::Alert& alert : decision.alerts) …
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "earshot/v1/alert.pb.h"
#include "earshot/v1/call_event.pb.h"
#include "services/rules/engine/company.h"
#include "services/rules/engine/evaluation.h"
#include "services/rules/engine/rule_set.h"

namespace earshot::rule_engine {

enum class Disposition {
  kApplied,
  kDuplicate,  // the same identity with the same content, or a revision below one that has been applied
  kConflict,   // the same identity with other content: the first wins
  kMalformed,  // breaks what the message promises
};

struct EvaluationCounts {
  int held = 0;
  int did_not_hold = 0;
  int not_applicable = 0;
  int failed = 0;
  int repeated = 0;                   // raised before: not evaluated again
  int limited = 0;                    // over the limit of the rule's group
  std::vector<std::string> failures;  // of the failed: why, with place and caret
};

struct Decision {
  Disposition disposition = Disposition::kApplied;
  std::string problem;  // of a conflict or a malformed event: what is wrong
  std::vector<v1::Alert> alerts;
  EvaluationCounts counts;
};

// Keeps scratch memory only: one per thread.
class Engine {
 public:
  // Changes `company` if the event is applied. `rules` null: nothing is active yet; the event is remembered. Alerts
  // have all times of the event and none of their own.
  Decision Apply(const v1::CallEvent& event, const RuleSet* rules, Company& company);

 private:
  void Decide(const v1::CallEvent& event, const RuleSet& rules, Company& company, Decision& decision);
  void DecideObservation(const v1::CallEvent& event, const v1::Observation& observation, const RuleSet& rules,
                         Company& company, Decision& decision);
  void DecideRule(const v1::CallEvent& event, const Rule& rule, const v1::Observation& about, const Subject& subject,
                  Company& company, Decision& decision);

  Evaluator evaluator_;
  std::vector<const Rule*> candidates_;
};

}  // namespace earshot::rule_engine
