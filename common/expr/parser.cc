#include "common/expr/parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "common/expr/grammar.h"
#include "common/expr/literal.h"
#include "common/expr/macros.h"
#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Span SpanOf(const Token& token) { return {token.begin, token.end}; }

// Recursive descent. A member that meets an error sets error_ and returns null, and so do all above it.
class Parser {
 public:
  Parser(std::string_view source, Arena& arena) : source_(source), lexer_(source), arena_(arena) { Advance(); }

  std::variant<ExprPtr, SyntaxError> Run() {
    ExprPtr expr = Expression();
    if (!Failed() && current_.kind != TokenKind::kEnd) {
      Fail(SpanOf(current_), fmt::format("expected an operator or the end of the expression, found {}", Found()));
    }
    if (Failed()) return std::move(*error_);
    return expr;
  }

 private:
  bool Failed() const { return error_.has_value(); }

  ExprPtr Fail(Span at, std::string message) {
    if (!Failed()) error_ = SyntaxError{at.begin, at.end, std::move(message)};
    current_ = Token{TokenKind::kEnd, source_.size(), source_.size(), {}};
    return nullptr;
  }

  std::string Found() const {
    if (current_.kind == TokenKind::kEnd) return std::string(TokenName(TokenKind::kEnd));
    return fmt::format("'{}'", current_.text);
  }

  Token Advance() {
    const Token token = current_;
    if (Failed()) return token;
    auto next = lexer_.Next();
    if (auto* error = std::get_if<SyntaxError>(&next)) {
      Fail({error->begin, error->end}, std::move(error->message));
    } else {
      last_end_ = token.end;
      current_ = std::get<Token>(next);
    }
    return token;
  }

  bool Accept(TokenKind kind) {
    if (current_.kind != kind || Failed()) return false;
    Advance();
    return true;
  }

  bool Expect(TokenKind kind, std::string_view where) {
    if (Accept(kind)) return true;
    if (!Failed()) Fail(SpanOf(current_), fmt::format("expected {} {}, found {}", TokenName(kind), where, Found()));
    return false;
  }

  ExprPtr Make(ExprKind kind, size_t begin, Span place) {
    auto expr = std::make_unique<Expr>();
    expr->kind = kind;
    expr->span = {begin, last_end_};
    expr->place = place;
    return expr;
  }

  // Sets the depth from the children, and minds the limit.
  ExprPtr Finish(ExprPtr expr) {
    if (Failed()) return nullptr;
    expr->span.end = std::max(expr->span.end, last_end_);
    for (const ExprPtr& child : expr->children) expr->depth = std::max(expr->depth, child->depth + 1);
    if (expr->depth > kMaxDepth) return FailDepth(expr->place);
    return expr;
  }

  ExprPtr FailDepth(Span at) { return Fail(at, fmt::format("nested deeper than {} levels", kMaxDepth)); }

  ExprPtr Call(std::string_view function, Span place, size_t begin, std::vector<ExprPtr> children) {
    ExprPtr call = Make(ExprKind::kCall, begin, place);
    call->name = function;
    call->children = std::move(children);
    return Finish(std::move(call));
  }

  template <typename... Exprs>
  static std::vector<ExprPtr> Children(Exprs... exprs) {
    std::vector<ExprPtr> children;
    (children.push_back(std::move(exprs)), ...);
    return children;
  }

  ExprPtr Expression() {
    if (++nesting_ > kMaxDepth) return FailDepth(SpanOf(current_));
    const size_t begin = current_.begin;
    ExprPtr condition = Logical(TokenKind::kOr, ExprKind::kOr);
    const Token question = current_;
    if (!Failed() && Accept(TokenKind::kQuestion)) {
      ExprPtr yes = Logical(TokenKind::kOr, ExprKind::kOr);
      Expect(TokenKind::kColon, "of the conditional");
      ExprPtr no = Failed() ? nullptr : Expression();
      if (Failed()) return nullptr;
      ExprPtr conditional = Make(ExprKind::kConditional, begin, SpanOf(question));
      conditional->children = Children(std::move(condition), std::move(yes), std::move(no));
      condition = Finish(std::move(conditional));
    }
    --nesting_;
    return condition;
  }

  // A chain of || (or of &&) is one node with all operands, so that its length costs no depth.
  ExprPtr Logical(TokenKind token, ExprKind kind) {
    const auto operand = [&] { return kind == ExprKind::kOr ? Logical(TokenKind::kAnd, ExprKind::kAnd) : Binary(1); };
    const size_t begin = current_.begin;
    ExprPtr first = operand();
    if (Failed() || current_.kind != token) return first;
    ExprPtr chain = Make(kind, begin, SpanOf(current_));
    chain->children.push_back(std::move(first));
    while (Accept(token)) {
      ExprPtr next = operand();
      if (Failed()) return nullptr;
      chain->children.push_back(std::move(next));
    }
    return Finish(std::move(chain));
  }

