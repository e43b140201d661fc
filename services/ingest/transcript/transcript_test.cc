#include "services/ingest/transcript/transcript.h"

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::transcript {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kNamedCall =
    "Sign in to read more\n"
    "\n"
    "Acme Group - Earnings Call - Q3 2025\n"
    "\n"
    "February 20, 2025\n"
    "\n"
    "Transcript\n"
    "\n"
    "Operator (participant)\n"
    "\n"
    "Welcome to the call.\n"
    "\n"
    "Jane van Roe (CFO)\n"
    "\n"
    "Revenue was RMB 12.5 billion.\n"
    "\n"
    "Costs fell (again).\n";

std::string RefusalOf(std::string_view bytes, ReadOptions options = {.file_name = "call.txt"}) {
  const auto transcript = ReadTranscript(bytes, options);
  if (transcript.ok()) return "was read";
  EXPECT_EQ(transcript.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(Message(transcript.status()));
}

TEST(NamedTranscriptTest, GivesHeaderSpeakersAndLines) {
  const auto transcript = ReadTranscript(kNamedCall);
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->format, Format::kNamed);
  EXPECT_EQ(transcript->header.title, "Acme Group - Earnings Call - Q3 2025");
  EXPECT_EQ(transcript->header.company_name, "Acme Group");
  EXPECT_EQ(transcript->header.fiscal_period, "FY2025Q3");
  EXPECT_EQ(transcript->header.date, "2025-02-20");
  ASSERT_EQ(transcript->utterances.size(), 3u);
  EXPECT_EQ(transcript->utterances[0].label, "Operator");
  EXPECT_EQ(transcript->utterances[1].label, "Jane van Roe");
  EXPECT_EQ(transcript->utterances[1].title, "CFO");
  EXPECT_EQ(transcript->utterances[1].text, "Revenue was RMB 12.5 billion.");
  EXPECT_EQ(transcript->utterances[1].line, 15);
  EXPECT_EQ(transcript->utterances[2].text, "Costs fell (again).");
  EXPECT_EQ(transcript->utterances[2].label, "Jane van Roe");
}

TEST(NamedTranscriptTest, ToleratesByteOrderMarkCarriageReturnsAndBlanks) {
  std::string bytes = "\xEF\xBB\xBF";
  for (const char c : kNamedCall) bytes += c == '\n' ? " \t\r\n" : std::string(1, c);
  const auto plain = ReadTranscript(kNamedCall);
  const auto odd = ReadTranscript(bytes);
  ASSERT_TRUE(odd.ok()) << odd.status();
  EXPECT_EQ(odd->header.title, plain->header.title);
  ASSERT_EQ(odd->utterances.size(), plain->utterances.size());
  EXPECT_EQ(odd->utterances[1].text, plain->utterances[1].text);
  EXPECT_EQ(odd->utterances[1].line, plain->utterances[1].line);
}

TEST(NumberedTranscriptTest, OneLineIsOneUtterance) {
  const auto transcript = ReadTranscript(
      "Acme Group - Earnings Call - Q1 2026\nAugust 29, 2025\nTranscript\nSpeaker 7\nGood day.\nSpeaker "
      "1\n大家好。\nNow the figures.\n");
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->format, Format::kNumbered);
  EXPECT_EQ(transcript->header.fiscal_period, "FY2026Q1");
  EXPECT_EQ(transcript->header.date, "2025-08-29");
  ASSERT_EQ(transcript->utterances.size(), 3u);
  EXPECT_EQ(transcript->utterances[0].label, "Speaker 7");
  EXPECT_EQ(transcript->utterances[2].label, "Speaker 1");
  EXPECT_EQ(transcript->utterances[2].line, 8);
}

TEST(SentencesTranscriptTest, NeedsNoHeader) {
  const auto transcript =
      ReadTranscript("Sales rose 4% to $1.2 billion.\nThe earnings call went well\n\nMargins held.\n");
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->format, Format::kSentences);
  EXPECT_EQ(transcript->header.title, "");
  EXPECT_EQ(transcript->header.fiscal_period, "");
  ASSERT_EQ(transcript->utterances.size(), 3u);
  EXPECT_EQ(transcript->utterances[0].label, "");
  EXPECT_EQ(transcript->utterances[2].line, 4);
}

