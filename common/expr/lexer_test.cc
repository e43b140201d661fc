#include "common/expr/lexer.h"

#include <string>

#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

// The tokens' texts with a bar between them, or what is wrong and where.
std::string Tokens(std::string_view source) {
  Lexer lexer(source);
  std::string out;
  while (true) {
    const auto next = lexer.Next();
    if (const auto* error = std::get_if<SyntaxError>(&next)) {
      return out + "!" + std::to_string(error->begin) + "-" + std::to_string(error->end) + " " + error->message;
    }
    const Token& token = std::get<Token>(next);
    if (token.kind == TokenKind::kEnd) return out;
    if (!out.empty()) out += '|';
    out += token.text;
  }
}

TokenKind FirstKind(std::string_view source) { return std::get<Token>(Lexer(source).Next()).kind; }

TEST(LexerTest, CutsTokens) {
  EXPECT_EQ(Tokens("a.b>=1.5&&!c[0]"), "a|.|b|>=|1.5|&&|!|c|[|0|]");
  EXPECT_EQ(Tokens("x // to the end\n + y"), "x|+|y");
  EXPECT_EQ(Tokens(" \t\n"), "");
  EXPECT_EQ(Tokens("in inside true nullable"), "in|inside|true|nullable");
  EXPECT_EQ(Tokens("m.`content-type`"), "m|.|content-type");
}

TEST(LexerTest, TellsNumbersApart) {
  EXPECT_EQ(FirstKind("12"), TokenKind::kInt);
  EXPECT_EQ(FirstKind("0x1F"), TokenKind::kInt);
  EXPECT_EQ(FirstKind("0xFFu"), TokenKind::kUint);
  EXPECT_EQ(FirstKind("7U"), TokenKind::kUint);
  EXPECT_EQ(FirstKind(".5"), TokenKind::kDouble);
  EXPECT_EQ(FirstKind("1e9"), TokenKind::kDouble);
  EXPECT_EQ(FirstKind("1.25E-3"), TokenKind::kDouble);
  EXPECT_EQ(Tokens("1.size()"), "1|.|size|(|)");
  EXPECT_EQ(Tokens("380bn"), "!0-4 '380b' is no number");
}

TEST(LexerTest, ReadsTexts) {
  EXPECT_EQ(FirstKind("'a'"), TokenKind::kString);
  EXPECT_EQ(FirstKind("rb'a'"), TokenKind::kBytes);
  EXPECT_EQ(FirstKind("BR\"\"\"a\"\"\""), TokenKind::kBytes);
  EXPECT_EQ(FirstKind("rr"), TokenKind::kIdent);
  EXPECT_EQ(Tokens(R"('it\'s' + "\\")"), R"('it\'s'|+|"\\")");
  EXPECT_EQ(Tokens("'''two\nlines'''"), "'''two\nlines'''");
  EXPECT_EQ(Tokens(R"(r'\')"), R"(r'\')");
  EXPECT_EQ(Tokens("'open"), "!0-5 the text is not closed by '");
  EXPECT_EQ(Tokens("'two\nlines'"), "!0-4 the text is not closed by '");
  EXPECT_EQ(Tokens(R"('\)"), "!0-2 the text is not closed by '");
}

TEST(LexerTest, HelpsWithForeignOperators) {
  EXPECT_EQ(Tokens("a = b"), "a!2-3 unexpected '='; compare with '=='");
  EXPECT_EQ(Tokens("a & b"), "a!2-3 unexpected '&'; 'and' is '&&'");
  EXPECT_EQ(Tokens("a | b"), "a!2-3 unexpected '|'; 'or' is '||'");
  EXPECT_EQ(Tokens("a ≥ b"), "a!2-5 unexpected '≥'");
  EXPECT_EQ(Tokens("m.`a;b`"), "m|.!2-5 between back-quotes stand letters, digits, '_', '.', '-', '/' and spaces");
}

}  // namespace
}  // namespace earshot::expr
