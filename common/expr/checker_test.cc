#include <string>

#include "common/expr/test_company.h"
#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

TEST(CheckerTest, SuggestsFieldsVariablesAndFunctions) {
  const TestCompany company;
  EXPECT_EQ(company.Diagnose("o.valu > 3.0"),
            "expression:1:3: Observation has no field 'valu', did you mean 'value'?\n"
            "    o.valu > 3.0\n"
            "      ^~~~");
  EXPECT_EQ(company.Diagnose("o.value >\n  1.1 * plam.per_quarter"),
            "expression:2:9: unknown variable 'plam', did you mean 'plan'?\n"
            "      1.1 * plam.per_quarter\n"
            "            ^~~~");
  EXPECT_EQ(company.Diagnose("o.metric.startWith('cap')"),
            "expression:1:10: unknown method 'startWith', did you mean 'startsWith'?\n"
            "    o.metric.startWith('cap')\n"
            "             ^~~~~~~~~");
  EXPECT_EQ(company.Diagnose("math.ab(o.value) > 1.0"),
            "expression:1:1: unknown function 'math.ab', did you mean 'math.abs'?\n"
            "    math.ab(o.value) > 1.0\n"
            "    ^~~~~~~");
}

TEST(CheckerTest, LetsNobodyCallOperatorsByName) {
  const TestCompany company;
  EXPECT_EQ(company.Diagnose("_in_(1, [1])"),
            "expression:1:1: unknown function '_in_'\n"
            "    _in_(1, [1])\n"
            "    ^~~~");
  const CompileResult unchecked = Compile(company.env, "x.f_() || g_(1, 2)", {.check = false});
  ASSERT_TRUE(unchecked.ok());
  Arena arena;
  EXPECT_EQ(unchecked.program->Evaluate(company.bindings, arena).error().message, "unknown function 'f_'");
}

TEST(CheckerTest, ReportsAllErrorsInOrder) {
  const TestCompany company;
  const CompileResult result = Compile(company.env, "o.valu > 1.0 && size(o.value) == 2 && o.kind");
  ASSERT_EQ(result.diagnostics.size(), 3u);
  EXPECT_EQ(DiagnosticText(result.diagnostics[0]), "Observation has no field 'valu', did you mean 'value'?");
  EXPECT_EQ(DiagnosticText(result.diagnostics[1]), "'size' does not take (double)");
  EXPECT_EQ(DiagnosticText(result.diagnostics[2]), "'&&' takes bool, this is string");
  EXPECT_EQ(result.diagnostics[2].offset, 38u);
  EXPECT_EQ(result.diagnostics[2].end, 44u);
  EXPECT_EQ(result.diagnostics[2].column, 39);
  EXPECT_EQ(result.program, nullptr);
}

TEST(CheckerTest, ExplainsNumbersThatDoNotMix) {
  const TestCompany company;
  EXPECT_EQ(company.Diagnose("o.value * 2 > 1.0"),
            "expression:1:9: '*' does not take (double, int); the two do not mix: write 2.0 for 2, or double(…)\n"
            "    o.value * 2 > 1.0\n"
            "            ^");
  EXPECT_EQ(company.Diagnose("o.value > 3"), "");
  EXPECT_EQ(company.Diagnose("o.metric + 1"),
            "expression:1:10: '+' does not take (string, int)\n"
            "    o.metric + 1\n"
            "             ^");
}

TEST(CheckerTest, RefusesWhatHasNoType) {
  const TestCompany company;
  EXPECT_EQ(company.Diagnose("true ? 1 : 'a'"),
            "expression:1:6: the two results of '?:' are of different types: int and string\n"
            "    true ? 1 : 'a'\n"
            "         ^");
  EXPECT_EQ(company.Diagnose("o.line.x"),
            "expression:1:8: int has no fields, and none 'x'\n"
            "    o.line.x\n"
            "           ^");
  EXPECT_EQ(company.Diagnose("o.line.all(x, true)"),
            "expression:1:1: all() goes over lists and maps, this is int\n"
            "    o.line.all(x, true)\n"
            "    ^~~~~~");
  EXPECT_EQ(company.Diagnose("Observation{metric: 'a'}"),
            "expression:1:1: 'Observation' cannot be made; of messages only wrappers can\n"
            "    Observation{metric: 'a'}\n"
            "    ^~~~~~~~~~~");
  EXPECT_EQ(company.Diagnose("o.metric.matches('(')"),
            "expression:1:18: bad pattern: missing ): (\n"
            "    o.metric.matches('(')\n"
            "                     ^~~");
  EXPECT_EQ(company.Diagnose("{1.5: 2}"),
            "expression:1:2: a map's key cannot be double\n"
            "    {1.5: 2}\n"
            "     ^~~");
}

TEST(CheckerTest, DeducesTypes) {
  const TestCompany company;
  EXPECT_EQ(company.TypeOf("o.value > 1.0"), "bool");
  EXPECT_EQ(company.TypeOf("history.map(p, p.value)"), "list(double)");
  EXPECT_EQ(company.TypeOf("history.filter(p, p.line > 1)[0]"), "Observation");
  EXPECT_EQ(company.TypeOf("{'a': [1], 'b': []}"), "map(string, list(int))");
  EXPECT_EQ(company.TypeOf("[1, 'a']"), "list(dyn)");
  EXPECT_EQ(company.TypeOf("type(o) == Observation"), "bool");
  EXPECT_EQ(company.TypeOf("math.greatest(1, 2)"), "int");
  EXPECT_EQ(company.TypeOf("math.greatest(1, 2.0)"), "dyn");
  EXPECT_EQ(company.TypeOf("'%.1f'.format([o.value, o.line])"), "string");
}

TEST(CheckerTest, KeepsLoopVariablesToTheirLoop) {
  const TestCompany company;
  EXPECT_EQ(company.TypeOf("history.all(o, o.line > 0) && o.value > 1.0"), "bool");
  EXPECT_EQ(company.Diagnose("history.all(p, p.line > 0) && p.line > 1"),
            "expression:1:31: unknown variable 'p'\n"
            "    history.all(p, p.line > 0) && p.line > 1\n"
            "                                  ^");
}

TEST(CheckerTest, HoldsTheWholeToAType) {
  const TestCompany company;
  EXPECT_TRUE(CompileAs(company.env, "o.value > 1.0", Type::Bool()).ok());
  EXPECT_TRUE(CompileAs(company.env, "dyn(o.value)", Type::Bool()).ok());
  const std::string_view source = " o.value ";
  const CompileResult result = CompileAs(company.env, source, Type::Bool());
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(RenderDiagnostics(source, result.diagnostics, "rules.yaml"),
            "rules.yaml:1:2: the expression has to be bool, this is double\n"
            "     o.value \n"
            "     ^~~~~~~~");
}

}  // namespace
}  // namespace earshot::expr
