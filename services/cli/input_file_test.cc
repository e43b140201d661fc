#include "services/cli/input_file.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(InputFileTest, ReadsBackWhatWasWritten) {
  const std::string path = ::testing::TempDir() + "input_file_test." + std::to_string(getpid());
  const std::string bytes("a\0b\r\n\xff", 6);
  ASSERT_TRUE(WriteOutputFile(path, bytes).ok());
  EXPECT_EQ(ReadInputFile(path).value(), bytes);
  std::filesystem::remove(path);
  EXPECT_EQ(ReadInputFile(path).status().code(), absl::StatusCode::kNotFound);
}

TEST(InputFileTest, AFolderIsNoFile) {
  EXPECT_THAT(std::string(Message(ReadInputFile("/").status())), HasSubstr("is a folder"));
  EXPECT_EQ(WriteOutputFile("/", "x").code(), absl::StatusCode::kInvalidArgument);
}

TEST(InputFileTest, FindsWhatComesWithEarshotAboveTheProgram) {
  const auto found = FindConfigDir("catalog");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(*found, EndsWith("deploy/config/catalog"));
  EXPECT_EQ(ConfigDirOr("elsewhere", "catalog").value(), "elsewhere");
  EXPECT_THAT(std::string(Message(FindConfigDir("nothing").status())), HasSubstr("--nothing"));
}

TEST(InputFileTest, TheEnvironmentWins) {
  setenv("EARSHOT_CONFIG_DIR", "/nowhere", 1);
  const auto found = FindConfigDir("catalog");
  unsetenv("EARSHOT_CONFIG_DIR");
  EXPECT_THAT(std::string(Message(found.status())), HasSubstr("/nowhere/catalog"));
}

}  // namespace
}  // namespace earshot::cli
