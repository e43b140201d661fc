// The catalogue as the engine wants to see it.
#pragma once

#include <string>
#include <string_view>

#include "common/catalog/catalog.h"
#include "earshot/v1/rule_set.pb.h"
#include "services/rules/engine/vocabulary.h"

namespace earshot::rules {

class CatalogVocabulary final : public rule_engine::Vocabulary {
 public:
  explicit CatalogVocabulary(catalog::Catalog catalog) : catalog_(std::move(catalog)) {}

  bool HasMetric(std::string_view id) const override;
  bool HasCompany(std::string_view ticker) const override;
  bool HasSegment(std::string_view id, std::string_view company) const override;
  std::string SuggestMetric(std::string_view id) const override;
  std::string SuggestCompany(std::string_view ticker) const override;
  std::string SuggestSegment(std::string_view id) const override;

 private:
  catalog::Catalog catalog_;
};

// Puts what the catalogue says of segments that carry on others into the set, sorted.
void AddLineages(const catalog::Catalog& catalog, v1::RuleSet& set);

}  // namespace earshot::rules
