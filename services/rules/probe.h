// The metrics of the rules service.
#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "common/telemetry/metrics.h"
#include "earshot/v1/alert.pb.h"
#include "services/rules/engine/engine.h"

namespace earshot::rules {

// Thread-safe.
class RulesProbe {
 public:
  explicit RulesProbe(telemetry::Metrics& metrics);

  // One event has been decided on.
  void Decided(const rule_engine::Decision& decision, absl::Duration took);
  void AlertPublished(const v1::Alert& alert);
  void DeadLettered(std::string_view reason);
  void CheckpointWritten(bool good);
  void SetLag(int64_t records);

  // A rule set decides from now on.
  void RuleSetActivated(size_t rules, absl::Time now);
  // A set that was handed in is good; or it is not, or could not be activated.
  void RuleSetAccepted();
  void RuleSetRefused();

 private:
  telemetry::CounterFamily events_;
  telemetry::CounterFamily evaluations_;
  telemetry::Histogram duration_;
  telemetry::CounterFamily alerts_;
  telemetry::CounterFamily dead_letters_;
  telemetry::CounterFamily checkpoints_;
  telemetry::GaugeFamily lag_;
  telemetry::Gauge rules_loaded_;
  telemetry::Gauge reload_successful_;
  telemetry::Gauge reload_time_;
};

}  // namespace earshot::rules
