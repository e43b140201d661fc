// The commands that work on files without a server.
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/command_run.h"
#include "services/cli/input_file.h"

namespace earshot::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

namespace fs = std::filesystem;

constexpr std::string_view kTranscript =
    "Alibaba Group - Earnings Call - Q2 2027\n"
    "November 20, 2026\n"
    "Speaker 1\n"
    "Our total revenue grew 20% year over year.\n";

class FilesCommandTest : public ::testing::Test {
 protected:
  FilesCommandTest() : folder_(fs::path(::testing::TempDir()) / fmt::format("files_command_test.{}", getpid())) {
    fs::create_directories(folder_);
  }
  ~FilesCommandTest() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, std::string_view content) const {
    fs::create_directories((folder_ / name).parent_path());
    EXPECT_TRUE(WriteOutputFile(folder_ / name, std::string(content)).ok());
    return folder_ / name;
  }

  const fs::path folder_;
};

TEST_F(FilesCommandTest, ExtractWritesAnObservationALine) {
  const CommandRun run = RunForTest({"extract", Write("call.txt", kTranscript)});
  EXPECT_EQ(run.code, kGood) << run.err;
  EXPECT_THAT(run.out, AllOf(StartsWith("{\"name\":\"calls/baba-fy2027q2/observations/"),
                             HasSubstr(R"("metric":"revenue")"), HasSubstr(R"("kind":"KIND_GROWTH","value":20,)")));
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1);
}

TEST_F(FilesCommandTest, ExtractExplainsItself) {
  const CommandRun run = RunForTest({"extract", Write("call.txt", kTranscript), "--explain"});
  EXPECT_THAT(run.err, AllOf(HasSubstr("call.txt:4: \"20%\""), HasSubstr("observations/")));
}

TEST_F(FilesCommandTest, ExtractWritesAFileForEach) {
  const CommandRun run =
      RunForTest({"extract", Write("call.txt", kTranscript), Write("empty.txt", ""), "--out", folder_ / "out"});
  EXPECT_EQ(run.code, kBadUsage) << "one of the two is bad";
  EXPECT_THAT(run.err, HasSubstr("empty.txt"));
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(ReadInputFile(folder_ / "out/call.jsonl").value(), HasSubstr("revenue"));
}

TEST_F(FilesCommandTest, ExtractDoesNotWriteTwoFilesToOne) {
  const CommandRun run = RunForTest(
      {"extract", Write("a/call.txt", kTranscript), Write("b/call.txt", kTranscript), "--out", folder_ / "out"});
  EXPECT_EQ(run.code, kBadUsage);
  EXPECT_THAT(run.err, HasSubstr("would both be written to"));
}

TEST_F(FilesCommandTest, ExtractWantsToKnowWhichCompany) {
  std::string unknown(kTranscript);
  unknown.replace(0, 13, "Ztqx Holdings");
  const CommandRun run = RunForTest({"extract", Write("call.txt", unknown)});
  EXPECT_EQ(run.code, kBadUsage);
  EXPECT_THAT(run.err, AllOf(HasSubstr("'Ztqx Holdings'"), HasSubstr("--company")));
  EXPECT_EQ(RunForTest({"extract", folder_ / "call.txt", "--company", "ZTQX"}).code, kGood);
}

TEST_F(FilesCommandTest, QuantitiesAnswersEachLine) {
  const CommandRun run = RunForTest({"quantities", "--lang", "en"}, {.input = "up 26%\nnothing\n"});
  EXPECT_EQ(run.code, kGood);
  EXPECT_THAT(run.out, StartsWith(R"([{"text": "26%", "begin": 3, "end": 6, "value": 26,)"));
  EXPECT_THAT(run.out, ::testing::EndsWith("]\n[]\n"));
  const CommandRun bad = RunForTest({"quantities", "--lang", "en"}, {.input = "up 26%\nup \xFF 3%\nup 4%\n"});
  EXPECT_EQ(bad.code, kBadUsage);
  EXPECT_EQ(std::count(bad.out.begin(), bad.out.end(), '\n'), 3) << bad.out;
  EXPECT_THAT(bad.err, HasSubstr("line 2, byte 4: no valid UTF-8"));
  EXPECT_EQ(RunForTest({"quantities", "--lang", "fr"}).code, kBadUsage);
}

TEST_F(FilesCommandTest, RulesCheckShowsAllErrorsWithTheirPlaces) {
  Write("rules/good.yaml",
        "groups:\n  - name: a\n    rules:\n      - alert: Good\n        match: {metric: revenue}\n        when: "
        "o.value > 1.0\n");
  const CommandRun good = RunForTest({"rules", "check", folder_ / "rules"});
  EXPECT_EQ(good.code, kGood) << good.err;
  EXPECT_THAT(good.out, StartsWith("1 rule in 1 file good: ruleSets/"));
  Write(
      "rules/bad.yaml",
      "groups:\n  - name: b\n    rules:\n      - alert: Bad\n        match: {metric: revenu}\n        when: o.valeu > "
      "1.0\n");
  const CommandRun bad = RunForTest({"rules", "check", folder_ / "rules"});
  EXPECT_EQ(bad.code, kCheckFailed);
  EXPECT_THAT(bad.err, AllOf(HasSubstr("bad.yaml:5:"), HasSubstr("did you mean 'revenue'?"), HasSubstr("bad.yaml:6:"),
                             HasSubstr("did you mean 'value'?"), HasSubstr("2 errors in 2 files")));
  EXPECT_EQ(RunForTest({"rules", "check", folder_ / "nothing"}).code, kBadUsage);
}

}  // namespace
}  // namespace earshot::cli
