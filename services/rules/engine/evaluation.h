// One rule on one observation: whether it holds, and why.
#pragma once

#include <string>
#include <vector>

#include "common/expr/arena.h"
#include "earshot/v1/alert.pb.h"
#include "earshot/v1/call.pb.h"
#include "earshot/v1/observation.pb.h"
#include "services/rules/engine/history.h"
#include "services/rules/engine/language.h"
#include "services/rules/engine/rule.h"

namespace earshot::rule_engine {

enum class Outcome {
  kHolds,
  kDoesNotHold,
  kNotApplicable,  // it reads what is absent
  kFailed,         // a division by zero, the budget: the rule's own fault
};

// What an evaluation sees. Borrows all of it; observation and call as they are in the event.
struct Subject {
  const v1::Observation& observation;
  const v1::Call& call;
  LookBack& look_back;
};

// Evaluates conditions and annotations. Keeps memory for reuse: one per thread. Pure otherwise.
class Evaluator {
 public:
  Evaluator();

  // `problem`, where given, gets the error with place and caret.
  Outcome Evaluate(const Rule& rule, const Subject& subject, std::string* problem = nullptr);

  // The single values that the condition read, each once, in the order of the text; with the observation that it was
  // read from where that is not the rule's own.
  std::vector<v1::Operand> Operands(const Rule& rule, const Subject& subject);

  // An annotation that fails gives a text that says so.
  std::string Annotate(const expr::Program& text, const Subject& subject);

 private:
  expr::Arena arena_;
  const Language& language_;
};

}  // namespace earshot::rule_engine
