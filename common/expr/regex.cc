#include "common/expr/regex.h"

namespace earshot::expr {

std::unique_ptr<const re2::RE2> CompilePattern(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  return std::make_unique<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
}

Value MatchPattern(CallContext& context, std::string_view text, const re2::RE2& pattern) {
  if (!context.ChargeText(text.size())) return context.BudgetError();
  return Value::Bool(re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern));
}

}  // namespace earshot::expr
