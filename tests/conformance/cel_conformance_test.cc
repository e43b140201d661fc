// Runs the vectors of the CEL conformance suite (cel/vectors.jsonl of the shared folder, which is no part of this
// repository: EARSHOT_SHARED_DIR says where it is, by default next to the source tree). Prints pass, skip and fail per
// file; fewer passes than kFloor is a failure.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/json/json.h"
#include "fmt/format.h"
#include "gtest/gtest.h"
#include "tests/conformance/cel_vector.h"

namespace earshot::conformance {
namespace {

// What passes today. May only be raised.
constexpr int kFloor = 1627;

std::filesystem::path VectorsPath() {
  if (const char* shared = std::getenv("EARSHOT_SHARED_DIR")) {
    return std::filesystem::path(shared) / "cel" / "vectors.jsonl";
  }
  const char* source = std::getenv("EARSHOT_SOURCE_DIR");
  return std::filesystem::path(source == nullptr ? "." : source) / ".." / "shared" / "cel" / "vectors.jsonl";
}

struct Tally {
  int pass = 0;
  int skip = 0;
  int fail = 0;

  void Count(Outcome outcome) { ++(outcome == Outcome::kPass ? pass : outcome == Outcome::kSkip ? skip : fail); }
};

void PrintTally(std::string_view name, const Tally& tally) {
  std::cout << fmt::format("{:<20} {:>5} pass {:>4} skip {:>4} fail\n", name, tally.pass, tally.skip, tally.fail);
}

TEST(CelConformanceTest, PassesTheVectors) {
  std::ifstream file(VectorsPath());
  if (!file) GTEST_SKIP() << "no vectors at " << VectorsPath();
  std::map<std::string, Tally> files;
  Tally all;
  std::vector<std::string> failures;
  for (std::string line; std::getline(file, line);) {
    const auto vector = json::Parse(line);
    ASSERT_TRUE(vector.ok()) << vector.status();
    const VectorResult result = RunVector(*vector);
    files[vector->Find("file")->string()].Count(result.outcome);
    all.Count(result.outcome);
    if (result.outcome == Outcome::kFail) {
      failures.push_back(
          fmt::format("{}: {}\n    {}", vector->Find("id")->string(), vector->Find("expr")->string(), result.why));
    }
  }
  for (const auto& [name, tally] : files) PrintTally(name, tally);
  PrintTally("all", all);
  for (const std::string& failure : failures) std::cout << failure << '\n';
  EXPECT_GE(all.pass, kFloor);
}

}  // namespace
}  // namespace earshot::conformance
