#include "services/rules/engine/rule_set.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "services/rules/engine/test_events.h"

namespace earshot::rule_engine {
namespace {

using testing::ElementsAre;
using testing::Pair;

class FewWords final : public Vocabulary {
 public:
  bool HasMetric(std::string_view id) const override { return id == "capex" || id == "revenue"; }
  bool HasCompany(std::string_view ticker) const override { return ticker == "ACME"; }
  bool HasSegment(std::string_view id, std::string_view) const override { return id == "group" || id == "cloud"; }
  std::string SuggestMetric(std::string_view id) const override {
    return id == "capx" ? ", did you mean 'capex'?" : "";
  }
  std::string SuggestCompany(std::string_view ticker) const override {
    return ticker == "ACNE" ? ", did you mean 'ACME'?" : "";
  }
  std::string SuggestSegment(std::string_view) const override { return ""; }
};

std::string DiagnosticsOf(const std::vector<std::pair<std::string, std::string>>& files) {
  v1::RuleSet set;
  for (const auto& [path, content] : files) {
    v1::RuleFile& file = *set.add_files();
    file.set_path(path);
    file.set_content(content);
  }
  yaml::Diagnostics diagnostics;
  const FewWords vocabulary;
  const auto loaded = RuleSet::Load(set, &vocabulary, diagnostics);
  EXPECT_EQ(loaded == nullptr, !diagnostics.empty());
  return diagnostics.Render();
}

TEST(RuleSetTest, ReportsAllThatIsWrongInAllFilesWithCarets) {
  EXPECT_EQ(DiagnosticsOf({{"a.yaml", R"(groups:
  - name: one
    interval: 1m
    rules:
      - alert: CapexHigh
        match: {company: ACNE, metric: [capex, capx], kind: AMOUT, rol: MANAGEMENT}
        when: o.valu > 3.0
        labels: {severity: critical, alertname: x}
        annotations:
          summary: "'%.1f bn'.format([o.value / 1e9]) + plam.metric"
      - alert: capex_high
        match: {segment: clod}
        wen: "true"
)"},
                           {"b.yaml", R"(groups:
  - name: one
    rules:
      - alert: CapexHigh
        match: {metric: "*"}
        when: o.value
)"}}),
            R"(a.yaml:3:5: unknown key 'interval'; known are name, labels, limit, rules
        interval: 1m
        ^~~~~~~~
a.yaml:6:26: unknown company 'ACNE', did you mean 'ACME'?
            match: {company: ACNE, metric: [capex, capx], kind: AMOUT, rol: MANAGEMENT}
                             ^~~~
a.yaml:6:48: unknown metric 'capx', did you mean 'capex'?
            match: {company: ACNE, metric: [capex, capx], kind: AMOUT, rol: MANAGEMENT}
                                                   ^~~~
a.yaml:6:61: unknown kind 'AMOUT', did you mean 'AMOUNT'?
            match: {company: ACNE, metric: [capex, capx], kind: AMOUT, rol: MANAGEMENT}
                                                                ^~~~~
a.yaml:6:68: unknown key 'rol', did you mean 'role'?
            match: {company: ACNE, metric: [capex, capx], kind: AMOUT, rol: MANAGEMENT}
                                                                       ^~~
a.yaml:7:17: Observation has no field 'valu', did you mean 'value'?
            when: o.valu > 3.0
                    ^~~~
a.yaml:8:38: the label 'alertname' is set from 'alert'
            labels: {severity: critical, alertname: x}
                                         ^
a.yaml:10:57: unknown variable 'plam', did you mean 'plan'?
              summary: "'%.1f bn'.format([o.value / 1e9]) + plam.metric"
                                                            ^~~~
a.yaml:11:9: missing key 'when'
          - alert: capex_high
            ^
a.yaml:11:16: 'capex_high' is no rule name; write it in CamelCase, as in CapexAbovePlan
          - alert: capex_high
                   ^
a.yaml:12:26: unknown segment 'clod'
            match: {segment: clod}
                             ^~~~
a.yaml:13:9: unknown key 'wen', did you mean 'when'?
            wen: "true"
            ^~~
b.yaml:4:16: duplicate rule 'CapexHigh', first in a.yaml:5:16
          - alert: CapexHigh
                   ^~~~~~~~~
b.yaml:6:15: the expression has to be bool, this is double
            when: o.value
                  ^~~~~~~
)");
}

struct BadFile {
  const char* name;
  std::string content;
  const char* message;
};

class BadFileTest : public testing::TestWithParam<BadFile> {};

TEST_P(BadFileTest, IsRefusedWithAMessage) {
  EXPECT_THAT(DiagnosticsOf({{"a.yaml", GetParam().content}}), testing::HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Files, BadFileTest,
    testing::Values(BadFile{"Empty", "", "a.yaml:1:1: expected a mapping, found nothing"},
                    BadFile{"List", "- a\n", "a.yaml:1:1: expected a mapping, found a list"},
                    BadFile{"NoGroups", "group: []\n", "unknown key 'group', did you mean 'groups'?"},
                    BadFile{"GroupsNoList", "groups: {a: 1}\n", "a.yaml:1:9: expected a list, found a mapping"},
                    BadFile{"GroupNoMap", "groups: [a]\n", "a.yaml:1:10: expected a mapping, found 'a'"},
                    BadFile{"NoName", "groups:\n  - rules: []\n", "a.yaml:2:5: missing key 'name'"},
                    BadFile{"TwoGroups", "groups:\n  - {name: a, rules: []}\n  - {name: a, rules: []}\n",
                            "a.yaml:3:12: duplicate group 'a', first in a.yaml:2:12"},
                    BadFile{"NoMatch", "groups: [{name: a, rules: [{alert: B, when: 'true'}]}]\n",
                            "missing key 'match'; write 'match: {}'"},
                    BadFile{"Limit", "groups: [{name: a, limit: -1, rules: []}]\n", "-1 is less than 0"},
                    BadFile{"Label", "groups: [{name: a, labels: {a-b: c}, rules: []}]\n", "'a-b' is no label name"},
                    BadFile{"PlainAnnotation",
                            "groups: [{name: a, rules: [{alert: B, match: {}, when: 'true', annotations: {s: o}}]}]\n",
                            "the expression has to be string, this is Observation"},
                    BadFile{"EmptyList", "groups: [{name: a, rules: [{alert: B, match: {kind: []}, when: 'true'}]}]\n",
                            "an empty list matches nothing"}),
    [](const auto& info) { return info.param.name; });

TEST(RuleSetTest, ACompanyWithoutACatalogueFileIsGood) {
  EXPECT_EQ(
      DiagnosticsOf({{"a.yaml", "groups: [{name: a, rules: [{alert: B, match: {company: ZZZ}, when: 'true'}]}]"}}), "");
}

TEST(RuleSetTest, RulesCarryTheLabelsOfTheirGroupAndTheirOwn) {
  v1::RuleSet message;
  v1::RuleFile& file = *message.add_files();
  file.set_path("a.yaml");
  file.set_content(R"(groups:
  - name: g
    labels: {desk: asia, severity: info}
    rules:
      - alert: A
        match: {}
        when: "true"
        labels: {severity: critical}
)");
  const auto set = Compiled(message);
  EXPECT_THAT(set->rules().at(0).labels, ElementsAre(Pair("desk", "asia"), Pair("severity", "critical")));
}

TEST(RuleSetTest, TheRevisionChangesWithWhatARuleDoes) {
  const auto revision = [](const std::string& rule) { return Compiled(SetOf(rule))->rules().at(0).revision; };
  const std::string base = revision("- {alert: A, match: {kind: [AMOUNT, GROWTH]}, when: 'o.value > 1.0'}");
  EXPECT_EQ(revision("- {when: o.value > 1.0, alert: A, match: {kind: [GROWTH, AMOUNT]}}"), base);
  for (const char* other : {"- {alert: B, match: {kind: [AMOUNT, GROWTH]}, when: 'o.value > 1.0'}",
                            "- {alert: A, match: {kind: [AMOUNT]}, when: 'o.value > 1.0'}",
                            "- {alert: A, match: {kind: [AMOUNT, GROWTH]}, when: 'o.value > 2.0'}",
                            "- {alert: A, match: {kind: [AMOUNT, GROWTH]}, when: 'o.value > 1.0', labels: {a: b}}",
                            "- {alert: A, match: {kind: [AMOUNT, GROWTH]}, when: 'o.value > 1.0', "
                            "annotations: {a: o.metric}}"}) {
    EXPECT_NE(revision(other), base) << other;
  }
}

// What the index finds, and of that what matches, is what a look at every rule finds.
TEST(RuleSetTest, TheIndexFindsWhatAScanFinds) {
  const auto set = Compiled(SetOf(R"(- {alert: Any, match: {}, when: 'true'}
- {alert: OfAcme, match: {company: ACME}, when: 'true'}
- {alert: OfBoth, match: {company: [ACME, BABA], metric: [capex, revenue]}, when: 'true'}
- {alert: Capex, match: {metric: capex}, when: 'true'}
- {alert: Stars, match: {company: "*", metric: ["*", capex]}, when: 'true'}
- {alert: Cloud, match: {metric: revenue, segment: cloud}, when: 'true'})"));
  std::vector<const Rule*> candidates;
  for (const char* company : {"ACME", "BABA", "XYZ", ""}) {
    for (const char* metric : {"capex", "revenue", "stores", ""}) {
      v1::Observation o = Said(metric, "FY2026", v1::KIND_AMOUNT);
      o.set_company(company);
      std::vector<std::string> found, scanned;
      set->FindCandidates(company, metric, candidates);
      for (const Rule* rule : candidates) {
        if (rule->match.Matches(o)) found.push_back(rule->name);
      }
      for (const Rule& rule : set->rules()) {
        if (rule.match.Matches(o)) scanned.push_back(rule.name);
      }
      EXPECT_EQ(found, scanned) << company << "/" << metric;
    }
  }
}

struct MatchCase {
  const char* match;
  bool matches;
};

class MatchTest : public testing::TestWithParam<MatchCase> {};

TEST_P(MatchTest, LooksAtEveryField) {
  v1::Observation o = Of("cloud", Growth("revenue", "FY2026Q1", 26));
  o.set_company("BABA");
  o.set_section(v1::SECTION_PREPARED_REMARKS);
  const auto set = Compiled(SetOf(fmt::format("- {{alert: A, match: {}, when: 'true'}}", GetParam().match)));
  EXPECT_EQ(set->rules().at(0).match.Matches(o), GetParam().matches) << GetParam().match;
}

INSTANTIATE_TEST_SUITE_P(
    Fields, MatchTest,
    testing::Values(MatchCase{"{}", true}, MatchCase{"{company: BABA}", true}, MatchCase{"{company: ACME}", false},
                    MatchCase{"{segment: [cloud, aidc]}", true}, MatchCase{"{segment: group}", false},
                    MatchCase{"{kind: GROWTH}", true}, MatchCase{"{kind: [AMOUNT, RATIO]}", false},
                    MatchCase{"{basis: YEAR_OVER_YEAR}", true}, MatchCase{"{basis: UNSPECIFIED}", false},
                    MatchCase{"{stance: ACTUAL}", true}, MatchCase{"{stance: PLAN}", false},
                    MatchCase{"{state: PROFITABLE}", false}, MatchCase{"{state: \"*\"}", true},
                    MatchCase{"{role: MANAGEMENT}", true}, MatchCase{"{role: [ANALYST, UNSPECIFIED]}", false},
                    MatchCase{"{adjustment: REPORTED}", true}, MatchCase{"{adjustment: CONSTANT_CURRENCY}", false},
                    MatchCase{"{language: en}", true}, MatchCase{"{language: zh}", false},
                    MatchCase{"{section: PREPARED_REMARKS}", true},
                    MatchCase{"{section: QUESTIONS_AND_ANSWERS}", false},
                    MatchCase{"{metric: revenue, kind: GROWTH, role: ANALYST}", false}));

}  // namespace
}  // namespace earshot::rule_engine
