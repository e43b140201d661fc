#include "common/expr/program.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "common/base/status.h"
#include "common/expr/checker.h"
#include "common/expr/parser.h"
#include "common/expr/planner.h"
#include "common/text/source_text.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

class PlannedProgram final : public Program {
 public:
  explicit PlannedProgram(std::string_view source) : source_(source) {}

  ~PlannedProgram() override { delete traced_.load(std::memory_order_acquire); }

  // What is wrong; the program is good if that is nothing.
  std::vector<CheckError> Build(const Environment& env, bool check) {
    auto parsed = Parse(source_, constants_);
    if (auto* error = std::get_if<SyntaxError>(&parsed)) {
      return {{Span{error->begin, error->end}, std::move(error->message), ""}};
    }
    tree_ = std::move(std::get<ExprPtr>(parsed));
    std::vector<CheckError> errors = Check(env, *tree_);
    if (check && !errors.empty()) return errors;
    plan_ = MakePlan(*tree_, source_, constants_, false);
    return check ? std::move(plan_.errors) : std::vector<CheckError>();
  }

  Value Evaluate(const Activation& activation, Arena& arena, const EvaluateOptions& options) const override {
    const Node& root = options.trace == nullptr ? *plan_.root : TracedRoot();
    Frame frame(arena, options.budget, activation, plan_.variables.size(), plan_.locals, options.trace);
    if (!frame.Charge(plan_.cost)) return frame.Locate(frame.BudgetError(), tree_->span);
    return root.Evaluate(frame);
  }

  const Type& result_type() const override { return tree_->type; }
  const std::string& source() const override { return source_; }
  const std::vector<VariableId>& variables() const override { return plan_.variables; }

 private:
  // A tree that records its operands, and the constants in it.
  struct TracedPlan {
    Arena constants;
    NodePtr root;
  };

  // Made when it is first wanted. Where several threads make one, the first stays.
  const Node& TracedRoot() const {
    if (const TracedPlan* made = traced_.load(std::memory_order_acquire)) return *made->root;
    auto plan = std::make_unique<TracedPlan>();
    plan->root = MakePlan(*tree_, source_, plan->constants, true).root;
    const TracedPlan* first = nullptr;
    if (traced_.compare_exchange_strong(first, plan.get(), std::memory_order_acq_rel)) return *plan.release()->root;
    return *first->root;
  }

  std::string source_;
  Arena constants_;
  ExprPtr tree_;
  Plan plan_;
  mutable std::atomic<const TracedPlan*> traced_ = nullptr;
};

std::vector<Diagnostic> ToDiagnostics(std::string_view source, std::vector<CheckError> errors) {
  const SourceText text("", std::string(source));
  std::vector<Diagnostic> diagnostics;
  for (CheckError& error : errors) {
    const LineColumn at = text.Locate(error.at.begin);
    diagnostics.push_back(
        {error.at.begin, error.at.end, at.line, at.column, std::move(error.message), std::move(error.suggestion)});
  }
  return diagnostics;
}

}  // namespace

std::string Program::Describe(const Error& error, std::string_view name) const {
  const Diagnostic diagnostic{.offset = error.offset, .end = error.end, .message = std::string(error.message)};
  return RenderDiagnostics(source(), {&diagnostic, 1}, name);
}

CompileResult Compile(const Environment& env, std::string_view source, const CompileOptions& options) {
  auto program = std::make_shared<PlannedProgram>(source);
  CompileResult result;
  result.diagnostics = ToDiagnostics(source, program->Build(env, options.check));
  if (result.diagnostics.empty()) result.program = std::move(program);
  return result;
}

CompileResult CompileAs(const Environment& env, std::string_view source, const Type& want) {
  CompileResult result = Compile(env, source);
  if (!result.ok()) return result;
  const Type& got = result.program->result_type();
  if (got.Is(TypeKind::kDyn) || got == want) return result;
  const std::string message = fmt::format("the expression has to be {}, this is {}", want.ToString(), got.ToString());
  const size_t begin = std::min(source.find_first_not_of(" \t\r\n"), source.size());
  result.diagnostics = ToDiagnostics(source, {{Span{begin, source.size()}, message, ""}});
  result.program = nullptr;
  return result;
}

absl::StatusOr<std::shared_ptr<const Program>> CompileOrStatus(const Environment& env, std::string_view source) {
  CompileResult result = Compile(env, source);
  if (!result.ok()) return InvalidArgument("{}", RenderDiagnostics(source, result.diagnostics));
  return std::move(result.program);
}

}  // namespace earshot::expr
