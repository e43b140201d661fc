#include "services/rules/engine/lineage.h"

namespace earshot::rule_engine {

Lineage::Lineage(const v1::RuleSet& set) {
  for (const v1::SegmentLineage& lineage : set.lineages()) {
    by_company_[lineage.company()][lineage.segment()].assign(lineage.predecessors().begin(),
                                                             lineage.predecessors().end());
  }
}

std::span<const std::string> Lineage::PredecessorsOf(std::string_view company, std::string_view segment) const {
  const auto of_company = by_company_.find(company);
  if (of_company == by_company_.end()) return {};
  const auto found = of_company->second.find(segment);
  if (found == of_company->second.end()) return {};
  return found->second;
}

}  // namespace earshot::rule_engine
