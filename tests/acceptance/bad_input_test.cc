// Whatever is handed in: a message that says what, where and what to do, the right exit code, and a service that goes
// on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/acceptance/serve.h"

namespace earshot::acceptance {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kGoodCall =
    "Alibaba Group - Earnings Call - Q2 2027\n"
    "November 20, 2026\n"
    "Transcript\n"
    "Speaker 1\n"
    "Revenue from our cloud business grew 20% year over year.\n";

Finished Earshot(std::vector<std::string> args) {
  args.insert(args.begin(), EarshotBinary());
  return Run(args);
}

struct BadFile {
  std::string name;
  std::string content;
  std::vector<std::string> message;  // each is in the message
};

std::string Without(std::string_view text, std::string_view part) {
  std::string result(text);
  result.erase(result.find(part), part.size());
  return result;
}

std::vector<BadFile> BadFiles() {
  std::string invalid(kGoodCall);
  invalid.insert(invalid.find("grew"), "\xFF\xFE ");
  std::string unknown(kGoodCall);
  unknown.replace(0, std::string_view("Alibaba Group").size(), "Ztqx Nowhere Holdings");
  return {
      {"empty.txt", "", {"empty.txt", "empty"}},
      {"large.txt", std::string(kGoodCall) + std::string(10'000'000, 'x'), {"large.txt", "4 MiB"}},
      {"invalid.txt", invalid, {"invalid.txt:5", "UTF-8"}},
      {"no-period.txt", Without(kGoodCall, " - Q2 2027"), {"no-period.txt", "period"}},
      {"unknown.txt", unknown, {"Ztqx Nowhere Holdings", "--company"}},
  };
}

class BadFileTest : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadFileTest, ExtractSaysWhatIsWrong) {
  const TemporaryFolder folder;
  const auto file = folder.path() / GetParam().name;
  WriteFile(file, GetParam().content);
  const Finished finished = Earshot({"extract", file});
  EXPECT_EQ(finished.exit_code, 2) << finished.err;
  EXPECT_THAT(finished.out, IsEmpty());
  for (const std::string& part : GetParam().message) EXPECT_THAT(finished.err, HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(Files, BadFileTest, ::testing::ValuesIn(BadFiles()), [](const auto& info) {
  std::string name = info.param.name;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

TEST(BadInputTest, AServiceThatWasSentBadFilesGoesOn) {
  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  for (const BadFile& bad : BadFiles()) {
    const auto file = folder.path() / bad.name;
    WriteFile(file, bad.content);
    const Finished sent = Send(serve, file);
    EXPECT_EQ(sent.exit_code, 2) << bad.name << ": " << sent.err;
    for (const std::string& part : bad.message) EXPECT_THAT(sent.err, HasSubstr(part)) << bad.name;
  }
  const auto good = folder.path() / "good.txt";
  WriteFile(good, kGoodCall);
  EXPECT_EQ(Send(serve, good).exit_code, 0);
  serve.AwaitDecided();
  EXPECT_EQ(serve.Terminate(), 0) << serve.Output();
}

TEST(BadInputTest, UnknownRuleKeyIsShownWithItsPlace) {
  const TemporaryFolder folder;
  WriteFile(folder.path() / "rules.yaml",
            "groups:\n"
            "  - name: desk\n"
            "    rules:\n"
            "      - alert: Above\n"
            "        match: {metric: capex}\n"
            "        wen: o.value > 1.0\n");
  const Finished finished = Earshot({"rules", "check", folder.path()});
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.out + finished.err,
              AllOf(HasSubstr("rules.yaml:6:9"), HasSubstr("wen"), HasSubstr("did you mean 'when'?"), HasSubstr("^")));
}

TEST(BadInputTest, ServeDoesNotStartOnBadRules) {
  const TemporaryFolder folder;
  WriteFile(folder.path() / "rules.yaml", "groups: 7\n");
  const Finished finished = Earshot({"serve", "--data", folder.path() / "log", "--listen", "127.0.0.1:0",
                                     "--metrics-listen", "127.0.0.1:0", "--rules", folder.path()});
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.err, HasSubstr("rules.yaml:1:9"));
}

TEST(BadInputTest, APortInUseIsNamed) {
  const TemporaryFolder first_folder, second_folder;
  Serve first(first_folder.path());
  first.Start();
  const Finished second = Earshot({"serve", "--data", second_folder.path() / "log", "--listen", first.address(),
                                   "--metrics-listen", "127.0.0.1:0"});
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.err, AllOf(HasSubstr(first.address()), HasSubstr("in use")));
}

TEST(BadInputTest, ADataFolderInUseIsNamed) {
  const TemporaryFolder folder;
  Serve first(folder.path());
  first.Start();
  const Finished second =
      Earshot({"serve", "--data", folder.path() / "log", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"});
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.err, AllOf(HasSubstr((folder.path() / "log").string()), HasSubstr("in use")));
}

TEST(BadInputTest, AServiceOutOfReachIsExitCodeThree) {
  const TemporaryFolder folder;
  const auto good = folder.path() / "good.txt";
  WriteFile(good, kGoodCall);
  const std::string nowhere = "127.0.0.1:1";
  EXPECT_EQ(Earshot({"alerts", "list", "--from", nowhere}).exit_code, 3);
  EXPECT_EQ(Earshot({"send", good, "--to", nowhere}).exit_code, 3);
}

TEST(BadInputTest, BadUsageIsExitCodeTwo) {
  EXPECT_EQ(Earshot({}).exit_code, 2);
  EXPECT_EQ(Earshot({"extrakt"}).exit_code, 2);
  EXPECT_EQ(Earshot({"extract"}).exit_code, 2);
  EXPECT_EQ(Earshot({"quantities", "--lang", "fr"}).exit_code, 2);
}

}  // namespace
}  // namespace earshot::acceptance