  ExprPtr Binary(int least_precedence) {
    const size_t begin = current_.begin;
    ExprPtr left = Unary();
    while (!Failed()) {
      const BinaryOperator* op = FindBinaryOperator(current_.kind);
      if (op == nullptr || op->precedence < least_precedence) return left;
      const Span place = SpanOf(Advance());
      ExprPtr right = Binary(op->precedence + 1);
      if (Failed()) return nullptr;
      left = Call(op->function, place, begin, Children(std::move(left), std::move(right)));
    }
    return nullptr;
  }

  // `!` and `-`, any number of one of them; a '-' right before a number belongs to the number.
  ExprPtr Unary() {
    const TokenKind kind = current_.kind;
    if (kind != TokenKind::kNot && kind != TokenKind::kMinus) return Member();
    std::vector<Token> signs;
    while (current_.kind == kind && !Failed()) {
      signs.push_back(Advance());
      if (signs.size() > static_cast<size_t>(kMaxDepth)) return FailDepth(SpanOf(signs.back()));
    }
    const bool number = current_.kind == TokenKind::kInt || current_.kind == TokenKind::kDouble;
    const bool negative = kind == TokenKind::kMinus && number;
    ExprPtr operand = negative ? Member(&signs.back()) : Member();
    if (negative) signs.pop_back();
    while (!Failed() && !signs.empty()) {
      const Token sign = signs.back();
      signs.pop_back();
      operand = Call(kind == TokenKind::kNot ? "!_" : "-_", SpanOf(sign), sign.begin, Children(std::move(operand)));
    }
    return operand;
  }

  ExprPtr Member(const Token* minus = nullptr) {
    const size_t begin = minus != nullptr ? minus->begin : current_.begin;
    ExprPtr expr = minus != nullptr ? Literal(minus) : Primary();
    while (!Failed()) {
      if (current_.kind == TokenKind::kDot) {
        expr = Selection(std::move(expr), begin);
      } else if (current_.kind == TokenKind::kOpenBracket) {
        const Token open = Advance();
        if (current_.kind == TokenKind::kQuestion) return FailOptional();
        ExprPtr index = Expression();
        Expect(TokenKind::kCloseBracket, "after the index");
        if (Failed()) return nullptr;
        expr = Call("_[_]", SpanOf(open), begin, Children(std::move(expr), std::move(index)));
      } else if (current_.kind == TokenKind::kOpenBrace && !QualifiedName(*expr).empty()) {
        expr = MessageLiteral(*expr, begin);
      } else {
        return expr;
      }
    }
    return nullptr;
  }

  ExprPtr FailOptional() { return Fail(SpanOf(current_), "optional fields ('?') are not supported"); }

  ExprPtr Selection(ExprPtr operand, size_t begin) {
    Advance();
    if (current_.kind == TokenKind::kQuestion) return FailOptional();
    const Token name = current_;
    const bool word = name.kind == TokenKind::kIdent || name.kind == TokenKind::kQuotedIdent;
    if (!word) return Fail(SpanOf(name), fmt::format("expected the name of a field after '.', found {}", Found()));
    Advance();
    if (name.kind == TokenKind::kIdent && current_.kind == TokenKind::kOpenParen) {
      return Invocation(name, std::move(operand), begin);
    }
    ExprPtr select = Make(ExprKind::kSelect, begin, SpanOf(name));
    select->name = name.text;
    select->quoted = name.kind == TokenKind::kQuotedIdent;
    select->children.push_back(std::move(operand));
    return Finish(std::move(select));
  }

  // Arguments of a call; `receiver` is null for a function.
  ExprPtr Invocation(const Token& name, ExprPtr receiver, size_t begin) {
    Advance();
    ExprPtr call = Make(ExprKind::kCall, begin, SpanOf(name));
    call->name = name.text;
    call->receiver = receiver != nullptr;
    if (receiver != nullptr) call->children.push_back(std::move(receiver));
    while (!Failed() && current_.kind != TokenKind::kCloseParen) {
      ExprPtr argument = Expression();
      if (Failed()) return nullptr;
      call->children.push_back(std::move(argument));
      if (!Accept(TokenKind::kComma)) break;
      if (current_.kind == TokenKind::kCloseParen) return Fail(SpanOf(current_), "expected an argument after ','");
    }
    Expect(TokenKind::kCloseParen, "after the arguments");
    if (Failed()) return nullptr;
    call->span.end = last_end_;
    if (auto error = ExpandMacro(*call)) return Fail({error->begin, error->end}, std::move(error->message));
    return Finish(std::move(call));
  }

  ExprPtr Primary() {
    switch (current_.kind) {
      case TokenKind::kOpenParen: {
        Advance();
        ExprPtr inner = Expression();
        Expect(TokenKind::kCloseParen, "to close '('");
        return Failed() ? nullptr : std::move(inner);
      }
      case TokenKind::kOpenBracket:
        return ListLiteral();
      case TokenKind::kOpenBrace:
        return MapLiteral();
      case TokenKind::kDot:
      case TokenKind::kIdent:
        return Name();
      default:
        return Literal(nullptr);
    }
  }

