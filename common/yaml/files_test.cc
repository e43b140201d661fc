#include "common/yaml/files.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::yaml {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

class FilesTest : public testing::Test {
 protected:
  FilesTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "sub");
  }
  ~FilesTest() override { std::filesystem::remove_all(folder_); }
  void Write(const char* name, const char* text) { std::ofstream(folder_ / name) << text; }

  std::filesystem::path folder_;
  Diagnostics diagnostics_;
};

TEST_F(FilesTest, ReadsAFolderInOrderWithRelativePaths) {
  Write("b.yaml", "b: 1");
  Write("a.yml", "a: 1");
  Write("sub/c.yaml", "c: 1");
  Write(".hidden.yaml", "x");
  Write("notes.txt", "x");
  EXPECT_THAT(ReadFiles({folder_.string()}, diagnostics_),
              ElementsAre(Field(&File::path, "a.yml"), Field(&File::path, "b.yaml"), Field(&File::path, "sub/c.yaml")));
  EXPECT_TRUE(diagnostics_.empty());
}

TEST_F(FilesTest, SaysWhatCannotBeReadAndGoesOn) {
  Write("b.yaml", "b: 1");
  const auto files = ReadFiles(
      {(folder_ / "no.yaml").string(), (folder_ / "sub").string(), (folder_ / "b.yaml").string()}, diagnostics_);
  EXPECT_THAT(files, ElementsAre(Field(&File::text, "b: 1")));
  EXPECT_THAT(diagnostics_.Render(), HasSubstr("no.yaml: no such file or folder"));
  EXPECT_THAT(diagnostics_.Render(), HasSubstr("sub: holds no .yaml file"));
}

}  // namespace
}  // namespace earshot::yaml