TEST(SentencesTranscriptTest, TakesAHeaderWhereThereIsOne) {
  const auto transcript = ReadTranscript("Acme Corp Q2 2021 Earnings Call\n2021-07-30\n\nSales rose 4%.\n");
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->header.company_name, "Acme Corp");
  EXPECT_EQ(transcript->header.fiscal_period, "FY2021Q2");
  EXPECT_EQ(transcript->header.date, "2021-07-30");
  ASSERT_EQ(transcript->utterances.size(), 1u);
}

TEST(JsonLinesTranscriptTest, ReadsUtterancesAndHeader) {
  const auto transcript = ReadTranscript(
      R"({"company": "Acme Group", "fiscal_period": "Q3 2025", "date": "2025-02-20"})"
      "\n"
      R"({"speaker": "Jane Roe", "role": "management", "text": "CapEx was \"high\".", "start": 12.5, "end": 14, "language": "en"})"
      "\n\n"
      R"({"text": "谢谢。"})");
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->format, Format::kJsonLines);
  EXPECT_EQ(transcript->header.company_name, "Acme Group");
  EXPECT_EQ(transcript->header.fiscal_period, "FY2025Q3");
  ASSERT_EQ(transcript->utterances.size(), 2u);
  const RawUtterance& first = transcript->utterances[0];
  EXPECT_EQ(first.label, "Jane Roe");
  EXPECT_EQ(first.role, v1::SPEAKER_ROLE_MANAGEMENT);
  EXPECT_EQ(first.text, "CapEx was \"high\".");
  EXPECT_EQ(first.start, absl::Milliseconds(12500));
  EXPECT_EQ(first.end, absl::Seconds(14));
  EXPECT_EQ(first.language, "en");
  EXPECT_EQ(first.line, 2);
  EXPECT_EQ(transcript->utterances[1].line, 4);
}

TEST(JsonLinesTranscriptTest, PointsAtABadLine) {
  const std::string good = R"({"text": "Hello."})"
                           "\n";
  EXPECT_THAT(RefusalOf(good + "{\"text\": "), StartsWith("call.txt:2: no JSON object: "));
  EXPECT_THAT(RefusalOf(good + "[1]"), StartsWith("call.txt:2: no JSON object; write {\"speaker\""));
  EXPECT_THAT(RefusalOf(good + R"({"txt": "Hello."})"), StartsWith("call.txt:2: no 'text'"));
  EXPECT_THAT(RefusalOf(R"({"text": 5})"), HasSubstr("call.txt:1: 'text' is no text"));
  EXPECT_THAT(RefusalOf(R"({"text": "a", "start": "soon"})"), HasSubstr("'start' is no time"));
  EXPECT_THAT(RefusalOf(R"({"text": "a", "start": 3, "end": 2})"), HasSubstr("'end' is before 'start'"));
}

TEST(BadTranscriptTest, EachIsRefusedWithPlaceAndAdvice) {
  EXPECT_THAT(RefusalOf(""), StartsWith("call.txt: the file is empty; "));
  EXPECT_THAT(RefusalOf(" \n\n \r\n"), StartsWith("call.txt: nothing is said in it"));
  EXPECT_THAT(RefusalOf(std::string(10 << 20, 'a')), StartsWith("call.txt: 10.0 MB; at most 4 MiB are taken"));
  EXPECT_THAT(RefusalOf("Fine.\nNot \xFF fine.\n"), StartsWith("call.txt:2:5: byte 0xFF at offset 10 is no UTF-8"));
  EXPECT_THAT(RefusalOf(std::string_view("Fine.\nNot\0.\n", 12)), StartsWith("call.txt:2:4: a NUL byte"));
  EXPECT_THAT(RefusalOf("Acme - Earnings Call - Q3 2025\nSpeaker 1\n\nSpeaker 2\n"),
              StartsWith("call.txt: nothing is said"));
  EXPECT_THAT(RefusalOf("Hi.\n" + std::string(kMaxUtteranceBytes + 1, 'a')),
              StartsWith("call.txt:2:1: 64 KiB in one line"));
  EXPECT_THAT(RefusalOf("Hi.", {.file_name = "call.txt", .format = Format::kNamed}),
              HasSubstr("no line names a speaker"));
}

