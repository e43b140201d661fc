// A small world for tests: an observation, one before it, a plan, a history.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/expr/activation.h"
#include "common/expr/arena.h"
#include "common/expr/environment.h"
#include "common/expr/program.h"

namespace earshot::expr {

struct TestObservation {
  std::string metric = "capex";
  std::string kind = "AMOUNT";
  std::optional<double> value = 38.6e9;
  std::optional<double> value_high;
  int64_t line = 12;
  std::vector<std::string> tags = {"cloud", "ai"};
};

struct TestPlan {
  double per_quarter = 31.67e9;
  TestObservation said;
};

// `o`, `plan` and `history` are bound, `previous` is absent.
class TestCompany {
 public:
  TestCompany();

  Environment env;
  TestObservation observation;
  TestPlan plan;
  std::vector<TestObservation> history;
  Bindings bindings;
  Arena arena;

  const MessageType* observation_type = nullptr;
  const MessageType* plan_type = nullptr;

  // The result for people: "true", "38600000000.0", "error(absent: previous)", or the diagnostics.
  std::string Run(std::string_view source, const EvaluateOptions& options = {});
  // The rendered diagnostics; "" if there are none.
  std::string Diagnose(std::string_view source) const;
  // The rendered error of the evaluation; "" if there is none.
  std::string Complain(std::string_view source);
  std::string TypeOf(std::string_view source) const;
};

}  // namespace earshot::expr
