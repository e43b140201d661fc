#include "common/expr/ast.h"

#include "fmt/format.h"

namespace earshot::expr {

std::string QualifiedName(const Expr& expr) {
  if (expr.kind == ExprKind::kIdent) return expr.name;
  if (expr.kind != ExprKind::kSelect || expr.quoted) return "";
  const std::string operand = QualifiedName(*expr.children[0]);
  return operand.empty() ? "" : fmt::format("{}.{}", operand, expr.name);
}

}  // namespace earshot::expr
