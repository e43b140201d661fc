#include "services/rules/rule_files.h"

#include <algorithm>
#include <set>

#include "common/wire/identity.h"
#include "common/yaml/files.h"
#include "services/rules/catalog_vocabulary.h"
#include "services/rules/engine/rule_set.h"

namespace earshot::rules {

std::vector<v1::RuleFile> ReadRuleFiles(const std::vector<std::string>& paths, yaml::Diagnostics& diagnostics) {
  std::vector<v1::RuleFile> files;
  for (yaml::File& read : yaml::ReadFiles(paths, diagnostics)) {
    v1::RuleFile& file = files.emplace_back();
    file.set_path(std::move(read.path));
    file.set_content(std::move(read.text));
  }
  return files;
}

CheckedRuleSet CheckRuleFiles(const std::vector<v1::RuleFile>& files, const catalog::Catalog& catalog,
                              yaml::Diagnostics& diagnostics) {
  CheckedRuleSet checked;
  std::vector<v1::RuleFile> sorted = files;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const v1::RuleFile& a, const v1::RuleFile& b) { return a.path() < b.path(); });
  std::set<std::string> paths;
  for (v1::RuleFile& file : sorted) {
    if (!paths.insert(file.path()).second) diagnostics.AddFile(file.path(), "two files have this path");
    *checked.message.add_files() = std::move(file);
  }
  AddLineages(catalog, checked.message);
  checked.message.set_name(wire::RuleSetName(wire::RuleSetIdOf(checked.message)));
  const CatalogVocabulary vocabulary(catalog);
  const auto set = rule_engine::RuleSet::Load(checked.message, &vocabulary, diagnostics);
  if (set != nullptr) checked.rule_count = static_cast<int>(set->rules().size());
  return checked;
}

}  // namespace earshot::rules
