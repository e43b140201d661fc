// Source text to syntax tree.
#pragma once

#include <string_view>
#include <variant>

#include "common/expr/arena.h"
#include "common/expr/ast.h"
#include "common/expr/lexer.h"

namespace earshot::expr {

inline constexpr size_t kMaxSourceLength = 100'000;  // characters
inline constexpr int kMaxDepth = 250;

// Literals are made in `arena`, which has to outlive the tree. The first error ends it.
std::variant<ExprPtr, SyntaxError> Parse(std::string_view source, Arena& arena);

}  // namespace earshot::expr
