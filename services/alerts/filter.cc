#include "services/alerts/filter.h"

#include "common/base/status.h"
#include "common/expr/diagnostic.h"
#include "common/rpc/error_details.h"
#include "services/alerts/alert_language.h"

namespace earshot::alerts {
namespace {

// What a filter may cost for one alert, in visits of a node: streams share their threads.
constexpr uint64_t kFilterBudget = 20'000;
constexpr size_t kMaxFilterBytes = 4096;

}  // namespace

absl::StatusOr<Filter> Filter::Compile(std::string_view text) {
  Filter filter;
  filter.text_ = std::string(text);
  if (text.empty()) return filter;
  absl::Status error;
  if (text.size() > kMaxFilterBytes) {
    error = InvalidArgument("the filter has {} bytes; {} are allowed", text.size(), kMaxFilterBytes);
  } else {
    const expr::CompileResult compiled = expr::CompileAs(AlertLanguage::Get().environment(), text, expr::Type::Bool());
    filter.program_ = compiled.program;
    if (!compiled.ok()) error = InvalidArgument("{}", expr::RenderDiagnostics(text, compiled.diagnostics, "filter"));
  }
  if (error.ok()) return filter;
  const std::string message(Message(error));
  return rpc::WithReason(rpc::WithFieldViolation(std::move(error), "filter", message), "FILTER_INVALID");
}

bool Filter::Passes(const v1::Alert& alert) const {
  if (program_ == nullptr) return true;
  thread_local expr::Arena arena;
  arena.Reset();
  const expr::Bindings bindings = AlertLanguage::Get().Bind(alert, arena);
  const expr::Value value = program_->Evaluate(bindings, arena, {.budget = kFilterBudget});
  return value.Is(expr::Kind::kBool) && value.bool_value();
}

}  // namespace earshot::alerts
