#include "services/rules/engine/rule_set.h"

#include <algorithm>

#include "services/rules/engine/rule_file.h"

namespace earshot::rule_engine {
namespace {

constexpr std::string_view kAnyWord = "";

std::vector<std::string> OrAny(const std::vector<std::string>& words) {
  return words.empty() ? std::vector<std::string>{std::string(kAnyWord)} : words;
}

}  // namespace

std::shared_ptr<const RuleSet> RuleSet::Load(const v1::RuleSet& message, const Vocabulary* vocabulary,
                                             yaml::Diagnostics& diagnostics) {
  const size_t before = diagnostics.size();
  std::shared_ptr<RuleSet> set(new RuleSet);
  set->name_ = message.name();
  set->lineage_ = Lineage(message);
  StringMap<std::string> locations;
  for (const v1::RuleFile& file : message.files()) {
    const auto document = yaml::Document::Parse(file.path(), file.content(), diagnostics);
    if (document != nullptr) ReadRuleFile(*document, vocabulary, locations, set->rules_);
  }
  diagnostics.Sort();
  if (diagnostics.size() > before) return nullptr;
  set->BuildIndex();
  return set;
}

void RuleSet::BuildIndex() {
  for (size_t i = 0; i < rules_.size(); ++i) {
    for (const std::string& company : OrAny(rules_[i].match.companies())) {
      for (const std::string& metric : OrAny(rules_[i].match.metrics())) index_[company][metric].push_back(i);
    }
  }
}

void RuleSet::FindCandidates(std::string_view company, std::string_view metric,
                             std::vector<const Rule*>& candidates) const {
  candidates.clear();
  for (const std::string_view of_company : {company, kAnyWord}) {
    const auto metrics = index_.find(of_company);
    if (metrics == index_.end()) continue;
    for (const std::string_view of_metric : {metric, kAnyWord}) {
      const auto found = metrics->second.find(of_metric);
      if (found == metrics->second.end()) continue;
      for (size_t position : found->second) candidates.push_back(&rules_[position]);
    }
  }
  std::sort(candidates.begin(), candidates.end());  // by place in rules_
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
}

}  // namespace earshot::rule_engine
