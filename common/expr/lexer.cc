#include "common/expr/lexer.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

bool IsIdentStart(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsIdentPart(char c) { return IsIdentStart(c) || IsDigit(c); }
bool IsHexDigit(char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); }

TokenKind WordKind(std::string_view word) {
  if (word == "true") return TokenKind::kTrue;
  if (word == "false") return TokenKind::kFalse;
  if (word == "null") return TokenKind::kNull;
  if (word == "in") return TokenKind::kIn;
  return TokenKind::kIdent;
}

struct OperatorToken {
  std::string_view text;
  TokenKind kind;
};

// Longer ones first.
constexpr std::array kOperators = {
    OperatorToken{"||", TokenKind::kOr},         OperatorToken{"&&", TokenKind::kAnd},
    OperatorToken{"<=", TokenKind::kLessEqual},  OperatorToken{">=", TokenKind::kGreaterEqual},
    OperatorToken{"==", TokenKind::kEqual},      OperatorToken{"!=", TokenKind::kNotEqual},
    OperatorToken{"<", TokenKind::kLess},        OperatorToken{">", TokenKind::kGreater},
    OperatorToken{"+", TokenKind::kPlus},        OperatorToken{"-", TokenKind::kMinus},
    OperatorToken{"*", TokenKind::kStar},        OperatorToken{"/", TokenKind::kSlash},
    OperatorToken{"%", TokenKind::kPercent},     OperatorToken{"!", TokenKind::kNot},
    OperatorToken{"?", TokenKind::kQuestion},    OperatorToken{":", TokenKind::kColon},
    OperatorToken{",", TokenKind::kComma},       OperatorToken{".", TokenKind::kDot},
    OperatorToken{"(", TokenKind::kOpenParen},   OperatorToken{")", TokenKind::kCloseParen},
    OperatorToken{"[", TokenKind::kOpenBracket}, OperatorToken{"]", TokenKind::kCloseBracket},
    OperatorToken{"{", TokenKind::kOpenBrace},   OperatorToken{"}", TokenKind::kCloseBrace},
};

// What people write who come from other languages.
std::string_view OperatorHint(char c) {
  switch (c) {
    case '=':
      return "; compare with '=='";
    case '&':
      return "; 'and' is '&&'";
    case '|':
      return "; 'or' is '||'";
    default:
      return "";
  }
}

}  // namespace

std::string_view TokenName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEnd:
      return "the end of the expression";
    case TokenKind::kIdent:
    case TokenKind::kQuotedIdent:
      return "a name";
    case TokenKind::kInt:
    case TokenKind::kUint:
    case TokenKind::kDouble:
      return "a number";
    case TokenKind::kString:
    case TokenKind::kBytes:
      return "a text";
    case TokenKind::kTrue:
      return "'true'";
    case TokenKind::kFalse:
      return "'false'";
    case TokenKind::kNull:
      return "'null'";
    case TokenKind::kIn:
      return "'in'";
    default:
      break;
  }
  static constexpr std::array<std::string_view, 24> kQuoted = {
      "'||'", "'&&'", "'<='", "'>='", "'=='", "'!='", "'<'", "'>'", "'+'", "'-'", "'*'", "'/'",
      "'%'",  "'!'",  "'?'",  "':'",  "','",  "'.'",  "'('", "')'", "'['", "']'", "'{'", "'}'"};
  for (size_t i = 0; i < kOperators.size(); ++i) {
    if (kOperators[i].kind == kind) return kQuoted[i];
  }
  return "";
}

Token Lexer::Make(TokenKind kind, size_t end) {
  const size_t begin = std::exchange(at_, end);
  return {kind, begin, end, source_.substr(begin, end - begin)};
}

void Lexer::SkipSpace() {
  while (at_ < source_.size()) {
    if (absl::ascii_isspace(static_cast<unsigned char>(source_[at_]))) {
      ++at_;
    } else if (Peek() == '/' && Peek(1) == '/') {
      at_ = std::min(source_.find('\n', at_), source_.size());
    } else {
      return;
    }
  }
}

std::variant<Token, SyntaxError> Lexer::Next() {
  SkipSpace();
  if (at_ == source_.size()) return Make(TokenKind::kEnd, at_);
  if (const std::optional<size_t> prefix = TextPrefix(); prefix.has_value()) return Text(*prefix);
  if (IsIdentStart(Peek())) {
    size_t end = at_;
    while (end < source_.size() && IsIdentPart(source_[end])) ++end;
    const TokenKind kind = WordKind(source_.substr(at_, end - at_));
    return Make(kind, end);
  }
  if (IsDigit(Peek()) || (Peek() == '.' && IsDigit(Peek(1)))) return Number();
  if (Peek() == '`') return QuotedIdent();
  return Operator();
}

