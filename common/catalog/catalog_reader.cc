#include "common/catalog/catalog_reader.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "common/base/status.h"
#include "common/text/suggest.h"

namespace earshot::catalog {
namespace {

constexpr std::string_view kMeasures[] = {"money", "per_share", "count", "percent", "none"};
constexpr int kMostEdits = 3;

std::string StringAt(yaml::Node node, std::string_view key) { return node[key].String().value_or(""); }
bool FlagAt(yaml::Node node, std::string_view key) { return node[key].Bool().value_or(false); }

// `aliases: {en: [...], zh: [...]}`
void ReadAliases(yaml::Node node, AliasDraft like, std::vector<AliasDraft>& out) {
  if (!node || !node.Keys({"en", "zh"})) return;
  for (const std::string_view language : {"en", "zh"}) {
    for (yaml::Node item : node[language].Scalars()) {
      like.alias = std::string(item.Text());
      out.push_back(like);
    }
  }
}

// `fuzzy: [{word: freshippo, edits: 2}]`
void ReadFuzzy(yaml::Node node, AliasDraft like, std::vector<AliasDraft>& out) {
  if (!node) return;
  for (yaml::Node item : node.Items()) {
    item.Keys({"word", "edits"});
    like.alias = item.Require("word").String().value_or("");
    like.edits = static_cast<int>(item.Require("edits").Int(1, kMostEdits).value_or(1));
    like.misspelt = true;
    out.push_back(like);
  }
}

void ReadWords(yaml::Node node, const AliasDraft& like, std::vector<AliasDraft>& out) {
  ReadAliases(node["aliases"], like, out);
  AliasDraft weak = like;
  weak.weak = true;
  ReadAliases(node["weak"], weak, out);
  AliasDraft misspelt = like;
  misspelt.misspelt = true;
  ReadAliases(node["misspellings"], misspelt, out);
  ReadFuzzy(node["fuzzy"], like, out);
}

// `refine: [{metric: capex, near: {en: [...], zh: [...]}}]`
std::vector<Refinement> ReadRefinements(yaml::Node node) {
  std::vector<Refinement> out;
  if (!node) return out;
  for (yaml::Node item : node.Items()) {
    item.Keys({"metric", "near"});
    std::vector<AliasDraft> near;
    ReadAliases(item.Require("near"), {}, near);
    Refinement refinement{item.Require("metric").String().value_or(""), {}};
    for (const AliasDraft& word : near) refinement.near.push_back(Fold(word.alias).bytes);
    out.push_back(std::move(refinement));
  }
  return out;
}

Metric ReadMetric(yaml::Node node) {
  Metric metric;
  metric.id = node.Require("id").String().value_or("");
  metric.description = node.Require("description").String().value_or("");
  const std::string measure = node.Require("measure").Choice("measure", kMeasures).value_or("money");
  metric.measure = static_cast<Measure>(std::find(std::begin(kMeasures), std::end(kMeasures), measure) - kMeasures);
  metric.time = FlagAt(node, "balance") ? Time::kBalance : Time::kFlow;
  metric.is_profit = FlagAt(node, "profit");
  metric.has_ratio = FlagAt(node, "ratio");
  metric.is_spending = FlagAt(node, "spending");
  metric.bare_growth = FlagAt(node, "bare_growth");
  metric.change_over_period = FlagAt(node, "change_over_period");
  metric.named_part = FlagAt(node, "named_part");
  metric.whole_company = FlagAt(node, "whole_company");
  metric.per_share = StringAt(node, "per_share");
  metric.adjusted = StringAt(node, "adjusted");
  metric.refine = ReadRefinements(node["refine"]);
  return metric;
}

const Metric* MetricWithId(const std::vector<Metric>& metrics, std::string_view id) {
  const auto at = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& metric) { return metric.id == id; });
  return at == metrics.end() ? nullptr : &*at;
}

void CheckMetric(yaml::Node node, const std::vector<Metric>& metrics) {
  const std::string id(node.Text());
  if (!node || id.empty() || MetricWithId(metrics, id) != nullptr) return;
  std::vector<std::string> known;
  for (const Metric& metric : metrics) known.push_back(metric.id);
  node.Error(fmt::format("unknown metric '{}'{}", id, DidYouMean(id, known)), id.size());
}

void CheckSegment(yaml::Node node, const Company& company) {
  const std::string id(node.Text());
  if (!node || id.empty() || company.FindSegment(id) != nullptr) return;
  std::vector<std::string> known;
  for (const Segment& segment : company.segments) known.push_back(segment.id);
  node.Error(fmt::format("unknown segment '{}'{}", id, DidYouMean(id, known)), id.size());
}

