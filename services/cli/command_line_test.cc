#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/command.h"

namespace earshot::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Ran {
  int code;
  std::string out;
  std::string err;
};

Ran RunLine(const std::vector<std::string>& arguments) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Console console{.in = in, .out = out, .err = err};
  const int code = RunCommandLine(arguments, console);
  return {code, out.str(), err.str()};
}

TEST(CommandLineTest, HelpAndVersionAreGood) {
  const Ran help = RunLine({"--help"});
  EXPECT_EQ(help.code, kGood);
  EXPECT_THAT(help.out, AllOf(HasSubstr("watch"), HasSubstr("alerts")));
  const Ran version = RunLine({"--version"});
  EXPECT_EQ(version.code, kGood);
  EXPECT_THAT(version.out, HasSubstr("earshot 0."));
  EXPECT_EQ(RunLine({"watch", "--help"}).code, kGood);
}

TEST(CommandLineTest, BadUsageIsTwoWithAMessageAndASuggestion) {
  EXPECT_EQ(RunLine({}).code, kBadUsage);
  const Ran command = RunLine({"wacth"});
  EXPECT_EQ(command.code, kBadUsage);
  EXPECT_THAT(command.err, HasSubstr("did you mean 'watch'?"));
  const Ran flag = RunLine({"watch", "--from", "127.0.0.1:1", "--fliter", "x"});
  EXPECT_EQ(flag.code, kBadUsage);
  EXPECT_THAT(flag.err, AllOf(HasSubstr("earshot watch: "), HasSubstr("did you mean '--filter'?"),
                              HasSubstr("Try 'earshot watch --help'.")));
  const Ran missing = RunLine({"watch"});
  EXPECT_EQ(missing.code, kBadUsage);
  EXPECT_THAT(missing.err, HasSubstr("--from is required"));
  EXPECT_EQ(RunLine({"watch", "--from", "x:1", "--count", "many"}).code, kBadUsage);
  EXPECT_EQ(RunLine({"watch", "--from", "x:1", "--start", "middle"}).code, kBadUsage);
  EXPECT_EQ(RunLine({"alerts"}).code, kBadUsage);
}

TEST(CommandLineTest, AServiceOutOfReachIsThree) {
  const Ran ran = RunLine({"alerts", "list", "--from", "127.0.0.1:1"});
  EXPECT_EQ(ran.code, kUnreachable);
  EXPECT_THAT(ran.err, HasSubstr("no Earshot server answers on 127.0.0.1:1"));
}

}  // namespace
}  // namespace earshot::cli
