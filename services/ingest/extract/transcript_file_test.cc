#include "services/ingest/extract/transcript_file.h"

#include <gmock/gmock.h>

#include "services/ingest/extract/extraction_case.h"

namespace earshot::extract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(TranscriptFileTest, AFileWithAHeader) {
  const auto understood = UnderstandFile(ShippedCatalog(),
                                         "Alibaba Group - Earnings Call - Q1 2026\nAugust 29, 2025\nTranscript\n"
                                         "Speaker 1\nThis quarter, capex reached RMB 30 billion.\n",
                                         {.file_name = "x.txt"});
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_EQ(understood->call.name(), "calls/baba-fy2026q1");
  EXPECT_EQ(understood->call.company(), "BABA");
  EXPECT_THAT(Lines(understood->Observations()), ElementsAre("capex/group AMOUNT 30000000000 CNY [FY2026Q1]"));
  EXPECT_EQ(understood->Observations()[0].evidence().line(), 5);
  EXPECT_TRUE(understood->warnings.empty());
}

TEST(TranscriptFileTest, AFileWithoutOneWorksWithTheGeneralCatalogue) {
  const auto understood = UnderstandFile(
      ShippedCatalog(),
      "Welcome to our second quarter of 2025 call.\nIn the second quarter, net sales were $40 million.\n",
      {.file_name = "acme_q2.txt"});
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_EQ(understood->call.name(), "calls/acme-q2");
  EXPECT_THAT(Lines(understood->Observations()), ElementsAre("revenue/group AMOUNT 40000000 USD [FY2025Q2]"));
}

TEST(TranscriptFileTest, AHeaderMayNameATickerThatTheCatalogueLacks) {
  const auto understood =
      UnderstandFile(ShippedCatalog(),
                     R"({"company": "NOPE", "fiscal_period": "FY2025Q4"})"
                     "\n"
                     R"({"speaker": "Ann", "role": "MANAGEMENT", "text": "Net sales were $40 million."})",
                     {.file_name = "x.jsonl"});
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_EQ(understood->call.name(), "calls/nope-fy2025q4");
  EXPECT_THAT(Lines(understood->Observations()), ElementsAre("revenue/group AMOUNT 40000000 USD [FY2025Q4]"));
  EXPECT_THAT(understood->warnings, ElementsAre(HasSubstr("does not know the company 'NOPE'")));
}

TEST(TranscriptFileTest, TheFileNameTellsThePeriodBeforeTheText) {
  const auto understood =
      UnderstandFile(ShippedCatalog(), "Sales rose over the first quarter of 2020.\nThe first quarter is behind us.\n",
                     {.file_name = "dir/ACME_q4_2021.txt"});
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_EQ(understood->call.fiscal_period(), "FY2021Q4");
}

TEST(TranscriptFileTest, WhatTheCallerSaysCounts) {
  const auto understood = UnderstandFile(ShippedCatalog(), "Net sales were 40 million dollars.\nThank you.\n",
                                         {.file_name = "x.txt", .company = "BABA", .period = "FY2024Q2"});
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_EQ(understood->call.name(), "calls/baba-fy2024q2");
  EXPECT_EQ(understood->Observations().at(0).period(), "FY2024Q2");
}

TEST(TranscriptFileTest, BadInputIsSaidClearly) {
  const auto code = [](std::string_view bytes, const FileOptions& options) {
    return UnderstandFile(ShippedCatalog(), bytes, options).status().code();
  };
  EXPECT_EQ(code("", {.file_name = "x.txt"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("\xff\xfe", {.file_name = "x.txt"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("Hello there.\n", {.file_name = "x.txt", .period = "2025"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("Hello there.\n", {.file_name = "x.txt", .format = "scroll"}), absl::StatusCode::kInvalidArgument);
}

TEST(TranscriptFileTest, AnUnknownCompanyIsAWarning) {
  const auto understood =
      UnderstandFile(ShippedCatalog(), "Sales rose 5%.\nThank you.\n", {.file_name = "x.txt", .company = "BABBA"});
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_THAT(understood->warnings, testing::Contains(HasSubstr("did you mean 'BABA'?")));
}

}  // namespace
}  // namespace earshot::extract
