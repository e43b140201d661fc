// Rule sets in the log: written by who applies them, read by who evaluates them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/eventlog/event_log.h"
#include "earshot/v1/rule_set.pb.h"
#include "services/rules/engine/rule_set.h"

namespace earshot::rules {

// The whole set as it stands in `earshot.rule-sets.v1`. kNotFound where it is not there.
absl::StatusOr<v1::RuleSet> ReadRuleSet(eventlog::EventLog& log, std::string_view name);

// Compiles a set that came out of the log. kFailedPrecondition with all diagnostics where this program cannot: an
// older one than that which checked the set.
absl::StatusOr<std::shared_ptr<const rule_engine::RuleSet>> CompileRuleSet(const v1::RuleSet& set);

// The same by name; OK and null for no name: nothing has been activated yet.
absl::StatusOr<std::shared_ptr<const rule_engine::RuleSet>> LoadRuleSet(eventlog::EventLog& log, std::string_view name);

}  // namespace earshot::rules
