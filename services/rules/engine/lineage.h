// Which segments a segment carries on: a company that merges two segments into one compares the new one with the old.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_map.h"
#include "earshot/v1/rule_set.pb.h"

namespace earshot::rule_engine {

// Part of the rule set, so that a decision depends on nothing but the log. Immutable and thread-safe.
class Lineage {
 public:
  Lineage() = default;
  explicit Lineage(const v1::RuleSet& set);

  // Segments whose history a segment of the company looks back on, nearest first, without itself.
  std::span<const std::string> PredecessorsOf(std::string_view company, std::string_view segment) const;

 private:
  StringMap<StringMap<std::vector<std::string>>> by_company_;
};

}  // namespace earshot::rule_engine
