#include "services/rules/catalog_vocabulary.h"

#include <map>
#include <utility>

namespace earshot::rules {

bool CatalogVocabulary::HasMetric(std::string_view id) const { return catalog_.FindMetric(id) != nullptr; }

bool CatalogVocabulary::HasCompany(std::string_view ticker) const {
  const catalog::Company* company = catalog_.FindCompany(ticker);
  return company != nullptr && company->ticker == ticker;
}

bool CatalogVocabulary::HasSegment(std::string_view id, std::string_view company) const {
  return catalog_.HasSegment(id, company.empty() ? nullptr : catalog_.FindCompany(company));
}

std::string CatalogVocabulary::SuggestMetric(std::string_view id) const { return catalog_.SuggestMetric(id); }

// A name is understood, but observations carry the ticker.
std::string CatalogVocabulary::SuggestCompany(std::string_view ticker) const {
  const catalog::Company* company = catalog_.FindCompany(ticker);
  return company != nullptr ? "; write its ticker, " + company->ticker : catalog_.SuggestCompany(ticker);
}

std::string CatalogVocabulary::SuggestSegment(std::string_view id) const { return catalog_.SuggestSegment(id); }

void AddLineages(const catalog::Catalog& catalog, v1::RuleSet& set) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string_view>> lineages;
  for (const catalog::Company& company : catalog.companies()) {
    for (const catalog::Segment& segment : company.segments) {
      std::vector<std::string_view> lineage = company.Lineage(segment.id);
      if (lineage.size() > 1) lineages[{company.ticker, segment.id}] = {lineage.begin() + 1, lineage.end()};
    }
  }
  for (const auto& [key, predecessors] : lineages) {
    v1::SegmentLineage& lineage = *set.add_lineages();
    lineage.set_company(key.first);
    lineage.set_segment(key.second);
    for (const std::string_view predecessor : predecessors) lineage.add_predecessors(std::string(predecessor));
  }
}

}  // namespace earshot::rules
