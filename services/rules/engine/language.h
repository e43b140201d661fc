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
// Fields are flat and named as in earshot.v1.Observation; enumerations are their short names ("AMOUNT", "ACTUAL").
// In addition: quote and language of the evidence; quarters (how many the period has); per_quarter and per_year (an
// amount spread over its period: plan.per_quarter).
// What is absent (o.value of a state, previous without history) is an error when read: the rule is not applicable.
// Functions besides the standard library: bn(38.6), mn(250).
#pragma once

#include <string_view>

#include "common/expr/environment.h"
#include "earshot/v1/observation.pb.h"

namespace earshot::rule_engine {

// Immutable; one for the process; thread-safe.
class Language {
 public:
  static const Language& Get();

  const expr::Environment& environment() const { return environment_; }
  const expr::MessageType& observation() const { return *observation_; }
  const expr::MessageType& call() const { return *call_; }

  struct Variables {
    expr::VariableId o, previous, year_ago, plan, guidance, history, call;
  };
  const Variables& variables() const { return variables_; }

 private:
  Language();

  expr::Environment environment_;
  const expr::MessageType* observation_ = nullptr;
  const expr::MessageType* call_ = nullptr;
  Variables variables_{};
};

// "AMOUNT" of KIND_AMOUNT: the name in the file without what the names of the enum share. "UNSPECIFIED" for 0.
std::string_view ShortName(v1::Kind kind);
std::string_view ShortName(v1::Bound bound);
std::string_view ShortName(v1::Basis basis);
std::string_view ShortName(v1::Adjustment adjustment);
std::string_view ShortName(v1::Stance stance);
std::string_view ShortName(v1::State state);
std::string_view ShortName(v1::Section section);
std::string_view ShortName(v1::SpeakerRole role);

}  // namespace earshot::rule_engine
