#include "common/expr/json_values.h"

#include "common/base/status.h"
#include "common/expr/test_company.h"
#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

std::string Evaluated(std::string_view expression, std::string_view bindings) {
  const auto result = EvaluateToJson(expression, bindings);
  return result.ok() ? *result : std::string(Message(result.status()));
}

TEST(JsonValuesTest, EvaluatesOverBindings) {
  EXPECT_EQ(Evaluated("x + 1", R"({"x": 2})"), "3");
  EXPECT_EQ(
      Evaluated("o.value > 1.1 * plan && 'ai' in o.tags", R"({"o": {"value": 3.5, "tags": ["ai"]}, "plan": 3.0})"),
      "true");
  EXPECT_EQ(Evaluated("1u", ""), "1");
  EXPECT_EQ(Evaluated("18446744073709551615u", "{}"), "18446744073709551615");
  EXPECT_EQ(Evaluated("[1, 2.5, 'a', b'\\xff', null, int]", ""), R"([1,2.5,"a","/w==",null,"int"])");
  EXPECT_EQ(Evaluated("{'a': {1: true, 2u: false}}", ""), R"({"a":{"1":true,"2":false}})");
  EXPECT_EQ(Evaluated("[timestamp('2025-08-29T12:30:00Z'), duration('90s')]", ""), R"(["2025-08-29T12:30:00Z","90s"])");
  EXPECT_EQ(Evaluated("[0.0 / 0.0, 1.0 / 0.0, -1.0 / 0.0]", ""), R"(["NaN","Infinity","-Infinity"])");
}

TEST(JsonValuesTest, ShowsErrorsWithACaret) {
  EXPECT_EQ(Evaluated("x +", R"({"x": 2})"),
            "expression:1:4: expected a value, found the end of the expression\n"
            "    x +\n"
            "       ^");
  EXPECT_EQ(Evaluated("y + 1", R"({"x": 2})"),
            "expression:1:1: unknown variable 'y'\n"
            "    y + 1\n"
            "    ^");
  EXPECT_EQ(Evaluated("1 / x", R"({"x": 0})"),
            "expression:1:3: divide by zero\n"
            "    1 / x\n"
            "      ^");
  EXPECT_EQ(Evaluated("o.b", R"({"o": {"a": 1}})"),
            "expression:1:1: no such key: \"b\"\n"
            "    o.b\n"
            "    ^~~");
  EXPECT_EQ(Evaluated("1", "[1]"), R"(bindings: an object of names and values is wanted: {"x": 1})");
  EXPECT_TRUE(Evaluated("1", "{").starts_with("bindings: line 1, column 2: ")) << Evaluated("1", "{");
}

TEST(JsonValuesTest, WritesTheFieldsOfAMessageThatArePresent) {
  TestCompany company;
  const auto program = *CompileOrStatus(company.env, "o");
  const auto json = ToJson(program->Evaluate(company.bindings, company.arena), company.arena);
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json::Write(*json),
            R"({"metric":"capex","kind":"AMOUNT","value":38600000000.0,"line":12,"tags":["cloud","ai"]})");
}

}  // namespace
}  // namespace earshot::expr