Lexer::Result Lexer::Number() {
  size_t end = at_;
  const auto digits = [&] {
    while (end < source_.size() && IsDigit(source_[end])) ++end;
  };
  TokenKind kind = TokenKind::kInt;
  if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X') && IsHexDigit(Peek(2))) {
    end += 2;
    while (end < source_.size() && IsHexDigit(source_[end])) ++end;
  } else {
    digits();
    if (end + 1 < source_.size() && source_[end] == '.' && IsDigit(source_[end + 1])) {
      kind = TokenKind::kDouble;
      ++end;
      digits();
    }
    size_t exponent = end;
    if (exponent < source_.size() && (source_[exponent] == 'e' || source_[exponent] == 'E')) {
      ++exponent;
      if (exponent < source_.size() && (source_[exponent] == '+' || source_[exponent] == '-')) ++exponent;
      if (exponent < source_.size() && IsDigit(source_[exponent])) {
        kind = TokenKind::kDouble;
        end = exponent;
        digits();
      }
    }
  }
  if (kind == TokenKind::kInt && end < source_.size() && (source_[end] == 'u' || source_[end] == 'U')) {
    kind = TokenKind::kUint;
    ++end;
  }
  if (end < source_.size() && IsIdentPart(source_[end])) {
    return SyntaxError{at_, end + 1, fmt::format("'{}' is no number", source_.substr(at_, end + 1 - at_))};
  }
  return Make(kind, end);
}

std::optional<size_t> Lexer::TextPrefix() const {
  for (size_t length = 0; length <= 2; ++length) {
    const char c = Peek(length);
    if (c == '"' || c == '\'') {
      const bool twice = length == 2 && absl::ascii_tolower(Peek(0)) == absl::ascii_tolower(Peek(1));
      return twice ? std::nullopt : std::optional(length);
    }
    if (c != 'r' && c != 'R' && c != 'b' && c != 'B') return std::nullopt;
  }
  return std::nullopt;
}

Lexer::Result Lexer::Text(size_t prefix_length) {
  bool raw = false;
  bool bytes = false;
  for (size_t i = 0; i < prefix_length; ++i) {
    (absl::ascii_tolower(static_cast<unsigned char>(Peek(i))) == 'r' ? raw : bytes) = true;
  }
  const size_t open = at_ + prefix_length;
  const char quote = source_[open];
  const bool triple = source_.substr(open).starts_with(quote == '"' ? R"(""")" : "'''");
  const std::string_view closing = source_.substr(open, triple ? 3 : 1);
  size_t i = open + closing.size();
  for (; i < source_.size() && source_.substr(i, closing.size()) != closing; ++i) {
    if (!triple && (source_[i] == '\n' || source_[i] == '\r')) break;
    if (!raw && source_[i] == '\\') ++i;
  }
  if (i >= source_.size() || source_.substr(i, closing.size()) != closing) {
    return SyntaxError{at_, std::min(i, source_.size()), fmt::format("the text is not closed by {}", closing)};
  }
  return Make(bytes ? TokenKind::kBytes : TokenKind::kString, i + closing.size());
}

Lexer::Result Lexer::QuotedIdent() {
  size_t end = at_ + 1;
  const auto allowed = [](char c) { return IsIdentPart(c) || c == '.' || c == '-' || c == '/' || c == ' '; };
  while (end < source_.size() && allowed(source_[end])) ++end;
  if (end == at_ + 1 || end >= source_.size() || source_[end] != '`') {
    return SyntaxError{at_, std::min(end + 1, source_.size()),
                       "between back-quotes stand letters, digits, '_', '.', '-', '/' and spaces"};
  }
  Token token = Make(TokenKind::kQuotedIdent, end + 1);
  token.text = token.text.substr(1, token.text.size() - 2);
  return token;
}

Lexer::Result Lexer::Operator() {
  for (const OperatorToken& candidate : kOperators) {
    if (source_.substr(at_).starts_with(candidate.text)) return Make(candidate.kind, at_ + candidate.text.size());
  }
  const size_t size = DecodeUtf8(source_, at_).size;
  return SyntaxError{at_, at_ + size,
                     fmt::format("unexpected '{}'{}", source_.substr(at_, size), OperatorHint(source_[at_]))};
}

}  // namespace earshot::expr
