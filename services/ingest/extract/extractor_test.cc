#include "services/ingest/extract/extractor.h"

#include <gmock/gmock.h>

#include "services/ingest/extract/extraction_case.h"

namespace earshot::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ExtractorTest, FiguresFindTheirMetric) {
  ExpectSaid(
      SomeCall(),
      {
          {"Revenue from Cainiao grew 12% to RMB 21 billion.",
           {"revenue/cainiao GROWTH 12 percent [FY2025Q3]", "revenue/cainiao AMOUNT 21000000000 CNY [FY2025Q3]"}},
          {"Our free cash flow was RMB 12 billion, a decrease of 7%.",
           {"free_cash_flow/group AMOUNT 12000000000 CNY [FY2025Q3]",
            "free_cash_flow/group GROWTH -7 percent [FY2025Q3]"}},
          {"AIDC's adjusted EBITA was a loss of RMB 2 billion, compared to a loss of RMB 1 billion in the same quarter "
           "of last year.",
           {"adjusted_ebita/aidc AMOUNT -2000000000 CNY [FY2025Q3]",
            "adjusted_ebita/aidc AMOUNT -1000000000 CNY [FY2024Q3]"}},
          {"Both revenue and external revenue grew 20% in our cloud business.",
           {"revenue/cloud GROWTH 20 percent [FY2025Q3]", "external_revenue/cloud GROWTH 20 percent [FY2025Q3]"}},
          {"Revenue from Cainiao fell by 3%, and its adjusted EBITA fell by 40%.",
           {"revenue/cainiao GROWTH -3 percent [FY2025Q3]", "adjusted_ebita/cainiao GROWTH -40 percent [FY2025Q3]"}},
          {"That led to a 2% reduction in share count.", {"share_count/group GROWTH -2 percent [FY2025Q3] QOQ"}},
          {"We ended with net cash of RMB 300 billion, or USD 42 billion.",
           {"net_cash/group AMOUNT 300000000000 CNY [2024-12-31]",
            "net_cash/group AMOUNT 42000000000 USD [2024-12-31]"}},
          {"Cloud revenue growth slowed from 14% to 11%.",
           {"revenue/cloud STATE DECELERATED [FY2025Q3]", "revenue/cloud GROWTH 14 percent [FY2025Q2]",
            "revenue/cloud GROWTH 11 percent [FY2025Q3]"}},
          {"Its adjusted EBITA margin was 9.5%.", {"adjusted_ebita/group RATIO 9.5 percent [FY2025Q3]"}},
          {"AI revenue accounted for over 15% of cloud sales.",
           {"ai_revenue/cloud RATIO 15 percent [FY2025Q3] AT_LEAST"}},
          {"We agreed to sell our interest in Sun Art for USD 2 billion, and in Intime for USD 1.1 billion.",
           {"disposal_consideration/sun_art AMOUNT 2000000000 USD [FY2025Q3]",
            "disposal_consideration/intime AMOUNT 1100000000 USD [FY2025Q3]"}},
      });
}

TEST(ExtractorTest, FiguresOfSomethingElseAreLeft) {
  ExpectSaid(SomeCall(),
             {
                 {"Robots could do 80% of the work of the world.", {}},
                 {"Revenue grew, driven by a 5% increase in traffic.", {"revenue/group STATE INCREASED [FY2025Q3]"}},
                 {"Europe revenue was USD 3 billion.", {}},
                 {"Sales of widgets rose 5%.", {}},
                 {"About 10% revenue growth is healthy.", {}},
                 {"If we grew revenue 10%, would it help?", {}},
                 {"This is the sixth consecutive quarter of progress.", {}},
                 {"Our free cash flow conversion came to 93% of net income.", {}},
                 {"", {}},
             });
}

TEST(ExtractorTest, Chinese) {
  ExpectSaid(SomeCall(),
             {
                 {"阿里云收入同比增长20%，达到320亿元。",
                  {"revenue/cloud GROWTH 20 percent [FY2025Q3]", "revenue/cloud AMOUNT 32000000000 CNY [FY2025Q3]"}},
                 {"国际业务的经调整EBITA亏损是7亿元，去年同期是亏损30亿元。",
                  {"adjusted_ebita/aidc AMOUNT -700000000 CNY [FY2025Q3]",
                   "adjusted_ebita/aidc AMOUNT -3000000000 CNY [FY2024Q3]"}},
                 {"高德现在是一个有1.5亿以上DAU的产品。",
                  {"daily_active_users/amap AMOUNT 150000000 count [FY2025Q3] AT_LEAST"}},
                 {"我们还有200亿美元的回购额度。",
                  {"share_repurchase_authorization/group AMOUNT 20000000000 USD [2024-12-31]"}},
                 {"这个季度的资本支出是320亿, 比上个季度的250亿增加了不少。",
                  {"capex/group AMOUNT 32000000000 CNY [FY2025Q3]", "capex/group AMOUNT 25000000000 CNY [FY2025Q2]"}},
                 {"如果收入增长50%呢？", {}},
             });
}

