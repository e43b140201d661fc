// What is extracted from calls, held against what people wrote down of them, with floors that may only be raised.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gtest/gtest.h"
#include "services/ingest/extract/transcript_file.h"
#include "tests/gold/score.h"

namespace earshot::gold {
namespace {

// Percent. Raise a floor when the work is better; never lower one.
using Floors = std::map<std::string, double>;

std::string SourceDir() {
  const char* dir = std::getenv("EARSHOT_SOURCE_DIR");
  return dir != nullptr ? dir : ".";
}

// The folder of calls that cannot be in the repository; $EARSHOT_SHARED_DIR, else ../shared beside it.
std::string SharedDir() {
  const char* dir = std::getenv("EARSHOT_SHARED_DIR");
  return dir != nullptr ? dir : SourceDir() + "/../shared";
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

void ExpectScore(const std::string& call_path, const std::string& gold_path, const Floors& floors) {
  const auto catalog = catalog::Catalog::Load(SourceDir() + "/deploy/config/catalog");
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  const auto understood = extract::UnderstandFile(*catalog, ReadAll(call_path), {.file_name = call_path});
  ASSERT_TRUE(understood.ok()) << understood.status();
  const auto gold = ReadFacts(ReadAll(gold_path));
  ASSERT_TRUE(gold.ok()) << gold.status();
  ASSERT_FALSE(gold->empty()) << gold_path;
  std::vector<Fact> extracted;
  for (const v1::Observation& observation : understood->Observations()) extracted.push_back(ToFact(observation));
  std::vector<std::string> misses;
  std::map<std::string, double> score = Score(*gold, extracted, misses);
  for (const auto& [name, percent] : score) std::cout << name << ": " << percent << "\n";
  for (const std::string& miss : misses) std::cout << "  " << miss << "\n";
  for (const auto& [name, floor] : floors) EXPECT_GE(score[name], floor) << name;
}

TEST(GoldTest, Fy2025Q3) {
  const std::string gold = SharedDir() + "/gold/baba-fy2025q3.jsonl";
  if (ReadAll(gold).empty()) GTEST_SKIP() << "no gold there: " << gold;
  ExpectScore(SharedDir() + "/calls/baba-fy2025q3.txt", gold,
              {{"recall", 100},
               {"recall en", 100},
               {"recall zh", 100},
               {"recall states", 100},
               {"precision numbers", 100},
               {"bound", 100},
               {"basis", 100},
               {"stance", 100},
               {"period", 100},
               {"adjustment", 100},
               {"role", 100}});
}

TEST(GoldTest, Samples) {
  const struct {
    std::string call, gold;
    Floors floors;
  } samples[] = {
      {"baba-fy2026q2.txt",
       "baba-fy2026q2.jsonl",
       {{"recall", 98}, {"precision numbers", 100}, {"stance", 100}, {"period", 100}, {"basis", 100}, {"bound", 100}}},
      {"baba-fy2026q3.txt",
       "baba-fy2026q3.jsonl",
       {{"recall", 85}, {"precision numbers", 100}, {"stance", 100}, {"period", 100}, {"basis", 100}, {"bound", 100}}},
      {"northwind-fy2025q4.jsonl",
       "northwind-fy2025q4.jsonl",
       {{"recall", 100}, {"precision numbers", 100}, {"stance", 100}, {"period", 100}, {"basis", 100}, {"bound", 100}}},
  };
  for (const auto& sample : samples) {
    ExpectScore(SourceDir() + "/deploy/samples/" + sample.call, SourceDir() + "/tests/gold/samples/" + sample.gold,
                sample.floors);
  }
}

TEST(ScoreTest, OneObservationMeetsOneLine) {
  const auto gold = ReadFacts(
      R"({"line": 3, "tier": 1, "lang": "en", "metric": "capex", "segment": "group", "kind": "AMOUNT", "value": 5, "unit": "CNY", "stance": "PLAN"}
{"line": 3, "tier": 1, "lang": "en", "metric": "capex", "segment": "group", "kind": "AMOUNT", "value": 5, "unit": "CNY", "stance": "PLAN"}
{"line": 4, "tier": 2, "lang": "en", "metric": "capex", "segment": "cloud", "kind": "STATE", "state": "INCREASED", "note": "ALT segment=group"})");
  ASSERT_TRUE(gold.ok());
  std::vector<Fact> extracted = {gold->front(), gold->back()};
  extracted[0].value = 5.01;
  extracted[0].fields["stance"] = "ACTUAL";
  extracted[1].fields["segment"] = "group";
  std::vector<std::string> misses;
  const auto score = Score(*gold, extracted, misses);
  EXPECT_EQ(score.at("recall"), 50);
  EXPECT_EQ(score.at("precision numbers"), 100);
  EXPECT_EQ(score.at("stance"), 0);
  EXPECT_EQ(misses.size(), 2u);
}

TEST(ScoreTest, WhatIsNoJsonIsSaid) { EXPECT_FALSE(ReadFacts("{}\nno").ok()); }

}  // namespace
}  // namespace earshot::gold
