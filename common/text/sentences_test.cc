#include "common/text/sentences.h"

#include <string>
#include <vector>

#include "common/text/language.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Sentences(std::string_view text) {
  std::vector<std::string> sentences;
  for (const auto& span : SplitSentences(text)) sentences.emplace_back(text.substr(span.begin, span.end - span.begin));
  return sentences;
}

TEST(SplitSentences, EndsAtFullStopsButNotInsideNumbers) {
  EXPECT_THAT(Sentences("Sales were $3.5 billion. EBITDA rose 2.1%."),
              ElementsAre("Sales were $3.5 billion.", "EBITDA rose 2.1%."));
  EXPECT_THAT(SplitSentences("Sales were $3.5 billion. EBITDA rose."),
              ElementsAre(SentenceSpan{0, 24}, SentenceSpan{25, 37}));
}

TEST(SplitSentences, KeepsAbbreviationsAndInitialsTogether) {
  EXPECT_THAT(Sentences("Demand in the U.S. market was soft. Thanks."),
              ElementsAre("Demand in the U.S. market was soft.", "Thanks."));
  EXPECT_THAT(Sentences("Ann Li with J.P. Morgan asked. We answered."),
              ElementsAre("Ann Li with J.P. Morgan asked.", "We answered."));
  EXPECT_THAT(Sentences("Northwind Inc. reported growth, e.g. in Asia. See No. 5 on the list."),
              ElementsAre("Northwind Inc. reported growth, e.g. in Asia.", "See No. 5 on the list."));
  EXPECT_THAT(Sentences("We bought Fabrikam Inc. The price was fair."),
              ElementsAre("We bought Fabrikam Inc.", "The price was fair."));
  EXPECT_THAT(Sentences("Riders of Ele.me are happy. Is it so? No. We differ."),
              ElementsAre("Riders of Ele.me are happy.", "Is it so?", "No.", "We differ."));
}

TEST(SplitSentences, KnowsListNumbersEllipsesAndLostSpaces) {
  EXPECT_THAT(Sentences("1. Revenue grew. 2. Costs fell."), ElementsAre("1. Revenue grew.", "2. Costs fell."));
  EXPECT_THAT(Sentences("Well... perhaps later. Good."), ElementsAre("Well... perhaps later.", "Good."));
  EXPECT_THAT(Sentences("A solid quarter.Revenue grew."), ElementsAre("A solid quarter.", "Revenue grew."));
}

TEST(SplitSentences, SplitsChinese) {
  EXPECT_THAT(Sentences("收入增长3.5%。利润下降;现金充足!还有吗?没有"),
              ElementsAre("收入增长3.5%。", "利润下降;", "现金充足!", "还有吗?", "没有"));
  EXPECT_THAT(Sentences("他说:“很好。”我们同意. 谢谢。"), ElementsAre("他说:“很好。”", "我们同意.", "谢谢。"));
}

TEST(SplitSentences, KeepsQuotesAndTrimsBlanks) {
  EXPECT_THAT(Sentences("  He said \"we will.\" Then left.  \n\n Next line "),
              ElementsAre("He said \"we will.\"", "Then left.", "Next line"));
  EXPECT_THAT(Sentences(" \n\t "), ElementsAre());
}

TEST(SplitSentences, CoversWhateverBytesAreGiven) {
  const std::string odd = "ab\xFF\xC3. \xE4\xB8 cd!\xF0\x9F";
  size_t last = 0;
  for (const auto& span : SplitSentences(odd)) {
    EXPECT_LE(last, span.begin);
    EXPECT_LT(span.begin, span.end);
    last = span.end;
  }
  EXPECT_EQ(last, odd.size());
}

TEST(DetectLanguage, WeighsCharactersAgainstWords) {
  EXPECT_EQ(DetectLanguage("Thank you."), Language::kEnglish);
  EXPECT_EQ(DetectLanguage("云业务收入增长 26%"), Language::kChinese);
  EXPECT_EQ(DetectLanguage("我们一共 deploy 了 $10 billion"), Language::kChinese);
  EXPECT_EQ(DetectLanguage("The app Amap (高德) grew quickly"), Language::kEnglish);
  EXPECT_EQ(DetectLanguage("12.5"), Language::kEnglish);
}

TEST(SplitByLanguage, JoinsSentencesOfOneLanguage) {
  EXPECT_THAT(SplitByLanguage("Thank you.\n谢谢您的问题。我来回答。 Sure. Fine."),
              ElementsAre(LanguageSpan{0, 10, Language::kEnglish}, LanguageSpan{11, 47, Language::kChinese},
                          LanguageSpan{48, 59, Language::kEnglish}));
}

TEST(ParseLanguage, TakesTagsByTheirFirstPart) {
  EXPECT_EQ(ParseLanguage("zh-Hans"), Language::kChinese);
  EXPECT_EQ(ParseLanguage("en_US"), Language::kEnglish);
  EXPECT_EQ(ParseLanguage("fr"), std::nullopt);
  EXPECT_EQ(LanguageCode(Language::kChinese), "zh");
}

}  // namespace
}  // namespace earshot