TEST(ExtractorTest, WhatIsAheadIsNoResult) {
  ExpectSaid(
      SomeCall(),
      {
          {"We announced an investment of RMB 90 billion over the next three years to build our AI infrastructure.",
           {"capex/group AMOUNT 90000000000 CNY [FY2026..FY2028] PLAN"}},
          {"We expect cloud revenue growth to remain above 30% in the next fiscal year.",
           {"revenue/cloud GROWTH 30 percent [FY2026] AT_LEAST GUIDANCE"}},
          {"In August, we announced plans to invest RMB 8 billion in consumption.",
           {"investment/group AMOUNT 8000000000 CNY [] PLAN"}},
          {"Over the past four quarters, we invested RMB 60 billion in data centers.",
           {"capex/group AMOUNT 60000000000 CNY [FY2024Q4..FY2025Q3]"}},
      });
}

TEST(ExtractorTest, ACompanyThatNobodyKnows) {
  ExpectSaid(SomeCall("", "FY2025Q2", ""),
             {
                 {"Net income was $50 million or $1.25 per diluted share.",
                  {"net_income/group AMOUNT 50000000 USD [FY2025Q2]",
                   "earnings_per_share/group AMOUNT 1.25 USD/share [FY2025Q2]"}},
                 {"We earned adjusted earnings per share of $0.85, up from $0.70 a year ago.",
                  {"adjusted_earnings_per_share/group AMOUNT 0.85 USD/share [FY2025Q2]",
                   "adjusted_earnings_per_share/group AMOUNT 0.7 USD/share [FY2024Q2]"}},
                 {"For 2025, we expect earnings per share of $4.50 to $4.80.",
                  {"earnings_per_share/group AMOUNT 4.5..4.8 USD/share [FY2025] RANGE GUIDANCE"}},
                 {"Gross margin was 41.5%, up 120 basis points.",
                  {"gross_profit/group RATIO 41.5 percent [FY2025Q2]",
                   "gross_profit/group DELTA 120 basis_points [FY2025Q2]"}},
                 {"Organic sales were up 6%.", {"revenue/group GROWTH 6 percent [FY2025Q2] LIKE_FOR_LIKE"}},
                 {"Comparable sales were 3.5%.", {"same_store_sales/group GROWTH 3.5 percent [FY2025Q2]"}},
             });
}

TEST(ExtractorTest, TheParagraphKeepsItsSubject) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  const auto first =
      extractor.Understand(Said("Turning to Amap. Revenue grew 10%. It was up 4% from last quarter.", 1));
  EXPECT_THAT(Lines(first.observations),
              ElementsAre("revenue/amap GROWTH 10 percent [FY2025Q3]", "revenue/amap GROWTH 4 percent [FY2025Q3] QOQ"));
  const auto second = extractor.Understand(Said("It has DAU 150 million in Brazil.", 2));
  EXPECT_THAT(Lines(second.observations), ElementsAre("daily_active_users/amap AMOUNT 150000000 count [FY2025Q3]"));
}

TEST(ExtractorTest, AnotherSpeakerBeginsAnew) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  extractor.Understand(Said("Turning to Amap. Revenue grew 10%.", 1));
  v1::Utterance other = Said("Revenue grew 7%.", 2);
  other.mutable_speaker()->set_name("Ben");
  EXPECT_THAT(Lines(extractor.Understand(other).observations),
              ElementsAre("revenue/group GROWTH 7 percent [FY2025Q3]"));
}

TEST(ExtractorTest, TheSegmentOfAYearIsTheSuccessor) {
  ExpectSaid(SomeCall("BABA", "FY2026Q1", "2025-08-29"),
             {{"CMR grew 10%.", {"customer_management_revenue/china_ecommerce GROWTH 10 percent [FY2026Q1]"}}});
  ExpectSaid(SomeCall(), {{"CMR grew 9%.", {"customer_management_revenue/taobao_tmall GROWTH 9 percent [FY2025Q3]"}}});
}

TEST(ExtractorTest, APlanToldAgainKeepsItsYears) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  extractor.Understand(Said("We will invest RMB 90 billion in AI infrastructure over the next three years.", 1));
  EXPECT_THAT(Lines(extractor.Understand(Said("Our plan to invest RMB 90 billion stands.", 2)).observations),
              ElementsAre("capex/group AMOUNT 90000000000 CNY [FY2026..FY2028] PLAN"));
}

TEST(ExtractorTest, AnEndlessSentenceIsNoHang) {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "revenue grew 5% and ";
  Extractor extractor(ShippedCatalog(), SomeCall());
  const auto understood = extractor.Understand(Said(text));
  EXPECT_GT(understood.observations.size(), 3000u);
  for (const v1::Observation& o : understood.observations) {
    EXPECT_EQ(o.evidence().quote(), text.substr(o.evidence().begin(), o.evidence().end() - o.evidence().begin()));
  }
}

