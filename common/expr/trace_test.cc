#include "common/expr/trace.h"

#include <string>

#include "common/expr/test_company.h"
#include "fmt/format.h"
#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

// "o.value = 1.5; plan.per_quarter = 2.0".
std::string Operands(TestCompany& company, std::string_view source) {
  const auto program = CompileOrStatus(company.env, source);
  if (!program.ok()) return program.status().ToString();
  Trace trace;
  (*program)->Evaluate(company.bindings, company.arena, {.trace = &trace});
  std::string out;
  for (const Operand& operand : trace.operands()) {
    EXPECT_EQ(source.substr(operand.offset, operand.end - operand.offset), operand.text);
    out += fmt::format("{}{} = {}", out.empty() ? "" : "; ", operand.text, DebugString(operand.value));
  }
  return out;
}

TEST(TraceTest, ListsOperandsInTheOrderOfTheText) {
  TestCompany company;
  EXPECT_EQ(Operands(company, "1.10 * plan.per_quarter < o.value"),
            "plan.per_quarter = 31670000000.0; o.value = 38600000000.0");
  EXPECT_EQ(Operands(company, "o.line == 12 && o.line < 20"), "o.line = 12; o.line = 12");
  EXPECT_EQ(Operands(company, "o.tags[0] == 'cloud'"), "o.tags[0] = \"cloud\"");
}

TEST(TraceTest, LeavesOutWhatWasNotRead) {
  TestCompany company;
  EXPECT_EQ(Operands(company, "o.line == 12 || o.value > 1.0"), "o.line = 12");
  EXPECT_EQ(Operands(company, "bn(38.6) > 1.0"), "");
}

TEST(TraceTest, ShowsWhatWasAbsent) {
  TestCompany company;
  EXPECT_EQ(Operands(company, "previous.value < o.value"), "previous.value = error(absent: previous)");
  EXPECT_EQ(Operands(company, "has(o.value_high)"), "has(o.value_high) = false");
}

TEST(TraceTest, ListsCallsAndLoopsOnce) {
  TestCompany company;
  company.history.resize(1);
  company.history[0] = TestObservation{"capex", "AMOUNT", 1.0, {}, 3, {}};
  const std::string past = "[Observation{metric: \"capex\", kind: \"AMOUNT\", value: 1.0, line: 3, tags: []}]";
  EXPECT_EQ(Operands(company, "size(history) > 0"), "size(history) = 1; history = " + past);
  EXPECT_EQ(Operands(company, "history.exists(p, p.value < o.value)"),
            "history.exists(p, p.value < o.value) = true; history = " + past + "; o.value = 38600000000.0");
}

}  // namespace
}  // namespace earshot::expr
