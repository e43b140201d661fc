// The topics of the event log: names, partitions, compaction. One place for all services and both backends.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "common/eventlog/event_log.h"

namespace earshot::wire {

struct Topic {
  std::string_view name;
  int partitions;
  // Only the last record of each key is kept.
  bool compacted;
};

// CallEvent and RuleSetActivation; key = company.
inline constexpr Topic kCallEvents{"earshot.call-events.v1", 8, false};
// Alert; one partition: one total order.
inline constexpr Topic kAlerts{"earshot.alerts.v1", 1, false};
// RuleSet; key = id of the set.
inline constexpr Topic kRuleSets{"earshot.rule-sets.v1", 1, true};
// CompanyState; key = `<company>/<owner>`.
inline constexpr Topic kRulesState{"earshot.rules-state.v1", 8, true};

inline constexpr std::array kTopics{kCallEvents, kAlerts, kRuleSets, kRulesState};

// Records that could not be handled, with their headers and the reason: one partition.
std::string DeadLetterTopic(std::string_view topic);

// All topics and the dead letters of those that services read, for EventLog::EnsureTopics.
std::vector<eventlog::TopicSpec> AllTopicSpecs();

}  // namespace earshot::wire
