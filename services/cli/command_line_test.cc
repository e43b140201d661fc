#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/command_run.h"

namespace earshot::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(CommandLineTest, HelpAndVersionAreGood) {
  const CommandRun help = RunForTest({"--help"});
  EXPECT_EQ(help.code, kGood);
  EXPECT_THAT(help.out, AllOf(HasSubstr("watch"), HasSubstr("alerts")));
  const CommandRun version = RunForTest({"--version"});
  EXPECT_EQ(version.code, kGood);
  EXPECT_THAT(version.out, HasSubstr("earshot 0."));
  EXPECT_EQ(RunForTest({"watch", "--help"}).code, kGood);
}

TEST(CommandLineTest, BadUsageIsTwoWithAMessageAndASuggestion) {
  EXPECT_EQ(RunForTest({}).code, kBadUsage);
  const CommandRun command = RunForTest({"wacth"});
  EXPECT_EQ(command.code, kBadUsage);
  EXPECT_THAT(command.err, HasSubstr("did you mean 'watch'?"));
  const CommandRun flag = RunForTest({"watch", "--from", "127.0.0.1:1", "--fliter", "x"});
  EXPECT_EQ(flag.code, kBadUsage);
  EXPECT_THAT(flag.err, AllOf(HasSubstr("earshot watch: "), HasSubstr("did you mean '--filter'?"),
                              HasSubstr("Try 'earshot watch --help'.")));
  const CommandRun missing = RunForTest({"watch"});
  EXPECT_EQ(missing.code, kBadUsage);
  EXPECT_THAT(missing.err, HasSubstr("--from is required"));
  EXPECT_EQ(RunForTest({"watch", "--from", "x:1", "--count", "many"}).code, kBadUsage);
  EXPECT_EQ(RunForTest({"watch", "--from", "x:1", "--start", "middle"}).code, kBadUsage);
  EXPECT_EQ(RunForTest({"alerts"}).code, kBadUsage);
}

TEST(CommandLineTest, AServiceOutOfReachIsThree) {
  const CommandRun ran = RunForTest({"alerts", "list", "--from", "127.0.0.1:1"});
  EXPECT_EQ(ran.code, kUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("no Earshot server answers on 127.0.0.1:1"));
}

}  // namespace
}  // namespace earshot::cli
