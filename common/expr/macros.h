// has(), all(), exists() and so on: calls that are no calls but syntax.
#pragma once

#include <optional>

#include "common/expr/ast.h"
#include "common/expr/lexer.h"

namespace earshot::expr {

// Turns a call that is a macro into kHas or kLoop in place; leaves any other call alone.
std::optional<SyntaxError> ExpandMacro(Expr& call);

}  // namespace earshot::expr
