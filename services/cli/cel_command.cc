#include <memory>
#include <ostream>
#include <string>

#include "common/expr/json_values.h"
#include "services/cli/commands.h"

namespace earshot::cli {
namespace {

struct CelOptions {
  std::string expression;
  std::string bindings;
};

}  // namespace

Action DeclareCel(Flags& flags) {
  auto options = std::make_shared<CelOptions>();
  flags.AddPositional("EXPR", options->expression, "Expression in CEL, the language of rules and filters.").Required();
  flags.Add("bindings", options->bindings, "JSON", "Variables and their values: {\"x\": 1}.");
  return [options](Console& console) -> int {
    const auto result = expr::EvaluateToJson(options->expression, options->bindings);
    if (!result.ok()) return Fail(console, result.status());
    console.out << *result << "\n";
    return kGood;
  };
}

}  // namespace earshot::cli
