// Tables of the grammar.
#pragma once

#include <string_view>

#include "common/expr/token.h"

namespace earshot::expr {

// Operators are calls of functions whose names nobody can write: "_+_", "!_", "_[_]", "@in".
bool IsOperatorName(std::string_view function);

struct BinaryOperator {
  TokenKind token;
  int precedence;             // binds tighter the higher it is; from 1
  std::string_view function;  // the name of its overloads
};

// Comparisons, `in` and arithmetic; null for any other token.
const BinaryOperator* FindBinaryOperator(TokenKind token);

// Words that the language keeps for others: fields may be called so, variables not.
bool IsReservedWord(std::string_view word);

}  // namespace earshot::expr
