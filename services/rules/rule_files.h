// Rule files on their way to becoming a rule set: read from folders, checked against the catalogue. What
// `earshot rules check` does, and the first half of what applying does.
//
//   yaml::Diagnostics diagnostics;
//   const auto files = ReadRuleFiles({"deploy/config/rules"}, diagnostics);
//   const CheckedRuleSet checked = CheckRuleFiles(files, catalog, diagnostics);
//   if (!diagnostics.empty()) std::cerr << diagnostics.Render();
#pragma once

#include <string>
#include <vector>

#include "common/catalog/catalog.h"
#include "common/yaml/diagnostics.h"
#include "earshot/v1/rule_set.pb.h"

namespace earshot::rules {

// All `.yaml` and `.yml` files below the folders named, and the files named. What cannot be read is a diagnostic.
std::vector<v1::RuleFile> ReadRuleFiles(const std::vector<std::string>& paths, yaml::Diagnostics& diagnostics);

struct CheckedRuleSet {
  v1::RuleSet message;  // named by its content, files sorted by path; good only without diagnostics
  int rule_count = 0;
};

// Adds everything that is wrong with any of the files.
CheckedRuleSet CheckRuleFiles(const std::vector<v1::RuleFile>& files, const catalog::Catalog& catalog,
                              yaml::Diagnostics& diagnostics);

}  // namespace earshot::rules
