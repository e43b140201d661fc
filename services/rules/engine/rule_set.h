// All rules that hold together, and the index that finds those that an observation can touch.
//
//   yaml::Diagnostics diagnostics;
//   if (auto set = RuleSet::Load(message, vocabulary, diagnostics)) …
//   set->FindCandidates("BABA", "capex", candidates);
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_map.h"
#include "common/yaml/diagnostics.h"
#include "earshot/v1/rule_set.pb.h"
#include "services/rules/engine/lineage.h"
#include "services/rules/engine/rule.h"
#include "services/rules/engine/vocabulary.h"

namespace earshot::rule_engine {

// Immutable and thread-safe.
class RuleSet {
 public:
  // Null if any file has anything wrong; `diagnostics` then holds all of it, of all files, sorted. `vocabulary` null:
  // the words of `match` are taken as they are, as for a set that has been checked before it came into the log.
  static std::shared_ptr<const RuleSet> Load(const v1::RuleSet& message, const Vocabulary* vocabulary,
                                             yaml::Diagnostics& diagnostics);

  // `ruleSets/{rule_set}`.
  const std::string& name() const { return name_; }
  // In the order of files and lines.
  const std::vector<Rule>& rules() const { return rules_; }
  const Lineage& lineage() const { return lineage_; }

  // Rules whose match names this company and metric, or any, in the order of rules(). The rest of the match is still
  // to be checked.
  void FindCandidates(std::string_view company, std::string_view metric, std::vector<const Rule*>& candidates) const;

 private:
  RuleSet() = default;
  void BuildIndex();

  std::string name_;
  std::vector<Rule> rules_;
  Lineage lineage_;
  // company ("" for any) -> metric ("" for any) -> positions in rules_
  StringMap<StringMap<std::vector<size_t>>> index_;
};

}  // namespace earshot::rule_engine
