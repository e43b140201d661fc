#include "common/catalog/phrase_matcher.h"

#include <gmock/gmock.h>

namespace earshot::catalog {
namespace {

struct MatcherCase {
  std::string text;
  std::vector<std::string> phrases;  // the matched pieces of text
};

std::vector<std::string> Pieces(const PhraseMatcher& matcher, std::string_view text) {
  std::vector<std::string> pieces;
  for (const PhraseMatch& match : matcher.Find(text))
    pieces.emplace_back(text.substr(match.begin, match.end - match.begin));
  return pieces;
}

TEST(PhraseMatcherTest, FindsTheLongestWholeWords) {
  PhraseMatcher matcher;
  int id = 0;
  for (const char* phrase :
       {"revenue", "AI-related revenue", "net cash", "cash", "收入", "阿里云", "AI收入", "order", "i"}) {
    matcher.Add(phrase, id++);
  }
  matcher.Build();
  const MatcherCase cases[] = {
      {"AI-Related  Revenue rose", {"AI-Related  Revenue"}},
      {"our net\ncash and revenue's share", {"net\ncash", "revenue"}},
      {"revenues; borders; cashier; ordering", {"revenues"}},
      {"阿里云收入增长", {"阿里云", "收入"}},
      {"AI 收入和CASH增长", {"AI 收入", "CASH"}},
      {"ＣＡＳＨ ok", {"ＣＡＳＨ"}},
      {"that is i", {"i"}},
      {"", {}},
      {"\xff revenue \xff", {"revenue"}},
  };
  for (const MatcherCase& c : cases) EXPECT_EQ(Pieces(matcher, c.text), c.phrases) << c.text;
}

TEST(PhraseMatcherTest, TheFirstIdOfAPhraseStays) {
  PhraseMatcher matcher;
  matcher.Add("CMR", 7);
  matcher.Add("cmr", 8);
  matcher.Build();
  EXPECT_THAT(matcher.Find("cmr"), testing::ElementsAre(PhraseMatch{0, 3, 7}));
}

TEST(PhraseMatcherTest, AnEmptyMatcherFindsNothing) {
  PhraseMatcher matcher;
  matcher.Build();
  EXPECT_TRUE(matcher.Find("revenue").empty());
}

}  // namespace
}  // namespace earshot::catalog