void ReadIdentity(yaml::Node node, Company& company) {
  node.Keys({"ticker", "name", "names", "currency", "fiscal_year_end"});
  company.ticker = node.Require("ticker").String().value_or("");
  company.name = node.Require("name").String().value_or("");
  company.names = node["names"].Strings();
  company.currency = node.Require("currency").String().value_or("USD");
  company.fiscal_year_end_month = static_cast<int>(node.Require("fiscal_year_end").Int(1, 12).value_or(12));
}

void ReadSegment(yaml::Node node, CompanyDraft& draft) {
  node.Keys({"id", "description", "part_of", "since", "successor_of", "aliases", "weak", "misspellings", "fuzzy"});
  Segment segment;
  segment.id = node.Require("id").String().value_or("");
  segment.description = node.Require("description").String().value_or("");
  segment.part_of = StringAt(node, "part_of");
  segment.successor_of = node["successor_of"].Strings();
  if (const auto since = node["since"].String()) {
    if (auto term = fiscal::ParseTerm(*since); term.ok()) {
      segment.since = *term;
    } else {
      node["since"].Error(Message(term.status()), since->size());
    }
  }
  if (draft.company.FindSegment(segment.id) != nullptr && segment.id != "group") {
    node["id"].Error(fmt::format("segment '{}' is there twice", segment.id), segment.id.size());
  }
  ReadWords(node, {.segment = segment.id}, draft.aliases);
  if (segment.id != "group") draft.company.segments.push_back(std::move(segment));
}

// What a general metric is called and where it belongs in this company.
void ReadHome(yaml::Node node, const std::vector<Metric>& metrics, CompanyDraft& draft) {
  node.Keys({"id", "segment", "always", "aliases", "weak", "misspellings", "fuzzy"});
  const std::string id = node.Require("id").String().value_or("");
  CheckMetric(node["id"], metrics);
  CheckSegment(node["segment"], draft.company);
  if (node["segment"]) draft.company.homes[id] = {StringAt(node, "segment"), FlagAt(node, "always")};
  ReadWords(node, {.metric = id}, draft.aliases);
}

// A house term that names a metric and a segment at once.
void ReadTerm(yaml::Node node, const std::vector<Metric>& metrics, CompanyDraft& draft) {
  node.Keys({"metric", "segment", "aliases", "weak", "misspellings", "fuzzy"});
  CheckMetric(node.Require("metric"), metrics);
  CheckSegment(node.Require("segment"), draft.company);
  ReadWords(node, {.metric = StringAt(node, "metric"), .segment = StringAt(node, "segment")}, draft.aliases);
}

void CheckSegmentReferences(yaml::Node segments, const Company& company) {
  for (yaml::Node node : segments.Items()) {
    CheckSegment(node["part_of"], company);
    for (yaml::Node old : node["successor_of"].Scalars()) CheckSegment(old, company);
  }
}

}  // namespace

MetricsDraft ReadMetrics(yaml::Node root) {
  MetricsDraft draft;
  root.Keys({"metrics"});
  for (yaml::Node node : root.Require("metrics").Items()) {
    node.Keys({"id", "description", "measure", "balance", "profit", "ratio", "spending", "bare_growth",
               "change_over_period", "named_part", "whole_company", "per_share", "adjusted", "refine", "aliases",
               "weak", "misspellings", "fuzzy"});
    Metric metric = ReadMetric(node);
    if (MetricWithId(draft.metrics, metric.id) != nullptr) {
      node["id"].Error(fmt::format("metric '{}' is there twice", metric.id), metric.id.size());
    }
    ReadWords(node, {.metric = metric.id}, draft.aliases);
    draft.metrics.push_back(std::move(metric));
  }
  for (yaml::Node node : root["metrics"].Items()) {
    CheckMetric(node["per_share"], draft.metrics);
    CheckMetric(node["adjusted"], draft.metrics);
    if (!node["refine"]) continue;
    for (yaml::Node item : node["refine"].Items()) CheckMetric(item["metric"], draft.metrics);
  }
  return draft;
}

CompanyDraft ReadCompany(yaml::Node root, const std::vector<Metric>& metrics) {
  CompanyDraft draft;
  root.Keys({"company", "segments", "metrics", "terms"});
  ReadIdentity(root.Require("company"), draft.company);
  draft.company.segments.push_back({.id = "group", .description = "The whole company."});
  if (root["segments"]) {
    for (yaml::Node node : root["segments"].Items()) ReadSegment(node, draft);
    CheckSegmentReferences(root["segments"], draft.company);
  }
  if (root["metrics"]) {
    for (yaml::Node node : root["metrics"].Items()) ReadHome(node, metrics, draft);
  }
  if (root["terms"]) {
    for (yaml::Node node : root["terms"].Items()) ReadTerm(node, metrics, draft);
  }
  return draft;
}

}  // namespace earshot::catalog
