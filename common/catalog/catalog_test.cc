#include "common/catalog/catalog.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <set>

#include "common/base/status.h"

namespace earshot::catalog {
namespace {

constexpr char kMetrics[] = R"(metrics:
  - id: revenue
    description: Sales.
    measure: money
    aliases: {en: [revenue, sales], zh: [收入]}
  - id: capex
    description: Investment in infrastructure.
    measure: money
    whole_company: true
    aliases: {en: [capex]}
  - id: investment
    description: Money spent.
    measure: money
    refine: [{metric: capex, near: {en: [data-center]}}]
    weak: {en: [invested]}
)";

constexpr char kCompany[] = R"(company:
  ticker: ACME
  name: Acme Holdings Inc.
  names: [Acme, 极致]
  currency: USD
  fiscal_year_end: 6
segments:
  - id: tools
    description: Tools.
    aliases: {en: [Tools Group], zh: [工具]}
  - id: all_tools
    description: Tools and parts.
    since: FY2026Q1
    successor_of: [tools]
    fuzzy: [{word: Toolverse, edits: 2}]
metrics:
  - {id: capex, segment: tools, always: true, misspellings: {en: [cat backs]}}
terms:
  - {metric: revenue, segment: tools, aliases: {en: [tool sales]}}
)";

Catalog Acme() {
  auto catalog = Catalog::Parse({{"metrics.yaml", kMetrics}, {"companies/acme.yaml", kCompany}});
  EXPECT_TRUE(catalog.ok()) << catalog.status();
  return *std::move(catalog);
}

TEST(CatalogTest, FindsACompanyByAnyOfItsNames) {
  const Catalog catalog = Acme();
  for (const char* name : {"ACME", "acme", "Acme Holdings", "ACME HOLDINGS INC", "Acme, Ltd.", "极致"}) {
    const Company* company = catalog.FindCompany(name);
    ASSERT_NE(company, nullptr) << name;
    EXPECT_EQ(company->ticker, "ACME");
  }
  EXPECT_EQ(catalog.FindCompany("Acne"), nullptr);
  EXPECT_EQ(catalog.SuggestCompany("ACNE"), ", did you mean 'ACME'?");
  EXPECT_EQ(catalog.SuggestCompany("Tools of Acmee"), "");
  EXPECT_EQ(catalog.SuggestCompany("极致的"), ", did you mean '极致'?");
}

TEST(CatalogTest, WordsMeanMetricsAndSegments) {
  const Catalog catalog = Acme();
  const std::string text = "Tools Group sales and tool sales; 收入; Toolvrse cat backs";
  std::vector<std::string> found;
  for (const Mention& mention : catalog.vocabulary(catalog.FindCompany("ACME")).Find(text)) {
    found.push_back(text.substr(mention.begin, mention.end - mention.begin) + "=" +
                    (mention.meaning->metric ? mention.meaning->metric->id : "") + "/" + mention.meaning->segment +
                    (mention.meaning->misspelt ? "?" : ""));
  }
  EXPECT_THAT(found, testing::ElementsAre("Tools Group=/tools", "sales=revenue/", "tool sales=revenue/tools",
                                          "收入=revenue/", "Toolvrse=/all_tools?", "cat backs=capex/?"));
}

TEST(CatalogTest, TheGeneralVocabularyKnowsNoSegments) {
  const Catalog catalog = Acme();
  EXPECT_EQ(catalog.vocabulary(nullptr).Find("Tools Group sales").size(), 1u);
}

TEST(CatalogTest, ASuccessorLooksBackOnItsPredecessor) {
  const Catalog catalog = Acme();
  const Company& company = *catalog.FindCompany("ACME");
  EXPECT_EQ(company.SegmentIn("tools", {2026, 1}), "all_tools");
  EXPECT_EQ(company.SegmentIn("tools", {2025, 4}), "tools");
  EXPECT_EQ(company.SegmentIn("group", {2026, 1}), "group");
  EXPECT_THAT(company.Lineage("all_tools"), testing::ElementsAre("all_tools", "tools"));
  EXPECT_THAT(company.Lineage("unknown"), testing::ElementsAre("unknown"));
}

TEST(CatalogTest, AllThatIsWrongIsSaidAtOnce) {
  const auto catalog = Catalog::Parse({{"metrics.yaml", kMetrics}, {"companies/bad.yaml", R"(company:
  ticker: BAD
  name: Bad
  currency: USD
  fiscal_year_ends: 13
segments:
  - {id: tools, description: Tools., since: FY2026Q7}
metrics:
  - {id: revnue, segment: tool}
)"}});
  ASSERT_EQ(catalog.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(Message(catalog.status()));
  EXPECT_THAT(message, testing::HasSubstr("unknown key 'fiscal_year_ends', did you mean 'fiscal_year_end'?"));
  EXPECT_THAT(message, testing::HasSubstr("companies/bad.yaml:7:"));
  EXPECT_THAT(message, testing::HasSubstr("unknown metric 'revnue', did you mean 'revenue'?"));
  EXPECT_THAT(message, testing::HasSubstr("unknown segment 'tool', did you mean 'tools'?"));
}

TEST(CatalogTest, AFolderWithoutMetricsIsNotFound) {
  EXPECT_EQ(Catalog::Load("/nowhere").status().code(), absl::StatusCode::kNotFound);
}

std::string ShippedFolder() {
  const char* root = std::getenv("EARSHOT_SOURCE_DIR");
  return std::string(root ? root : ".") + "/deploy/config/catalog";
}

TEST(ShippedCatalogTest, LoadsAndIsComplete) {
  const auto catalog = Catalog::Load(ShippedFolder());
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  EXPECT_GE(catalog->metrics().size(), 70u);
  for (const Metric& metric : catalog->metrics()) EXPECT_FALSE(metric.description.empty()) << metric.id;
  const Company* baba = catalog->FindCompany("Alibaba Group");
  ASSERT_NE(baba, nullptr);
  EXPECT_EQ(baba->fiscal_year_end_month, 3);
  EXPECT_GE(baba->segments.size(), 25u);
  EXPECT_TRUE(catalog->HasSegment("aidc", baba));
  EXPECT_EQ(baba->SegmentIn("taobao_tmall", {2026, 1}), "china_ecommerce");
}

TEST(ShippedCatalogTest, HouseTermsAndMisspellingsAreKnown) {
  const auto catalog = Catalog::Load(ShippedFolder());
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  const Vocabulary& words = catalog->vocabulary(catalog->FindCompany("BABA"));
  const struct {
    std::string text, metric, segment;
  } cases[] = {
      {"CMR", "customer_management_revenue", ""},
      {"客户管理收入", "customer_management_revenue", ""},
      {"AI DC", "", "aidc"},
      {"TTG", "", "taobao_tmall"},
      {"优异", "unit_economics", ""},
      {"河马", "", "freshippo"},
      {"88VIP members", "members", ""},
      {"自由现金流", "free_cash_flow", ""},
      {"non-GAAP net income", "non_gaap_net_income", ""},
  };
  for (const auto& c : cases) {
    const auto mentions = words.Find(c.text);
    ASSERT_EQ(mentions.size(), 1u) << c.text;
    EXPECT_EQ(mentions[0].meaning->metric ? mentions[0].meaning->metric->id : "", c.metric) << c.text;
    EXPECT_EQ(mentions[0].meaning->segment, c.segment) << c.text;
  }
}

}  // namespace
}  // namespace earshot::catalog