  ExprPtr Name() {
    const size_t begin = current_.begin;
    const bool rooted = Accept(TokenKind::kDot);
    const Token name = current_;
    if (name.kind != TokenKind::kIdent) {
      return Fail(SpanOf(name), fmt::format("expected a name after '.', found {}", Found()));
    }
    if (IsReservedWord(name.text)) {
      return Fail(SpanOf(name), fmt::format("'{}' is a reserved word and no name", name.text));
    }
    Advance();
    if (current_.kind == TokenKind::kOpenParen) return Invocation(name, nullptr, begin);
    ExprPtr ident = Make(ExprKind::kIdent, begin, SpanOf(name));
    ident->name = name.text;
    ident->rooted = rooted;
    return Finish(std::move(ident));
  }

  ExprPtr Literal(const Token* minus) {
    const Token token = current_;
    const size_t begin = minus != nullptr ? minus->begin : token.begin;
    LiteralValue value = Value::Null();
    switch (token.kind) {
      case TokenKind::kInt:
      case TokenKind::kUint:
      case TokenKind::kDouble: {
        const std::string text = minus != nullptr ? fmt::format("-{}", token.text) : std::string(token.text);
        value = ParseNumberLiteral(token.kind, text);
        break;
      }
      case TokenKind::kString:
      case TokenKind::kBytes:
        value = ParseTextLiteral(token.kind, token.text, arena_);
        break;
      case TokenKind::kTrue:
      case TokenKind::kFalse:
        value = Value::Bool(token.kind == TokenKind::kTrue);
        break;
      case TokenKind::kNull:
        break;
      default:
        return Fail(SpanOf(token), fmt::format("expected a value, found {}", Found()));
    }
    if (const auto* error = std::get_if<LiteralError>(&value)) {
      return Fail({begin + error->offset, token.end}, error->message);
    }
    Advance();
    ExprPtr literal = Make(ExprKind::kLiteral, begin, {begin, token.end});
    literal->value = std::get<Value>(value);
    return Finish(std::move(literal));
  }

  ExprPtr ListLiteral() {
    const Token open = Advance();
    ExprPtr list = Make(ExprKind::kList, open.begin, SpanOf(open));
    while (!Failed() && current_.kind != TokenKind::kCloseBracket) {
      if (current_.kind == TokenKind::kQuestion) return FailOptional();
      ExprPtr element = Expression();
      if (Failed()) return nullptr;
      list->children.push_back(std::move(element));
      if (!Accept(TokenKind::kComma)) break;
    }
    Expect(TokenKind::kCloseBracket, "to close the list");
    return Finish(std::move(list));
  }

  ExprPtr MapLiteral() {
    const Token open = Advance();
    ExprPtr map = Make(ExprKind::kMap, open.begin, SpanOf(open));
    while (!Failed() && current_.kind != TokenKind::kCloseBrace) {
      if (current_.kind == TokenKind::kQuestion) return FailOptional();
      ExprPtr key = Expression();
      Expect(TokenKind::kColon, "after the key");
      ExprPtr value = Failed() ? nullptr : Expression();
      if (Failed()) return nullptr;
      map->children.push_back(std::move(key));
      map->children.push_back(std::move(value));
      if (!Accept(TokenKind::kComma)) break;
    }
    Expect(TokenKind::kCloseBrace, "to close the map");
    return Finish(std::move(map));
  }

  ExprPtr MessageLiteral(const Expr& name, size_t begin) {
    ExprPtr message = Make(ExprKind::kMessage, begin, name.span);
    message->name = QualifiedName(name);
    Advance();
    while (!Failed() && current_.kind != TokenKind::kCloseBrace) {
      if (current_.kind == TokenKind::kQuestion) return FailOptional();
      const Token field = current_;
      const bool word = field.kind == TokenKind::kIdent || field.kind == TokenKind::kQuotedIdent;
      if (!word) return Fail(SpanOf(field), fmt::format("expected the name of a field, found {}", Found()));
      Advance();
      Expect(TokenKind::kColon, "after the field");
      ExprPtr value = Failed() ? nullptr : Expression();
      if (Failed()) return nullptr;
      message->fields.emplace_back(field.text);
      message->children.push_back(std::move(value));
      if (!Accept(TokenKind::kComma)) break;
    }
    Expect(TokenKind::kCloseBrace, "to close the message");
    return Finish(std::move(message));
  }

  std::string_view source_;
  Lexer lexer_;
  Arena& arena_;
  Token current_;
  size_t last_end_ = 0;
  int nesting_ = 0;
  std::optional<SyntaxError> error_;
};

}  // namespace

std::variant<ExprPtr, SyntaxError> Parse(std::string_view source, Arena& arena) {
  if (const auto invalid = FindInvalidUtf8(source)) {
    return SyntaxError{*invalid, *invalid + 1, "the expression is not valid UTF-8"};
  }
  if (CountCodePoints(source) > kMaxSourceLength) {
    return SyntaxError{0, 1, fmt::format("longer than {} characters", kMaxSourceLength)};
  }
  return Parser(source, arena).Run();
}

}  // namespace earshot::expr
