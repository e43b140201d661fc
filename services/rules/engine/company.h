// All that the rules know of one company at one position of the log; to and from its snapshot.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "earshot/v1/rules_state.pb.h"
#include "services/rules/engine/history.h"

namespace earshot::rule_engine {

// Of a call: which events have been applied.
struct AppliedCall {
  struct Event {
    int revision = 0;
    uint64_t content_hash = 0;
    bool operator==(const Event&) const = default;
  };
  std::string date;             // as last told
  std::string fiscal_period;    // as last told
  std::map<int, Event> events;  // by sequence, negative for an end: the highest revision
};

struct RaisedAlert {
  int revision = 0;
  std::string rule;
  std::string call;
};

// A value: changed by Engine::Apply only. Not thread-safe.
struct Company {
  std::string ticker;
  int64_t applied_offset = -1;  // kept by the worker
  History history;
  std::map<std::string, AppliedCall, std::less<>> calls;   // by name
  std::map<std::string, RaisedAlert, std::less<>> alerts;  // by name

  // Alerts of a rule that one call has raised.
  int CountRaised(std::string_view rule, std::string_view call) const;
};

// Everything but owner, partition and rule_set, which the worker knows. The same company always gives the same bytes.
v1::CompanyState ToSnapshot(const Company& company);

// The company as it was: what is then applied gives the same decisions.
Company FromSnapshot(const v1::CompanyState& state);

}  // namespace earshot::rule_engine
