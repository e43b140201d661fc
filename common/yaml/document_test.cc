#include "common/yaml/document.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::yaml {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(DocumentTest, ReadsEveryKindOfValueWithItsPlace) {
  Diagnostics diagnostics;
  const auto document = Document::Parse("a.yaml",
                                        "name: Acme\n"
                                        "words: [a, 'b c']\n"
                                        "one: single\n"
                                        "limit: 7\n"
                                        "ratio: 1.5\n"
                                        "on: true\n"
                                        "none:\n",
                                        diagnostics);
  ASSERT_NE(document, nullptr);
  const Node root = document->root();
  EXPECT_EQ(root["name"].String(), "Acme");
  EXPECT_THAT(root["words"].Strings(), ElementsAre("a", "b c"));
  EXPECT_THAT(root["one"].Strings(), ElementsAre("single"));
  EXPECT_EQ(root["limit"].Int(0, 10), 7);
  EXPECT_EQ(root["ratio"].Double(), 1.5);
  EXPECT_EQ(root["on"].Bool(), true);
  EXPECT_TRUE(root["none"].IsNull());
  EXPECT_FALSE(root["absent"]["deeper"]);
  EXPECT_EQ(root["absent"].String(), std::nullopt);
  EXPECT_EQ(root["words"].Items()[1].Location(), "a.yaml:2:12");
  EXPECT_TRUE(diagnostics.empty()) << diagnostics.Render();
}

TEST(DocumentTest, ReportsEverythingAtOnceWithCarets) {
  Diagnostics diagnostics;
  const auto document = Document::Parse("rules.yaml",
                                        "alert: A\n"
                                        "wen: o.value > 3\n"
                                        "limit: many\n"
                                        "kind: AMOUT\n"
                                        "list: {a: 1}\n"
                                        "alert: B\n",
                                        diagnostics);
  ASSERT_NE(document, nullptr);
  const Node root = document->root();
  EXPECT_FALSE(root.Keys({"alert", "when", "limit", "kind", "list", "name"}));
  EXPECT_EQ(root["alert"].String(), "A");
  EXPECT_EQ(root["limit"].Int(), std::nullopt);
  constexpr std::string_view kKinds[] = {"AMOUNT", "GROWTH"};
  EXPECT_EQ(root["kind"].Choice("kind", kKinds), std::nullopt);
  EXPECT_THAT(root["list"].Strings(), ElementsAre());
  EXPECT_FALSE(root.Require("name"));
  diagnostics.Sort();
  EXPECT_EQ(diagnostics.Render(),
            "rules.yaml:1:1: missing key 'name'\n"
            "    alert: A\n"
            "    ^\n"
            "rules.yaml:2:1: unknown key 'wen', did you mean 'when'?\n"
            "    wen: o.value > 3\n"
            "    ^~~\n"
            "rules.yaml:3:8: expected a whole number, found 'many'\n"
            "    limit: many\n"
            "           ^\n"
            "rules.yaml:4:7: unknown kind 'AMOUT', did you mean 'AMOUNT'?\n"
            "    kind: AMOUT\n"
            "          ^~~~~\n"
            "rules.yaml:5:7: expected a text or a list of texts, found a mapping\n"
            "    list: {a: 1}\n"
            "          ^\n"
            "rules.yaml:6:1: duplicate key 'alert', first in line 1\n"
            "    alert: B\n"
            "    ^\n");
}

struct Refused {
  const char* name;
  std::string text;
  const char* message;
};

class RefusedTest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedTest, SaysWhatAndWhere) {
  Diagnostics diagnostics;
  Document::Parse("a.yaml", GetParam().text, diagnostics);
  EXPECT_THAT(diagnostics.Render(), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(Texts, RefusedTest,
                         testing::Values(Refused{"Syntax", "a: [1, 2\nb: 3\n", "a.yaml:2:2: no valid YAML"},
                                         Refused{"Quote", "a: \"x\nb: 1\n", "a.yaml:1:4: this quote has no end"},
                                         Refused{"Tab", "a:\n\t- b\n", "a.yaml:2:2: no valid YAML"},
                                         Refused{"SecondDocument", "a: 1\n---\nb: 2\n",
                                                 "a.yaml:3:1: a second document"},
                                         Refused{"NoUtf8", "a: \xff\n", "a.yaml:1:4: this is no UTF-8"},
                                         Refused{"Alias", "a: &x 1\nb: *x\n", "a.yaml:2:4: aliases are not supported"},
                                         Refused{"Anchor", "a: &x 1\n", "a.yaml:1:4: anchors are not supported"},
                                         Refused{"Tag", "a: !!str 1\n", "tags are not supported"},
                                         Refused{"ListAsKey", "[a, b]: 1\n", "a.yaml:1:1: a key must be a word"},
                                         Refused{"Deep", std::string(33, '[') + std::string(33, ']'),
                                                 "a.yaml:1:33: no valid YAML: nested more than 32 deep"},
                                         Refused{"VeryDeep", std::string(100000, '['), "nested more than 32 deep"},
                                         Refused{"VeryDeepMaps", std::string(100000, '{'), "nested more than 32 deep"},
                                         Refused{"Long", std::string((1 << 20) + 1, ' '), "at most 1048576 are read"}),
                         [](const auto& info) { return info.param.name; });

TEST(DocumentTest, AnEmptyFileIsANullRoot) {
  for (const char* text : {"", "\n", "# only a comment\n", "\xEF\xBB\xBF"}) {
    Diagnostics diagnostics;
    const auto document = Document::Parse("a.yaml", text, diagnostics);
    ASSERT_NE(document, nullptr);
    EXPECT_TRUE(document->root().IsNull());
    EXPECT_FALSE(document->root().Keys({"groups"}));
    EXPECT_EQ(diagnostics.items().at(0).message, "expected a mapping, found nothing");
  }
}

struct Pointed {
  const char* name;
  std::string text;
};

class PointedTest : public testing::TestWithParam<Pointed> {};

// Wherever the expression stands, an error in it is shown where the word is in the file.
TEST_P(PointedTest, PointsIntoScalars) {
  Diagnostics diagnostics;
  const auto document = Document::Parse("a.yaml", GetParam().text, diagnostics);
  ASSERT_NE(document, nullptr) << diagnostics.Render();
  const Node when = document->root()["when"];
  const size_t at = when.Text().find("plam");
  ASSERT_NE(at, std::string_view::npos);
  EXPECT_EQ(when.Offset(at), GetParam().text.find("plam")) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Styles, PointedTest,
                         testing::Values(Pointed{"Plain", "when: o.value > plam\n"},
                                         Pointed{"Double", "when: \"o.metric == 'x' && plam\"\n"},
                                         Pointed{"Escaped", "when: \"o.metric == \\\"x\\\" && plam\"\n"},
                                         Pointed{"Single", "when: 'o.metric == ''x'' && plam'\n"},
                                         Pointed{"Literal", "when: |\n  o.value > 3 &&\n    plam\n"},
                                         Pointed{"Folded", "when: >-\n  o.value > 3 &&\n  plam\n"},
                                         Pointed{"PlainFolded", "when: o.value > 3 &&\n   plam\n"}),
                         [](const auto& info) { return info.param.name; });

TEST(DocumentTest, ColumnsCountCharacters) {
  Diagnostics diagnostics;
  const auto document = Document::Parse("a.yaml", "{资本支出: a, x: y}\r\n", diagnostics);
  ASSERT_NE(document, nullptr) << diagnostics.Render();
  EXPECT_EQ(document->root()["x"].Location(), "a.yaml:1:14");
}

}  // namespace
}  // namespace earshot::yaml
