#include "common/text/source_text.h"
#include "common/text/suggest.h"
#include "common/text/utf8.h"
#include "gtest/gtest.h"

namespace earshot {
namespace {

TEST(Utf8Test, FindsTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8("abc 中文 é"), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("ab\xFF"), 2u);
  EXPECT_EQ(FindInvalidUtf8("a\xC0\x80"), 1u) << "overlong";
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0u) << "surrogate";
  EXPECT_EQ(FindInvalidUtf8("x\xE4\xB8"), 1u) << "cut off";
}

TEST(Utf8Test, EncodesWhatItDecodes) {
  for (char32_t c : {U'a', U'é', U'中', U'😀'}) {
    std::string bytes;
    AppendUtf8(c, bytes);
    EXPECT_EQ(DecodeUtf8(bytes, 0).value, c);
    EXPECT_EQ(DecodeUtf8(bytes, 0).size, bytes.size());
  }
}

TEST(Utf8Test, MeasuresColumns) {
  EXPECT_EQ(DisplayWidth("ab中"), 4u);
  EXPECT_EQ(Truncate("abcdef", 4), "abc…");
  EXPECT_EQ(Truncate("中文字", 4), "中…");
  EXPECT_EQ(Truncate("abc", 3), "abc");
}

TEST(SourceTextTest, PointsAtThePlace) {
  const SourceText source("r.yaml", "a: 1\nwen: o.value\n");
  EXPECT_EQ(source.Render(5, "unknown key 'wen'", 3),
            "r.yaml:2:1: unknown key 'wen'\n"
            "    wen: o.value\n"
            "    ^~~");
  EXPECT_EQ(source.Offset({2, 6}), 10u);
}

TEST(SourceTextTest, ColumnsCountCharacters) {
  const SourceText source("x", "中文x");
  EXPECT_EQ(source.Locate(6).column, 3);
  EXPECT_EQ(source.Render(6, "here"), "x:1:3: here\n    中文x\n        ^");
}

TEST(SourceTextTest, PlacesPastTheEndAreTheEnd) {
  EXPECT_EQ(SourceText("x", "").Render(9, "empty"), "x:1:1: empty\n    \n    ^");
  EXPECT_EQ(SourceText("x", "ab\n").Line(7), "");
}

TEST(SuggestTest, NamesTheNearestWord) {
  const std::string_view words[] = {"value", "unit", "metric"};
  EXPECT_EQ(DidYouMean("valu", words), ", did you mean 'value'?");
  EXPECT_EQ(DidYouMean("vaule", words), ", did you mean 'value'?");
  EXPECT_EQ(DidYouMean("segment", words), "");
}

}  // namespace
}  // namespace earshot
