#include "common/expr/grammar.h"

#include <algorithm>
#include <array>

namespace earshot::expr {
namespace {

constexpr std::array<std::string_view, 17> kReservedWords = {
    "as",  "break", "const",     "continue", "else",   "for", "function", "if",   "import",
    "let", "loop",  "namespace", "package",  "return", "var", "void",     "while"};

constexpr std::array kBinaryOperators = {
    BinaryOperator{TokenKind::kLess, 1, "_<_"},    BinaryOperator{TokenKind::kLessEqual, 1, "_<=_"},
    BinaryOperator{TokenKind::kGreater, 1, "_>_"}, BinaryOperator{TokenKind::kGreaterEqual, 1, "_>=_"},
    BinaryOperator{TokenKind::kEqual, 1, "_==_"},  BinaryOperator{TokenKind::kNotEqual, 1, "_!=_"},
    BinaryOperator{TokenKind::kIn, 1, "@in"},      BinaryOperator{TokenKind::kPlus, 2, "_+_"},
    BinaryOperator{TokenKind::kMinus, 2, "_-_"},   BinaryOperator{TokenKind::kStar, 3, "_*_"},
    BinaryOperator{TokenKind::kSlash, 3, "_/_"},   BinaryOperator{TokenKind::kPercent, 3, "_%_"},
};

}  // namespace

bool IsOperatorName(std::string_view function) {
  return function.find_first_of("+-*/%<>=!@[") != std::string_view::npos;
}

const BinaryOperator* FindBinaryOperator(TokenKind token) {
  const auto found = std::find_if(kBinaryOperators.begin(), kBinaryOperators.end(),
                                  [token](const BinaryOperator& candidate) { return candidate.token == token; });
  return found == kBinaryOperators.end() ? nullptr : &*found;
}

bool IsReservedWord(std::string_view word) {
  return std::find(kReservedWords.begin(), kReservedWords.end(), word) != kReservedWords.end();
}

}  // namespace earshot::expr
