// The values of literals as written.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "common/expr/arena.h"
#include "common/expr/token.h"
#include "common/expr/value.h"

namespace earshot::expr {

// What is wrong with a literal, and where in it (bytes from its beginning).
struct LiteralError {
  size_t offset = 0;
  std::string message;
};

using LiteralValue = std::variant<Value, LiteralError>;

// `text` as a token of that kind has it, with a '-' before it for a negative number.
LiteralValue ParseNumberLiteral(TokenKind kind, std::string_view text);

// With prefix and quotes; the text is made in the arena.
LiteralValue ParseTextLiteral(TokenKind kind, std::string_view text, Arena& arena);

}  // namespace earshot::expr
