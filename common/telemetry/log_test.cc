#include "common/telemetry/log.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::telemetry {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class LogTest : public ::testing::Test {
 protected:
  LogTest() {
    Log::SetSink([this](std::string_view line) { lines_.emplace_back(line); });
    Log::Configure(LogLevel::kInfo, LogFormat::kJson);
  }
  ~LogTest() override {
    Log::SetSink(nullptr);
    Log::Configure(LogLevel::kInfo);
  }
  std::vector<std::string> lines_;
};

TEST_F(LogTest, WritesOneJsonObjectALine) {
  const std::string call = "calls/acme-fy2026q1";
  Log::Info("ingest", "call opened",
            {{"call", call}, {"resume_from", 3}, {"share", 0.5}, {"known", true}, {"error", absl::OkStatus()}});
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_THAT(lines_[0], MatchesRegex(R"(\{"time":"[0-9-]+T[0-9:]+\.[0-9]+Z","level":"info","logger":"ingest",.*)"));
  EXPECT_THAT(lines_[0], EndsWith(R"("msg":"call opened","call":"calls/acme-fy2026q1","resume_from":3,)"
                                  R"("share":0.5,"known":true,"error":""})"));
}

TEST_F(LogTest, EscapesWhatJsonDoesNotTake) {
  Log::Error("x", "a\"b\\c\nd\te\x01", {{"bad", std::string("\xff")}, {"not", 0.0 / 0.0}});
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_THAT(lines_[0], HasSubstr(R"(a\"b\\c\nd\u0009e\u0001)"));
  EXPECT_THAT(lines_[0], HasSubstr("\"bad\":\"\uFFFD\""));
  EXPECT_THAT(lines_[0], MatchesRegex(".*\"not\":\"-?nan\"}"));
}

TEST_F(LogTest, DropsWhatIsBelowItsLevel) {
  Log::Configure(LogLevel::kWarning, LogFormat::kText);
  Log::Info("x", "unseen");
  Log::Warning("x", "seen", {{"n", 1}});
  EXPECT_THAT(lines_, ElementsAre(EndsWith("warning x: seen  n=1")));
}

}  // namespace
}  // namespace earshot::telemetry
