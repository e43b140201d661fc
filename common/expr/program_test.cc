#include "common/expr/program.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "common/expr/test_company.h"
#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

TEST(ProgramTest, EvaluatesOverMessages) {
  TestCompany company;
  EXPECT_EQ(company.Run("o.value > 1.10 * plan.per_quarter"), "true");
  EXPECT_EQ(company.Run("o.value > bn(40.0)"), "false");
  EXPECT_EQ(company.Run("'cloud' in o.tags && o.tags[1] == 'ai'"), "true");
  EXPECT_EQ(company.Run("history.exists(p, p.value == 20e9)"), "true");
  EXPECT_EQ(company.Run("history.map(p, p.value < 25e9, p.value)"), "[10000000000.0, 20000000000.0]");
  EXPECT_EQ(company.Run("dyn(o).metric + '/' + dyn(plan).metric"), "\"capex/capex\"");
  EXPECT_EQ(company.Run("o == history[0]"), "false");
  EXPECT_EQ(company.Run("'CapEx %.1f bn'.format([o.value / 1e9])"), "\"CapEx 38.6 bn\"");
}

TEST(ProgramTest, TellsAbsentThingsApart) {
  TestCompany company;
  EXPECT_EQ(company.Complain("o.value > previous.value"),
            "expression:1:11: absent: previous\n"
            "    o.value > previous.value\n"
            "              ^~~~~~~~");
  EXPECT_EQ(company.Complain("o.value_high > 1.0"),
            "expression:1:1: absent: o.value_high\n"
            "    o.value_high > 1.0\n"
            "    ^~~~~~~~~~~~");
  EXPECT_EQ(company.Run("has(o.value_high)"), "false");
  EXPECT_EQ(company.Run("has(o.value)"), "true");
  EXPECT_EQ(company.Run("has(previous.value)"), "false");
  EXPECT_EQ(company.Run("has(previous.value) && o.value > previous.value"), "false");
  EXPECT_EQ(company.Run("previous.value > 1.0 || o.line == 12"), "true");
  company.observation.value_high = 40e9;
  EXPECT_EQ(company.Run("o.value_high"), "40000000000.0");
  const auto program = *CompileOrStatus(company.env, "previous.value");
  EXPECT_EQ(program->Evaluate(company.bindings, company.arena).error().kind, ErrorKind::kAbsent);
}

TEST(ProgramTest, PointsAtWhatFailed) {
  TestCompany company;
  EXPECT_EQ(company.Complain("o.line / (o.line - 12) > 1"),
            "expression:1:8: divide by zero\n"
            "    o.line / (o.line - 12) > 1\n"
            "           ^");
  EXPECT_EQ(company.Complain("o.tags[7] == 'a'"),
            "expression:1:1: no index 7 in a list of 2\n"
            "    o.tags[7] == 'a'\n"
            "    ^~~~~~~~~");
  EXPECT_EQ(company.Complain("{'a': 1}[o.metric]"),
            "expression:1:1: no such key: \"capex\"\n"
            "    {'a': 1}[o.metric]\n"
            "    ^~~~~~~~~~~~~~~~~~");
  EXPECT_EQ(company.Complain("dyn(o).valu"),
            "expression:1:1: Observation has no field 'valu'\n"
            "    dyn(o).valu\n"
            "    ^~~~~~~~~~~");
  EXPECT_EQ(company.Complain("dyn(o.metric) + 1"),
            "expression:1:15: no such overload: string + int\n"
            "    dyn(o.metric) + 1\n"
            "                  ^");
  EXPECT_EQ(company.Complain("'%d'.format([o.value])"),
            "expression:1:6: format(): %d cannot show double\n"
            "    '%d'.format([o.value])\n"
            "         ^~~~~~");
  EXPECT_EQ(company.Complain("int(o.metric)"),
            "expression:1:1: \"capex\" is no int\n"
            "    int(o.metric)\n"
            "    ^~~");
}

TEST(ProgramTest, AbsorbsErrorsButNotTheBudget) {
  TestCompany company;
  EXPECT_EQ(company.Run("1 / (o.line - 12) > 0 || true"), "true");
  EXPECT_EQ(company.Run("1 / (o.line - 12) > 0 && false"), "false");
  EXPECT_EQ(company.Run("1 / (o.line - 12) > 0 || false"), "error(divide by zero)");
  const std::string expensive = "history.all(p, history.all(q, history.all(r, r.line >= 0)))";
  EXPECT_EQ(company.Run(expensive), "true");
  const EvaluateOptions little{.budget = 60};
  const std::string budget_error = "error(the evaluation costs more than its budget)";
  EXPECT_EQ(company.Run(expensive, little), budget_error);
  EXPECT_EQ(company.Run(expensive + " || o.line == 12", little), budget_error);
  EXPECT_EQ(company.Run("!" + expensive + " && o.line == 13", little), budget_error);
  EXPECT_EQ(company.Run("history.exists(p, " + expensive + ")", little), budget_error);
  EXPECT_EQ(company.Run("o.line == 12", {.budget = 1}), budget_error);
}