TEST(ExtractorTest, WhatIsTakenBackIsNoObservation) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  const auto understood = extractor.Understand(Said("Revenue was RMB 20.07 billion, pardon me, RMB 20.7 billion."));
  EXPECT_THAT(Lines(understood.observations), ElementsAre("revenue/group AMOUNT 20700000000 CNY [FY2025Q3]"));
  ASSERT_EQ(understood.corrections.size(), 1u);
  EXPECT_EQ(understood.corrections[0].retracted().value(), 20.07e9);
  EXPECT_EQ(understood.corrections[0].corrected().name(), understood.observations[0].name());
}

TEST(ExtractorTest, ATranslationIsHeldAgainstItsOriginal) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  const auto original = extractor.Understand(Said("资本支出是320亿元。", 1));
  v1::Utterance rendering = Said("CapEx was USD 32 billion.", 2);
  rendering.mutable_speaker()->set_role(v1::SPEAKER_ROLE_INTERPRETER);
  rendering.set_translation_of(1);
  const auto translated = extractor.Understand(rendering);
  ASSERT_EQ(translated.observations.size(), 1u);
  EXPECT_EQ(translated.observations[0].translation_of(), original.observations[0].name());
  ASSERT_EQ(translated.discrepancies.size(), 1u);
  EXPECT_EQ(translated.discrepancies[0].kind(), v1::DISCREPANCY_KIND_UNIT);
}

TEST(ExtractorTest, NamesAreOfWhatIsSaidAndWhere) {
  const std::string text = "Revenue grew 8%. As I said, revenue grew 8%.";
  Extractor one(ShippedCatalog(), SomeCall());
  Extractor two(ShippedCatalog(), SomeCall());
  const auto first = one.Understand(Said(text)).observations;
  const auto second = two.Understand(Said(text)).observations;
  ASSERT_EQ(first.size(), 2u);
  EXPECT_NE(first[0].name(), first[1].name());
  EXPECT_EQ(first[0].name(), second[0].name());
  EXPECT_EQ(first[0].name().find("calls/test/observations/"), 0u);
}

TEST(ExtractorTest, EvidencePointsAtSentenceAndFigure) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  const std::string text = "Thank you. Revenue grew 8% in the quarter.";
  const auto observations = extractor.Understand(Said(text)).observations;
  ASSERT_EQ(observations.size(), 1u);
  const v1::Evidence& evidence = observations[0].evidence();
  EXPECT_EQ(evidence.quote(), "Revenue grew 8% in the quarter.");
  EXPECT_EQ(text.substr(evidence.begin(), evidence.end() - evidence.begin()), evidence.quote());
  EXPECT_EQ(text.substr(evidence.figure_begin(), evidence.figure_end() - evidence.figure_begin()), "8%");
  EXPECT_EQ(evidence.language(), "en");
}

TEST(ExtractorTest, ARevisionIsUnderstoodFromWhatWasKnownBefore) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  extractor.Understand(Said("Turning to Amap.", 1));
  extractor.Understand(Said("Turning to Cainiao. Revenue grew", 2));
  const auto revised = extractor.Understand(Said("Revenue grew 9%.", 2));
  EXPECT_THAT(Lines(revised.observations), ElementsAre("revenue/amap GROWTH 9 percent [FY2025Q3]"));
}

TEST(ExtractorTest, ARevisionOfWhatWasSaidEarlierChangesNoSubjectOfWhatFollows) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  extractor.Understand(Said("Turning to Cainiao.", 1));
  extractor.Understand(Said("Turning to Amap.", 2));
  extractor.Understand(Said("Turning now to Cainiao.", 1));
  EXPECT_THAT(Lines(extractor.Understand(Said("Revenue grew 9%.", 3)).observations),
              ElementsAre("revenue/amap GROWTH 9 percent [FY2025Q3]"));
}

TEST(ExtractorTest, EveryFigureIsExplained) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  const auto understood = extractor.Understand(Said("Revenue grew 8%. Robots do 80% of the work."));
  ASSERT_EQ(understood.explanations.size(), 2u);
  EXPECT_EQ(understood.explanations[0].text, "8%");
  EXPECT_EQ(understood.explanations[0].observation, understood.observations[0].name());
  EXPECT_EQ(understood.explanations[1].text, "80%");
  EXPECT_EQ(understood.explanations[1].observation, "");
  EXPECT_NE(understood.explanations[1].reason, "");
}

TEST(ExtractorTest, AnyBytesWillDo) {
  Extractor extractor(ShippedCatalog(), SomeCall());
  EXPECT_THAT(extractor.Understand(Said("\xff\xfe \x80 revenue \xc3")).observations, IsEmpty());
}

}  // namespace
}  // namespace earshot::extract