TEST(BadTranscriptTest, AHeaderWithoutPeriodIsRefusedUnlessTheCallerKnowsIt) {
  const std::string bytes = "Acme Group - Earnings Call\nFebruary 20, 2025\n\nJane Roe (CFO)\n\nHello.\n";
  EXPECT_THAT(RefusalOf(bytes),
              AllOf(StartsWith("call.txt:1:1: the header 'Acme Group - Earnings Call' names no fiscal period"),
                    HasSubstr("Q3 2025")));
  const auto transcript = ReadTranscript(bytes, {.period_known = true});
  ASSERT_TRUE(transcript.ok()) << transcript.status();
  EXPECT_EQ(transcript->header.company_name, "Acme Group");
}

TEST(FormatTest, NamesGoBothWays) {
  for (const Format format :
       {Format::kAutomatic, Format::kNamed, Format::kNumbered, Format::kSentences, Format::kJsonLines}) {
    EXPECT_EQ(*ParseFormat(FormatName(format)), format);
  }
  EXPECT_THAT(std::string(Message(ParseFormat("sentence").status())), HasSubstr("did you mean 'sentences'"));
}

TEST(FiscalPeriodTest, FindsWhatHeadersPrint) {
  EXPECT_EQ(FindFiscalPeriod("Acme - Earnings Call - Q3 2025"), "FY2025Q3");
  EXPECT_EQ(FindFiscalPeriod("Acme Q4 FY25 results"), "FY2025Q4");
  EXPECT_EQ(FindFiscalPeriod("Acme Q1 Fiscal 2026"), "FY2026Q1");
  EXPECT_EQ(FindFiscalPeriod("FY2025 Q2 call"), "FY2025Q2");
  EXPECT_EQ(FindFiscalPeriod("FY2025Q2"), "FY2025Q2");
  EXPECT_EQ(FindFiscalPeriod("Third Quarter of Fiscal Year 2025 Results"), "FY2025Q3");
  EXPECT_EQ(FindFiscalPeriod("Fourth quarter 2024 results"), "FY2024Q4");
  EXPECT_EQ(FindFiscalPeriod("Full Year 2025 Results"), "FY2025");
  EXPECT_EQ(FindFiscalPeriod("FY2025"), "FY2025");
  EXPECT_EQ(FindFiscalPeriod("Acme Earnings Call"), "");
  EXPECT_EQ(FindFiscalPeriod("December 2025"), "");
}

TEST(DateTest, FindsTheUsualForms) {
  EXPECT_EQ(FindDate("February 20, 2025"), "2025-02-20");
  EXPECT_EQ(FindDate("20 Feb 2025"), "2025-02-20");
  EXPECT_EQ(FindDate("Sept. 3, 2025"), "2025-09-03");
  EXPECT_EQ(FindDate("2025-02-20"), "2025-02-20");
  EXPECT_EQ(FindDate("2025年2月20日"), "2025-02-20");
  EXPECT_EQ(FindDate("February 30, 2025"), "");
  EXPECT_EQ(FindDate("Revenue 20, 2025"), "");
}

TEST(ToUtteranceTest, KeepsWhatTheSourceSays) {
  const v1::Utterance utterance = ToUtterance(
      {.label = "Jane Roe", .title = "CFO", .text = "Hello.", .line = 7, .start = absl::Milliseconds(1500)}, 3);
  EXPECT_EQ(utterance.sequence(), 3);
  EXPECT_EQ(utterance.status(), v1::UTTERANCE_STATUS_FINAL);
  EXPECT_EQ(utterance.speaker().label(), "Jane Roe");
  EXPECT_EQ(utterance.speaker().title(), "CFO");
  EXPECT_EQ(utterance.speaker().name(), "");
  EXPECT_EQ(utterance.line(), 7);
  EXPECT_EQ(utterance.start_offset().seconds(), 1);
  EXPECT_EQ(utterance.start_offset().nanos(), 500'000'000);
  EXPECT_FALSE(utterance.has_end_offset());
}

}  // namespace
}  // namespace earshot::transcript
