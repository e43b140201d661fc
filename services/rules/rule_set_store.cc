#include "services/rules/rule_set_store.h"

#include <optional>
#include <utility>

#include "common/base/status.h"
#include "common/wire/identity.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "common/yaml/diagnostics.h"
#include "services/rules/topic_reader.h"

namespace earshot::rules {

absl::StatusOr<v1::RuleSet> ReadRuleSet(eventlog::EventLog& log, std::string_view name) {
  const std::string_view id = wire::LastSegment(name);
  std::optional<eventlog::Record> found;
  EARSHOT_RETURN_IF_ERROR(
      ReadToEnd(log, {std::string(wire::kRuleSets.name), 0}, 0, [&](const eventlog::Record& record) {
        if (record.key == id && record.value) found = record;
        return absl::OkStatus();
      }));
  if (!found) return NotFound("{} is not in {}", name, wire::kRuleSets.name);
  return wire::DecodeRuleSet(*found);
}

absl::StatusOr<std::shared_ptr<const rule_engine::RuleSet>> CompileRuleSet(const v1::RuleSet& set) {
  yaml::Diagnostics diagnostics;
  auto compiled = rule_engine::RuleSet::Load(set, nullptr, diagnostics);
  if (compiled == nullptr) {
    return FailedPrecondition("{} cannot be used by this version of Earshot:\n{}", set.name(), diagnostics.Render());
  }
  return compiled;
}

absl::StatusOr<std::shared_ptr<const rule_engine::RuleSet>> LoadRuleSet(eventlog::EventLog& log,
                                                                        std::string_view name) {
  if (name.empty()) return std::shared_ptr<const rule_engine::RuleSet>();
  EARSHOT_ASSIGN_OR_RETURN(const v1::RuleSet set, ReadRuleSet(log, name));
  return CompileRuleSet(set);
}

}  // namespace earshot::rules
