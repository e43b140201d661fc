#include "common/text/wrap.h"

#include "common/text/utf8.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WrapTest, BreaksAtSpaces) {
  EXPECT_THAT(Wrap("sales grew nine percent", 10), ElementsAre("sales grew", "nine", "percent"));
  EXPECT_THAT(Wrap("short", 10), ElementsAre("short"));
  EXPECT_THAT(Wrap("", 10), IsEmpty());
}

TEST(WrapTest, BreaksBetweenWideCharactersAndInWordsThatAreTooLong) {
  EXPECT_THAT(Wrap("收入增长百分之九", 6), ElementsAre("收入增", "长百分", "之九"));
  EXPECT_THAT(Wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(Wrap("中", 1), ElementsAre("中"));
}

TEST(ExcerptTest, KeepsTheFocus) {
  const std::string text = "one two three four five six seven";
  EXPECT_EQ(Excerpt(text, 0, 100), text);
  EXPECT_EQ(Excerpt(text, 0, 10), "one two t…");
  const std::string middle = Excerpt(text, text.find("five"), 14);
  EXPECT_NE(middle.find("five"), std::string::npos) << middle;
  EXPECT_LE(DisplayWidth(middle), 14u);
  EXPECT_EQ(Excerpt(text, text.size(), 10), "…six seven");
}

}  // namespace
}  // namespace earshot
