// Cuts source text into tokens.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "common/expr/diagnostic.h"
#include "common/expr/token.h"

namespace earshot::expr {

// A place in the source and what is wrong there; line and column are filled in later.
struct SyntaxError {
  size_t begin = 0;
  size_t end = 0;
  std::string message;
};

// Reads one token after the other; `source` is valid UTF-8 and outlives the lexer. Stays at the end once it got there.
class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  std::variant<Token, SyntaxError> Next();

 private:
  using Result = std::variant<Token, SyntaxError>;

  void SkipSpace();
  char Peek(size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  Token Make(TokenKind kind, size_t end);
  Result Number();
  Result Text(size_t prefix_length);
  Result QuotedIdent();
  Result Operator();
  // Length of a prefix such as r, b, rb if a quote follows it; nothing if no text begins here.
  std::optional<size_t> TextPrefix() const;

  std::string_view source_;
  size_t at_ = 0;
};

}  // namespace earshot::expr
