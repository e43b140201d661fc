// What conditions and annotations may speak of: the variables of the rule language and their types.
//
//   o          Observation   the observation that the rule looks at
//   previous   Observation   the last ACTUAL one of an earlier period of the same length
//   year_ago   Observation   the ACTUAL one of exactly one year before
//   plan       Observation   the latest PLAN for the metric and segment
//   guidance   Observation   the latest GUIDANCE for them
//   history    list(Observation)  one a period before o's, the latest first: history[0] is previous
//   call       Call          company, name, fiscal_period, date, title
//
// Observations, their fields and the functions for large amounts are those of common/dialect. What is absent (previous
// without history) is an error when read: the rule is not applicable.
#pragma once

#include "common/expr/environment.h"

namespace earshot::rule_engine {

// Immutable; one for the process; thread-safe.
class Language {
 public:
  static const Language& Get();

  const expr::Environment& environment() const { return environment_; }
  const expr::MessageType& call() const { return *call_; }

  struct Variables {
    expr::VariableId o, previous, year_ago, plan, guidance, history, call;
  };
  const Variables& variables() const { return variables_; }

 private:
  Language();

  expr::Environment environment_;
  const expr::MessageType* call_ = nullptr;
  Variables variables_{};
};

}  // namespace earshot::rule_engine
