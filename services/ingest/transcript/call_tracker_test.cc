#include "services/ingest/transcript/call_tracker.h"

#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::transcript {
namespace {

using ::testing::ElementsAre;

struct Said {
  std::string label;
  std::string text;
};

v1::Utterance RawSaid(const Said& said, int sequence) {
  v1::Utterance raw;
  raw.set_sequence(sequence);
  raw.set_text(said.text);
  raw.mutable_speaker()->set_label(said.label);
  return raw;
}

std::vector<v1::Utterance> Track(const std::vector<Said>& call) {
  CallTracker tracker;
  std::vector<v1::Utterance> utterances;
  for (const Said& said : call) {
    utterances.push_back(tracker.Annotate(RawSaid(said, static_cast<int>(utterances.size()) + 1)));
  }
  return utterances;
}

// "MANAGEMENT Jane Roe", "INTERPRETER of 3".
std::string Voice(const v1::Utterance& utterance) {
  std::string voice = v1::SpeakerRole_Name(utterance.speaker().role()).substr(std::string_view("SPEAKER_ROLE_").size());
  if (!utterance.speaker().name().empty()) voice += " " + utterance.speaker().name();
  if (utterance.translation_of() != 0) voice += fmt::format(" of {}", utterance.translation_of());
  return voice;
}

std::vector<std::string> Voices(const std::vector<v1::Utterance>& utterances) {
  std::vector<std::string> voices;
  for (const v1::Utterance& utterance : utterances) voices.push_back(Voice(utterance));
  return voices;
}

std::vector<v1::Section> Sections(const std::vector<v1::Utterance>& utterances) {
  std::vector<v1::Section> sections;
  for (const v1::Utterance& utterance : utterances) sections.push_back(utterance.section());
  return sections;
}

constexpr auto kIntroduction = v1::SECTION_INTRODUCTION;
constexpr auto kSafeHarbor = v1::SECTION_SAFE_HARBOR;
constexpr auto kRemarks = v1::SECTION_PREPARED_REMARKS;
constexpr auto kQuestions = v1::SECTION_QUESTIONS_AND_ANSWERS;
constexpr auto kClosing = v1::SECTION_CLOSING;

const std::vector<Said>& OpeningByNumbers() {
  static const auto& kOpening = *new std::vector<Said>{
      {"Speaker 3",
       "Thank you for standing by. All lines are in listen-only mode. I will now hand the call over to Ann Bo, "
       "Head of Investor Relations of Acme Group."},
      {"Speaker 1",
       "Good evening, everyone. With us are Carl Dee, Chief Executive Officer; Eva Fox, Chief Financial "
       "Officer. Today's discussion contains forward-looking statements."},
      {"Speaker 1",
       "Reconciliations of non-GAAP measures are in the press release. Now I will turn the call over to Carl."},
      {"Speaker 2", "Hello. Orders rose 12% in the quarter."},
      {"Speaker 4",
       "Thank you, Carl. Revenue was $2.5 billion. That concludes my prepared remarks. We can open for Q&A."},
      {"Speaker 3",
       "To ask a question, please press star one. Your first question comes from Gil Hay with J.P. Example. "
       "Please go ahead."},
  };
  return kOpening;
}

TEST(CallTrackerTest, NamesNumberedSpeakersByHandOffs) {
  const auto utterances = Track(OpeningByNumbers());
  EXPECT_THAT(Voices(utterances), ElementsAre("OPERATOR", "MANAGEMENT Ann Bo", "MANAGEMENT Ann Bo",
                                              "MANAGEMENT Carl Dee", "MANAGEMENT Eva Fox", "OPERATOR"));
  EXPECT_EQ(utterances[3].speaker().title(), "Chief Executive Officer");
  EXPECT_EQ(utterances[3].speaker().label(), "Speaker 2");
  EXPECT_THAT(Sections(utterances),
              ElementsAre(kIntroduction, kSafeHarbor, kSafeHarbor, kRemarks, kRemarks, kQuestions));
}

TEST(CallTrackerTest, FollowsQuestionsThroughAnInterpreter) {
  std::vector<Said> call = OpeningByNumbers();
  call.insert(
      call.end(),
      {/* 7*/ {"Speaker 3", "Thanks for taking my question. What will you spend on data centres next year? Thank you."},
       /* 8*/ {"Speaker 3", "感谢接受我的提问。我想请问明年数据中心的投入是多少?谢谢。"},
       /* 9*/ {"Speaker 2", "谢谢你的问题。明年我们计划投入三百亿元。"},
       /*10*/ {"Speaker 5", "Thank you for the question. Next year we plan to invest RMB 30 billion."},
       /*11*/ {"Speaker 5", "That is spread evenly."},
       /*12*/ {"Speaker 2", "另外,每个季度会有波动。"},
       /*13*/ {"Speaker 5", "Quarters may differ."},
       /*14*/ {"Speaker 1", "Next question, please."},
       /*15*/ {"Speaker 3", "The next question comes from Ida Joy at Example Bank. Please go ahead."},
       /*16*/ {"Speaker 6", "管理层好,我的问题是关于利润率的。明年会提高吗?"},
       /*17*/ {"Speaker 6", "My question is about margins. Will they rise next year?"},
       /*18*/ {"Speaker 1", "好的,我来回答。利润率会稳定。"},
       /*19*/ {"Speaker 5", "Let me take this question. Margins will be stable."},
       /*20*/ {"Speaker 1", "Thank you for joining us today. We look forward to speaking with you again."},
       /*21*/ {"Speaker 3", "That concludes our conference. You may now disconnect."}});
  const auto utterances = Track(call);
  auto voices = Voices(utterances);
  voices.erase(voices.begin(), voices.begin() + 6);
  EXPECT_THAT(voices,
              ElementsAre("ANALYST Gil Hay", "INTERPRETER of 7", "MANAGEMENT", "INTERPRETER of 9", "INTERPRETER of 9",
                          "MANAGEMENT", "INTERPRETER of 12", "MANAGEMENT Ann Bo", "OPERATOR", "ANALYST Ida Joy",
                          "INTERPRETER of 16", "MANAGEMENT", "INTERPRETER of 18", "MANAGEMENT Ann Bo", "OPERATOR"));
  EXPECT_EQ(utterances[6].speaker().firm(), "J.P. Example");
  EXPECT_EQ(utterances[15].speaker().firm(), "Example Bank");
  EXPECT_EQ(utterances[15].language(), "zh");
  EXPECT_EQ(utterances[18].section(), kQuestions);
  EXPECT_EQ(utterances[19].section(), kClosing);
  EXPECT_EQ(utterances[20].section(), kClosing);
}

const std::vector<Said>& OpeningByNames() {
  static const auto& kOpening = *new std::vector<Said>{
      {"Operator (participant)", "Welcome. I would like to turn the call over to Ann Bo."},
      {"Ann Bo (Head of Investor Relations)", "Welcome to the call. I will turn it over to Carl."},
      {"Carl Dee (CEO)", "Orders rose 12%. We are now happy to take your questions."},
      {"Operator (participant)", "Your first question comes from Gil Hay with Example Bank."},
      {"Gil Hay (Managing Director)", "I have a question on margins. How will they develop? Thank you."}};
  return kOpening;
}

TEST(CallTrackerTest, SeesThroughWrongLabels) {
  std::vector<Said> call = OpeningByNames();
  call.insert(
      call.end(),
      {/* 6*/ {"Carl Dee (CEO)", "我的问题是关于利润率。请问未来怎么看?谢谢。"},
       /* 7*/ {"Carl Dee (CEO)", "好的,谢谢你的问题。利润率会提高。"},
       /* 8*/ {"Carl Dee (CEO)", "Thank you. Margins will rise."},
       /* 9*/
       {"Ann Bo (Head of Investor Relations)",
        std::string("另外我们会继续投入。") + std::string(600, 'x') +
            "我们的目标是明确的,长期的,并且是可以实现的,我们有信心在未来几年里面把这个利润率继续提高到一个更好的水平。"
            "我们的目标是明确的,长期的,并且是可以实现的,"
            "我们有信心在未来几年里面把这个利润率继续提高到一个更好的水平。"},
       /*10*/ {"Ann Bo (Head of Investor Relations)", "We will also keep investing."},
       /*11*/ {"Gil Hay (Managing Director)", "Thank you."},
       /*12*/ {"Eva Fox (CFO)", "好的,我补充一下。"},
       /*13*/ {"Eva Fox (CFO)", "Let me add to that."}});
  auto voices = Voices(Track(call));
  voices.erase(voices.begin(), voices.begin() + 4);
  EXPECT_THAT(voices, ElementsAre("ANALYST Gil Hay", "INTERPRETER of 5", "MANAGEMENT Carl Dee", "INTERPRETER of 7",
                                  "MANAGEMENT Carl Dee", "INTERPRETER of 9", "ANALYST Gil Hay", "MANAGEMENT Eva Fox",
                                  "INTERPRETER of 12"));
}

TEST(CallTrackerTest, AnAnswerBehindTheRenderedQuestionIsManagements) {
  std::vector<Said> call = OpeningByNames();
  call.push_back(
      {"Carl Dee (CEO)",
       "我的问题是关于利润率。谢谢。好,谢谢你的问题。利润率会在明年继续提高,主要是因为规模效应,以及费用的下降。"});
  call.push_back({"Carl Dee (CEO)", "Thank you for the question. Margins will go on rising."});
  auto voices = Voices(Track(call));
  EXPECT_EQ(voices[5], "MANAGEMENT Carl Dee");
  EXPECT_EQ(voices[6], "INTERPRETER of 6");
}

TEST(CallTrackerTest, AGreetingIsNoAnswer) {
  std::vector<Said> call = OpeningByNames();
  call.push_back({"Carl Dee (CEO)", "您好,我的问题是关于利润率。未来怎么看?"});
  EXPECT_EQ(Voice(Track(call).back()), "INTERPRETER of 5");
}

TEST(CallTrackerTest, AQuestionInAnUnheardLanguageIsRendered) {
  std::vector<Said> call = OpeningByNames();
  call.back().text = "[Foreign language]";
  call.push_back(
      {"Gil Hay (Managing Director)", "Thank you, management. My question is on margins. How will they develop?"});
  const auto utterances = Track(call);
  EXPECT_EQ(Voice(utterances[4]), "ANALYST Gil Hay");
  EXPECT_EQ(utterances[4].language(), "und");
  EXPECT_EQ(Voice(utterances[5]), "INTERPRETER of 5");
}

TEST(CallTrackerTest, TrustsLabelsOfACallInOneLanguage) {
  const auto utterances =
      Track({{"Operator", "Good morning. Your host is Ann Bo. Please go ahead."},
             {"Ann Bo (Investor Relations)",
              "Good morning. Joining me are Carl Dee, our chief executive officer, and Eva Fox, our chief financial "
              "officer."},
             {"Carl Dee (CEO)", "We had a good quarter."},
             {"Eva Fox (CFO)", "Sales rose 4%. We will now take your questions."},
             {"Operator", "Our first question is from the line of Gil van Hay from Big & Co. Your line is open."},
             {"Gil van Hay (Analyst)", "Good morning. Could you talk about pricing?"},
             {"Carl Dee (CEO)", "Pricing was up 2%."},
             {"Gil van Hay (Analyst)", "And what do you expect for volume?"},
             {"Eva Fox (CFO)", "Volume should be flat."}});
  EXPECT_THAT(Voices(utterances),
              ElementsAre("OPERATOR", "MANAGEMENT Ann Bo", "MANAGEMENT Carl Dee", "MANAGEMENT Eva Fox", "OPERATOR",
                          "ANALYST Gil van Hay", "MANAGEMENT Carl Dee", "ANALYST Gil van Hay", "MANAGEMENT Eva Fox"));
  EXPECT_EQ(utterances[5].speaker().firm(), "Big & Co");
  EXPECT_THAT(Sections(utterances), ElementsAre(kIntroduction, kIntroduction, kRemarks, kRemarks, kQuestions,
                                                kQuestions, kQuestions, kQuestions, kQuestions));
}

TEST(CallTrackerTest, SentencesWithoutSpeakersAreManagements) {
  const auto utterances =
      Track({{"", "Joining us today are Carl Dee, chief executive officer; and Eva Fox, chief financial officer."},
             {"", "Actual results may differ materially from forward-looking statements."},
             {"", "Sales rose 4% to $1.2 billion."},
             {"", "I will now turn the call over to Eva."},
             {"", "Operating income was $90 million."}});
  EXPECT_THAT(Sections(utterances), ElementsAre(kIntroduction, kSafeHarbor, kRemarks, kRemarks, kRemarks));
  EXPECT_THAT(Voices(utterances),
              ElementsAre("MANAGEMENT", "MANAGEMENT", "MANAGEMENT", "MANAGEMENT", "MANAGEMENT Eva Fox"));
}

TEST(CallTrackerTest, WhoIsCalledUponByNameSpeaksNext) {
  const auto utterances = Track(
      {{"Speaker 1", "With us today are Carl Dee, chief executive officer; and Eva Fox, chief financial officer."},
       {"Speaker 1", "Actual results may differ materially from forward-looking statements. Carl, please."},
       {"Speaker 4", "Good evening. Sales rose 4%. Now over to you, Eva."},
       {"Speaker 2", "Thank you, Carl. Operating income was $90 million. Next, please."},
       {"Speaker 2", "Costs fell."}});
  EXPECT_THAT(Voices(utterances), ElementsAre("MANAGEMENT", "MANAGEMENT", "MANAGEMENT Carl Dee", "MANAGEMENT Eva Fox",
                                              "MANAGEMENT Eva Fox"));
}

TEST(CallTrackerTest, WhatTheClientKnowsStays) {
  CallTracker tracker;
  v1::Utterance raw = RawSaid({"Speaker 1", "Margins rose."}, 1);
  raw.mutable_speaker()->set_role(v1::SPEAKER_ROLE_ANALYST);
  raw.mutable_speaker()->set_name("Gil Hay");
  raw.set_section(kQuestions);
  raw.set_language("de");
  const v1::Utterance understood = tracker.Annotate(raw);
  EXPECT_EQ(Voice(understood), "ANALYST Gil Hay");
  EXPECT_EQ(understood.section(), kQuestions);
  EXPECT_EQ(understood.language(), "de");
}

TEST(CallTrackerTest, APartialIsJudgedAgainFromWhatWasKnownBeforeIt) {
  const std::vector<Said>& call = OpeningByNames();
  CallTracker tracker;
  int sequence = 0;
  for (const Said& said : call) tracker.Annotate(RawSaid(said, ++sequence));
  // The recogniser grows the rendered question into its final words; what follows builds on these.
  EXPECT_EQ(Voice(tracker.Annotate(RawSaid({"Carl Dee (CEO)", "我的问题"}, 6))), "INTERPRETER of 5");
  EXPECT_EQ(Voice(tracker.Annotate(RawSaid({"Carl Dee (CEO)", "我的问题是关于利润率。谢谢。"}, 6))),
            "INTERPRETER of 5");
  EXPECT_EQ(Voice(tracker.Annotate(RawSaid({"Carl Dee (CEO)", "好的,谢谢你的问题。"}, 7))), "MANAGEMENT Carl Dee");
  // A late correction changes neither what follows nor its own part in the call.
  EXPECT_EQ(Voice(tracker.Annotate(RawSaid({"Carl Dee (CEO)", "我的问题是关于毛利率。谢谢。"}, 6))),
            "INTERPRETER of 5");
  EXPECT_EQ(Voice(tracker.Annotate(RawSaid({"Carl Dee (CEO)", "Thank you. Margins will rise."}, 8))),
            "INTERPRETER of 7");
}

TEST(CallTrackerTest, TheSameCallIsUnderstoodTheSame) {
  const auto once = Track(OpeningByNumbers());
  const auto again = Track(OpeningByNumbers());
  for (size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].SerializeAsString(), again[i].SerializeAsString());
}

}  // namespace
}  // namespace earshot::transcript
