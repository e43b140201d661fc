#include "common/expr/parser.h"

#include <string>

#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

// The tree in brackets: (+ a (* b 2)).
std::string Shape(const Expr& expr) {
  std::string children;
  for (const ExprPtr& child : expr.children) children += " " + Shape(*child);
  switch (expr.kind) {
    case ExprKind::kLiteral:
      return DebugString(expr.value);
    case ExprKind::kIdent:
      return (expr.rooted ? "." : "") + expr.name;
    case ExprKind::kSelect:
      return "(." + expr.name + children + ")";
    case ExprKind::kHas:
      return "(has." + expr.name + children + ")";
    case ExprKind::kCall:
      return "(" + expr.name + (expr.receiver ? "@" : "") + children + ")";
    case ExprKind::kAnd:
      return "(&&" + children + ")";
    case ExprKind::kOr:
      return "(||" + children + ")";
    case ExprKind::kConditional:
      return "(?" + children + ")";
    case ExprKind::kList:
      return "[" + children + " ]";
    case ExprKind::kMap:
      return "{" + children + " }";
    case ExprKind::kMessage:
      return "<" + expr.name + children + ">";
    case ExprKind::kLoop: {
      std::string variables;
      for (const std::string& variable : expr.loop_variables) variables += " " + variable;
      return "(loop:" + expr.name + variables + (expr.has_filter ? " if" : "") + children + ")";
    }
  }
  return "";
}

std::string Parsed(std::string_view source) {
  Arena arena;
  const auto result = Parse(source, arena);
  if (const auto* error = std::get_if<SyntaxError>(&result)) {
    return std::to_string(error->begin) + "-" + std::to_string(error->end) + ": " + error->message;
  }
  return Shape(*std::get<ExprPtr>(result));
}

TEST(ParserTest, KnowsPrecedence) {
  EXPECT_EQ(Parsed("a + b * 2 - c"), "(_-_ (_+_ a (_*_ b 2)) c)");
  EXPECT_EQ(Parsed("a < b == c"), "(_==_ (_<_ a b) c)");
  EXPECT_EQ(Parsed("a || b && c || d"), "(|| a (&& b c) d)");
  EXPECT_EQ(Parsed("a ? b : c ? d : e"), "(? a b (? c d e))");
  EXPECT_EQ(Parsed("(a + b) * c"), "(_*_ (_+_ a b) c)");
  EXPECT_EQ(Parsed("!a.b in c"), "(@in (!_ (.b a)) c)");
}

TEST(ParserTest, GivesTheSignToTheNumber) {
  EXPECT_EQ(Parsed("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(Parsed("--1.5"), "(-_ -1.5)");
  EXPECT_EQ(Parsed("-a"), "(-_ a)");
  EXPECT_EQ(Parsed("1 - -2"), "(_-_ 1 -2)");
  EXPECT_EQ(Parsed("9223372036854775808"), "0-19: the number does not fit into an int (64 bits)");
}

TEST(ParserTest, ReadsMembersAndLiterals) {
  EXPECT_EQ(Parsed("a.b.c(1, x)[2].d"), "(.d (_[_] (c@ (.b a) 1 x) 2))");
  EXPECT_EQ(Parsed(".a.for"), "(.for .a)");
  EXPECT_EQ(Parsed("[1, 2u,]"), "[ 1 2u ]");
  EXPECT_EQ(Parsed("{'a': 1, 2: [],}"), "{ \"a\" 1 2 [ ] }");
  EXPECT_EQ(Parsed("a.B{value: 1}"), "<a.B 1>");
  EXPECT_EQ(Parsed(R"('\u00e9\x41' + r'\n')"), R"((_+_ "éA" "\\n"))");
  EXPECT_EQ(Parsed(R"(b'\xff\101')"), R"(b"\xffA")");
}

TEST(ParserTest, MakesLoopsOfMacros) {
  EXPECT_EQ(Parsed("has(a.b.c)"), "(has.c (.b a))");
  EXPECT_EQ(Parsed("l.all(x, x > 0)"), "(loop:all x l (_>_ x 0))");
  EXPECT_EQ(Parsed("l.exists(i, x, i < x)"), "(loop:exists i x l (_<_ i x))");
  EXPECT_EQ(Parsed("l.map(x, x > 0, x * 2)"), "(loop:map x if l (_>_ x 0) (_*_ x 2))");
  EXPECT_EQ(Parsed("l.map(x)"), "(map@ l x)");
  EXPECT_EQ(Parsed("has(a)"), "4-5: has() takes a field: has(o.value)");
  EXPECT_EQ(Parsed("l.all(1, true)"), "6-7: all() takes a plain name for its variable");
  EXPECT_EQ(Parsed("l.all(x, x, true)"), "9-10: all() takes two different names");
}

TEST(ParserTest, SaysWhatItExpected) {
  EXPECT_EQ(Parsed(""), "0-0: expected a value, found the end of the expression");
  EXPECT_EQ(Parsed("a +"), "3-3: expected a value, found the end of the expression");
  EXPECT_EQ(Parsed("a b"), "2-3: expected an operator or the end of the expression, found 'b'");
  EXPECT_EQ(Parsed("f(a"), "3-3: expected ')' after the arguments, found the end of the expression");
  EXPECT_EQ(Parsed("f(a,)"), "4-5: expected an argument after ','");
  EXPECT_EQ(Parsed("a."), "2-2: expected the name of a field after '.', found the end of the expression");
  EXPECT_EQ(Parsed("a ? b"), "5-5: expected ':' of the conditional, found the end of the expression");
  EXPECT_EQ(Parsed("for"), "0-3: 'for' is a reserved word and no name");
  EXPECT_EQ(Parsed("a.?b"), "2-3: optional fields ('?') are not supported");
  EXPECT_EQ(Parsed(R"('a\q')"), R"(2-5: '\q' is no escape)");
  EXPECT_EQ(Parsed("'\xff'"), "1-2: the expression is not valid UTF-8");
}

TEST(ParserTest, BoundsDepthAndLength) {
  const auto nested = [](int n) { return std::string(n, '(') + "1" + std::string(n, ')'); };
  EXPECT_EQ(Parsed(nested(249)), "1");
  EXPECT_EQ(Parsed(nested(250)), "250-251: nested deeper than 250 levels");
  EXPECT_TRUE(Parsed(nested(49'000)).ends_with("nested deeper than 250 levels"));
  EXPECT_TRUE(Parsed(std::string(90'000, '!') + "a").ends_with("nested deeper than 250 levels"));
  std::string sum = "1";
  for (int i = 0; i < 300; ++i) sum += " + 1";
  EXPECT_TRUE(Parsed(sum).ends_with("nested deeper than 250 levels"));
  std::string chain = "a";
  for (int i = 0; i < 5000; ++i) chain += " || a";
  EXPECT_TRUE(Parsed(chain).starts_with("(|| a a"));
  EXPECT_EQ(Parsed(std::string(100'001, ' ')), "0-1: longer than 100000 characters");
}

}  // namespace
}  // namespace earshot::expr