TEST(ProgramTest, EndsNestedLoopsSoon) {
  TestCompany company;
  std::string source = "o.line == 12";
  for (int i = 0; i < 30; ++i) source = "[0, 1].all(x, " + source + ")";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(company.Run(source), "error(the evaluation costs more than its budget)");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(ProgramTest, BoundsWhatTextsAndListsGrowTo) {
  TestCompany company;
  std::string text = "o.metric";
  std::string list = "o.tags";
  for (int i = 0; i < 7; ++i) {
    text = "[" + text + "].map(t, t + t + t + t + t + t + t + t + t + t)[0]";
    list = "[" + list + "].map(t, t + t + t + t + t + t + t + t + t + t)[0]";
  }
  const std::string budget_error = "error(the evaluation costs more than its budget)";
  EXPECT_EQ(company.Run(text), budget_error);
  EXPECT_EQ(company.Run(list), budget_error);
}

TEST(ProgramTest, FoldsConstantsWithoutLosingErrors) {
  TestCompany company;
  EXPECT_EQ(company.Run("1 / 0 > 1 || o.line == 12"), "true");
  EXPECT_EQ(company.Complain("[1, 2].map(x, x * 2) + [10 / 0]"),
            "expression:1:28: divide by zero\n"
            "    [1, 2].map(x, x * 2) + [10 / 0]\n"
            "                               ^");
  EXPECT_EQ(company.Run("false && previous.value > 1.0"), "false");
  EXPECT_EQ(company.Run("true ? o.line : previous.line"), "12");
  const auto folded = *CompileOrStatus(company.env, "[1, 2, 3].exists(x, x == 2) && 'abc'.contains('b')");
  Arena arena;
  EXPECT_EQ(DebugString(folded->Evaluate(company.bindings, arena, {.budget = 1})), "true");
  EXPECT_EQ(arena.allocated_bytes(), 0u);
}

TEST(ProgramTest, NeedsNoMemoryForScalars) {
  TestCompany company;
  const auto program = *CompileOrStatus(company.env, "o.kind == 'AMOUNT' && o.value > 1.10 * plan.per_quarter");
  Arena arena;
  EXPECT_EQ(DebugString(program->Evaluate(company.bindings, arena)), "true");
  EXPECT_EQ(arena.allocated_bytes(), 0u);
}

TEST(ProgramTest, ReadsAVariableOnceAndOnlyWhenNeeded) {
  TestCompany company;
  int reads = 0;
  const VariableId id = company.env.AddVariable("year_ago", Type::Double());
  company.bindings.BindLazily(id, [&reads](Arena&) {
    ++reads;
    return Value::Double(1.5);
  });
  EXPECT_EQ(company.Run("o.line == 12 || year_ago > 1.0"), "true");
  EXPECT_EQ(reads, 0);
  EXPECT_EQ(company.Run("year_ago > 1.0 && year_ago < 2.0 && history.all(p, p.value > year_ago)"), "true");
  EXPECT_EQ(reads, 1);
  const auto program = *CompileOrStatus(company.env, "year_ago > o.value ? plan.per_quarter : o.value");
  EXPECT_EQ(program->variables(), (std::vector<VariableId>{id, 0, 1}));
}

TEST(ProgramTest, TrustsNoDeclaredType) {
  TestCompany company;
  company.bindings.Bind(company.env.FindVariable("o")->id, Value::String("no message"));
  EXPECT_EQ(company.Run("o.value > 1.0"), "error(string has no fields, and none 'value')");
  company.bindings.Bind(company.env.FindVariable("o")->id,
                        company.arena.MakeMessage(*company.plan_type, &company.plan));
  EXPECT_EQ(company.Run("o.value > 1.0"), "error(Plan has no field 'value')");
  EXPECT_EQ(company.Run("o.metric == 'capex'"), "true");
  const VariableId number = company.env.AddVariable("number", Type::Double());
  company.bindings.Bind(number, Value::String("text"));
  EXPECT_EQ(company.Run("number > 1.0"), "error(no such overload: string > double)");
  EXPECT_EQ(company.Run("math.abs(number) > 1.0"), "error(no such overload: 'math.abs' of (string))");
}

TEST(ProgramTest, IsSharedByThreads) {
  TestCompany company;
  const auto program =
      *CompileOrStatus(company.env, "o.metric.matches('^cap') && history.exists(p, p.value < o.value)");
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Arena arena;
      for (int i = 0; i < 200; ++i) {
        arena.Reset();
        Trace trace;
        const Value value = program->Evaluate(company.bindings, arena, {.trace = i % 2 == 0 ? &trace : nullptr});
        good += value.Is(Kind::kBool) && value.bool_value() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 800);
}

}  // namespace
}  // namespace earshot::expr
