#include "common/catalog/catalog.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "common/base/status.h"
#include "common/catalog/catalog_reader.h"
#include "common/text/suggest.h"
#include "common/yaml/diagnostics.h"

namespace earshot::catalog {
namespace {

bool IsMetricsFile(std::string_view path) { return std::filesystem::path(path).filename() == "metrics.yaml"; }

// Lower case, without what is no letter, digit or Chinese: "J.P. Morgan" and "jp morgan" are one name.
std::string NameKey(std::string_view name) {
  std::string key;
  for (const char c : Fold(name).bytes) {
    if (std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80)) key.push_back(c);
  }
  return key;
}

// The name without the legal forms behind it.
std::string CompanyKey(std::string_view name) {
  constexpr std::string_view kForms[] = {"incorporated", "corporation", "holdings", "holding", "limited", "company",
                                         "group",        "corp",        "inc",      "ltd",     "plc",     "co"};
  std::string key = NameKey(name);
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view form : kForms) {
      if (key.size() > form.size() && key.ends_with(form)) {
        key.resize(key.size() - form.size());
        cut = true;
      }
    }
  }
  return key;
}

}  // namespace

struct Catalog::Content {
  std::vector<Metric> metrics;
  StringMap<const Metric*> metric_by_id;
  std::vector<Company> companies;
  StringMap<const Company*> company_by_key;
  std::vector<Vocabulary> vocabularies;  // one a company, then the general one

  void IndexMetrics() {
    for (const Metric& metric : metrics) metric_by_id.emplace(metric.id, &metric);
  }
  void IndexCompany(const Company& company) {
    company_by_key.emplace(NameKey(company.ticker), &company);
    company_by_key.emplace(CompanyKey(company.name), &company);
    for (const std::string& name : company.names) company_by_key.emplace(CompanyKey(name), &company);
  }
  Vocabulary MakeVocabulary(const std::vector<AliasDraft>& particular, const std::vector<AliasDraft>& general) const {
    std::vector<Vocabulary::Entry> entries;
    for (const std::vector<AliasDraft>* drafts : {&particular, &general}) {
      for (const AliasDraft& draft : *drafts) {
        const auto metric = metric_by_id.find(draft.metric);
        const Metric* found = metric == metric_by_id.end() ? nullptr : metric->second;
        entries.push_back({draft.alias, {found, draft.segment, draft.misspelt, draft.weak}, draft.edits});
      }
    }
    return Vocabulary(std::move(entries));
  }
};

absl::StatusOr<Catalog> Catalog::Load(std::string_view dir) {
  const std::filesystem::path metrics = std::filesystem::path(dir) / "metrics.yaml";
  std::error_code ignored;
  if (!std::filesystem::exists(metrics, ignored)) {
    return NotFound("{}: no metrics.yaml there; name a catalogue folder", dir);
  }
  yaml::Diagnostics diagnostics;
  const std::vector<yaml::File> files = yaml::ReadFiles({std::string(dir)}, diagnostics);
  EARSHOT_RETURN_IF_ERROR(diagnostics.ToStatus());
  return Parse(files);
}

absl::StatusOr<Catalog> Catalog::Parse(const std::vector<yaml::File>& files) {
  yaml::Diagnostics diagnostics;
  auto content = std::make_shared<Content>();
  std::vector<AliasDraft> general;
  for (const yaml::File& file : files) {
    if (!IsMetricsFile(file.path)) continue;
    if (auto document = yaml::Document::Parse(file.path, file.text, diagnostics)) {
      MetricsDraft draft = ReadMetrics(document->root());
      std::move(draft.metrics.begin(), draft.metrics.end(), std::back_inserter(content->metrics));
      std::move(draft.aliases.begin(), draft.aliases.end(), std::back_inserter(general));
    }
  }
  content->IndexMetrics();
  std::vector<CompanyDraft> drafts;
  for (const yaml::File& file : files) {
    if (IsMetricsFile(file.path)) continue;
    if (auto document = yaml::Document::Parse(file.path, file.text, diagnostics)) {
      drafts.push_back(ReadCompany(document->root(), content->metrics));
    }
  }
  EARSHOT_RETURN_IF_ERROR(diagnostics.ToStatus());
  for (const CompanyDraft& draft : drafts) content->companies.push_back(draft.company);
  for (const Company& company : content->companies) content->IndexCompany(company);
  for (const CompanyDraft& draft : drafts) {
    content->vocabularies.push_back(content->MakeVocabulary(draft.aliases, general));
  }
  content->vocabularies.push_back(content->MakeVocabulary({}, general));
  return Catalog(std::move(content));
}

const Metric* Catalog::FindMetric(std::string_view id) const {
  const auto at = content_->metric_by_id.find(id);
  return at == content_->metric_by_id.end() ? nullptr : at->second;
}

const Company* Catalog::FindCompany(std::string_view name_or_ticker) const {
  for (const std::string& key : {NameKey(name_or_ticker), CompanyKey(name_or_ticker)}) {
    if (const auto at = content_->company_by_key.find(key); at != content_->company_by_key.end()) return at->second;
  }
  return nullptr;
}

const std::vector<Metric>& Catalog::metrics() const { return content_->metrics; }
const std::vector<Company>& Catalog::companies() const { return content_->companies; }

bool Catalog::HasSegment(std::string_view id, const Company* company) const {
  if (company != nullptr) return company->FindSegment(id) != nullptr;
  return id == "group" || std::any_of(companies().begin(), companies().end(),
                                      [&](const Company& some) { return some.FindSegment(id) != nullptr; });
}

std::string Catalog::SuggestMetric(std::string_view id) const {
  std::vector<std::string> known;
  for (const Metric& metric : metrics()) known.push_back(metric.id);
  return DidYouMean(id, known);
}

std::string Catalog::SuggestSegment(std::string_view id) const {
  std::vector<std::string> known = {"group"};
  for (const Company& company : companies()) {
    for (const Segment& segment : company.segments) known.push_back(segment.id);
  }
  return DidYouMean(id, known);
}

std::string Catalog::SuggestCompany(std::string_view name) const {
  std::vector<std::string> known;
  for (const Company& company : companies()) {
    known.push_back(company.ticker);
    known.push_back(company.name);
    known.insert(known.end(), company.names.begin(), company.names.end());
  }
  return DidYouMean(name, known);
}

const Vocabulary& Catalog::vocabulary(const Company* company) const {
  if (company == nullptr) return content_->vocabularies.back();
  return content_->vocabularies[static_cast<size_t>(company - content_->companies.data())];
}

}  // namespace earshot::catalog
