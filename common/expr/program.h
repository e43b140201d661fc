// A compiled expression: checked, planned, ready to be evaluated any number of times.
//
//   CompileResult compiled = Compile(env, "o.value > 1.10 * plan.per_quarter");
//   if (!compiled.ok()) return InvalidArgument("{}", RenderDiagnostics(source, compiled.diagnostics));
//   Arena arena;
//   Value fires = compiled.program->Evaluate(activation, arena);
//   if (fires.is_error()) …  // kAbsent: the rule is not applicable
//   std::string why = compiled.program->Describe(fires.error());
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/expr/activation.h"
#include "common/expr/diagnostic.h"
#include "common/expr/environment.h"
#include "common/expr/trace.h"
#include "common/expr/type.h"
#include "common/expr/value.h"

namespace earshot::expr {

// In visits of a node (a few nanoseconds each). What it ends is an error of kind kBudget.
inline constexpr uint64_t kDefaultBudget = 500'000;

struct EvaluateOptions {
  uint64_t budget = kDefaultBudget;
  Trace* trace = nullptr;  // filled if given; costs nothing if not
};

// Immutable and thread-safe.
class Program {
 public:
  virtual ~Program() = default;

  // Never throws. The result is an error value where evaluation failed, and points into the arena, the program and the
  // activation's data: it is good as long as all three are.
  virtual Value Evaluate(const Activation& activation, Arena& arena, const EvaluateOptions& options = {}) const = 0;

  // The deduced type of the whole expression.
  virtual const Type& result_type() const = 0;

  virtual const std::string& source() const = 0;

  // The variables that it can read, in order of first appearance in the text.
  virtual const std::vector<VariableId>& variables() const = 0;

  // An error as text with line, column and caret.
  std::string Describe(const Error& error, std::string_view name = "expression") const;
};

struct CompileOptions {
  // False: errors of the check are not reported; they show up when evaluated.
  bool check = true;
};

struct CompileResult {
  std::shared_ptr<const Program> program;  // null if there are diagnostics
  std::vector<Diagnostic> diagnostics;     // in the order of the text

  bool ok() const { return program != nullptr; }
};

// All errors of the check are reported; of the syntax the first. Limits: 100,000 characters, depth 250. `env` has to
// outlive the program.
CompileResult Compile(const Environment& env, std::string_view source, const CompileOptions& options = {});

// The same where `want` is the type that the expression has to have (dyn is taken too: look at the kind of the
// result).
CompileResult CompileAs(const Environment& env, std::string_view source, const Type& want);

// INVALID_ARGUMENT with the rendered diagnostics in place of the list.
absl::StatusOr<std::shared_ptr<const Program>> CompileOrStatus(const Environment& env, std::string_view source);

}  // namespace earshot::expr
