// The words of the language.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace earshot::expr {

enum class TokenKind : uint8_t {
  kEnd,
  kIdent,        // also reserved words; the parser knows where they may stand
  kQuotedIdent,  // `content-type`: text() is what is between the back-quotes
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTrue,
  kFalse,
  kNull,
  kIn,
  kOr,
  kAnd,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kNot,
  kQuestion,
  kColon,
  kComma,
  kDot,
  kOpenParen,
  kCloseParen,
  kOpenBracket,
  kCloseBracket,
  kOpenBrace,
  kCloseBrace
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  size_t begin = 0;  // bytes in the source
  size_t end = 0;
  std::string_view text;  // as written
};

// "identifier", "'&&'", "end of expression", …: for messages.
std::string_view TokenName(TokenKind kind);

}  // namespace earshot::expr
