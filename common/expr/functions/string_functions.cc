#include "common/expr/functions/library.h"
#include "common/expr/regex.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value ContainsText(CallContext& context, Arguments a) {
  if (!context.ChargeText(a[0].text().size())) return context.BudgetError();
  return Value::Bool(a[0].text().find(a[1].text()) != std::string_view::npos);
}

Value StartsWithText(CallContext&, Arguments a) { return Value::Bool(a[0].text().starts_with(a[1].text())); }
Value EndsWithText(CallContext&, Arguments a) { return Value::Bool(a[0].text().ends_with(a[1].text())); }

// A pattern known only now; the planner compiles constant ones.
Value MatchesText(CallContext& context, Arguments a) {
  constexpr uint64_t kCompileCost = 200;
  if (!context.Charge(kCompileCost + a[1].text().size())) return context.BudgetError();
  const auto pattern = CompilePattern(a[1].text());
  if (!pattern->ok()) {
    return context.Fail(ErrorKind::kInvalidArgument, fmt::format("bad pattern: {}", pattern->error()));
  }
  return MatchPattern(context, a[0].text(), *pattern);
}

}  // namespace

void AddStringFunctions(Environment& env) {
  const Type text = Type::String();
  AddMethod(env, "contains", {text, text}, Type::Bool(), ContainsText);
  AddMethod(env, "startsWith", {text, text}, Type::Bool(), StartsWithText);
  AddMethod(env, "endsWith", {text, text}, Type::Bool(), EndsWithText);
  AddMethod(env, "matches", {text, text}, Type::Bool(), MatchesText);
  AddFunction(env, "matches", {text, text}, Type::Bool(), MatchesText);
}

}  // namespace earshot::expr
