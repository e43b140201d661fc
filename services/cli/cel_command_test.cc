#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/command_run.h"

namespace earshot::cli {
namespace {

using ::testing::HasSubstr;

CommandRun RunCel(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "cel");
  return RunForTest(arguments);
}

TEST(CelCommandTest, PrintsTheValueAsJson) {
  const CommandRun sum = RunCel({"o.value > 1.1 * plan", "--bindings", R"({"o": {"value": 38.6}, "plan": 31.67})"});
  EXPECT_EQ(sum.code, kGood);
  EXPECT_EQ(sum.out, "true\n");
  EXPECT_EQ(sum.err, "");
  EXPECT_EQ(RunCel({"[1, 'a'].map(x, x)"}).out, "[1,\"a\"]\n");
}

TEST(CelCommandTest, PointsAtWhatIsWrong) {
  const CommandRun unknown = RunCel({"revenu > 3", "--bindings", R"({"revenue": 4})"});
  EXPECT_EQ(unknown.code, kBadUsage);
  EXPECT_EQ(unknown.out, "");
  EXPECT_THAT(unknown.err, HasSubstr("expression:1:1: unknown variable 'revenu', did you mean 'revenue'?\n"
                                     "    revenu > 3\n"
                                     "    ^~~~~~"));
  EXPECT_THAT(RunCel({"1 / x", "--bindings", R"({"x": 0})"}).err, HasSubstr("divide by zero"));
  EXPECT_EQ(RunCel({"1", "--bindings", "{"}).code, kBadUsage);
  EXPECT_EQ(RunCel({}).code, kBadUsage);
}

}  // namespace
}  // namespace earshot::cli
