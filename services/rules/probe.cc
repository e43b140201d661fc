#include "services/rules/probe.h"

#include "common/wire/topics.h"

namespace earshot::rules {
namespace {

using rule_engine::Disposition;

// Labels of metrics are bounded; the label of an alert may be anything.
std::string_view BoundedSeverity(const v1::Alert& alert) {
  const auto found = alert.labels().find("severity");
  if (found == alert.labels().end()) return "none";
  for (const std::string_view known : {"critical", "warning", "info"}) {
    if (found->second == known) return known;
  }
  return "other";
}

std::string_view StateLabel(v1::AlertState state) {
  switch (state) {
    case v1::ALERT_STATE_FIRING:
      return "firing";
    case v1::ALERT_STATE_AMENDED:
      return "amended";
    case v1::ALERT_STATE_WITHDRAWN:
      return "withdrawn";
    case v1::ALERT_STATE_PROVISIONAL:
      return "provisional";
    default:
      return "unspecified";
  }
}

std::string_view DispositionLabel(Disposition disposition) {
  switch (disposition) {
    case Disposition::kApplied:
      return "applied";
    case Disposition::kDuplicate:
      return "duplicate";
    case Disposition::kConflict:
      return "conflict";
    case Disposition::kMalformed:
      return "malformed";
  }
  return "malformed";
}

}  // namespace

RulesProbe::RulesProbe(telemetry::Metrics& metrics)
    : events_(metrics.AddCounterFamily("earshot_rules_events_total",
                                       "Call events taken from the log, by what they were.", {"disposition"})),
      evaluations_(metrics.AddCounterFamily("earshot_rule_evaluations_total",
                                            "Rules that an observation met, by what came of it.", {"outcome"})),
      duration_(metrics.AddHistogram("earshot_rule_evaluation_duration_seconds",
                                     "Time to decide on one call event, all rules together.")),
      alerts_(metrics.AddCounterFamily("earshot_alerts_total", "Alerts published.", {"state", "severity"})),
      dead_letters_(metrics.AddCounterFamily("earshot_rules_dead_letters_total",
                                             "Records of call events that could not be handled.", {"reason"})),
      checkpoints_(metrics.AddCounterFamily("earshot_rules_checkpoints_total",
                                            "Snapshots of a partition's companies, with the commit behind them.",
                                            {"result"})),
      lag_(metrics.AddGaugeFamily("earshot_consumer_lag_records", "Records of a topic that have not been read yet.",
                                  {"topic"})),
      rules_loaded_(metrics.AddGauge("earshot_rules_loaded", "Rules in the set that was activated last.")),
      reload_successful_(metrics.AddGauge("earshot_config_last_reload_successful",
                                          "Whether the last rule set that was handed in could be used.")),
      reload_time_(metrics.AddGauge("earshot_config_last_reload_success_timestamp_seconds",
                                    "When a rule set was last taken into use.")) {
  reload_successful_.Set(1);  // none has been refused
}

void RulesProbe::Decided(const rule_engine::Decision& decision, absl::Duration took) {
  events_.At({DispositionLabel(decision.disposition)}).Increment();
  duration_.Observe(took);
  const rule_engine::EvaluationCounts& counts = decision.counts;
  const auto count = [this](std::string_view outcome, int by) {
    if (by > 0) evaluations_.At({outcome}).Increment(by);
  };
  count("held", counts.held);
  count("did_not_hold", counts.did_not_hold);
  count("not_applicable", counts.not_applicable);
  count("failed", counts.failed);
  count("repeated", counts.repeated);
  count("limited", counts.limited);
}

void RulesProbe::AlertPublished(const v1::Alert& alert) {
  alerts_.At({StateLabel(alert.state()), BoundedSeverity(alert)}).Increment();
}

void RulesProbe::DeadLettered(std::string_view reason) { dead_letters_.At({reason}).Increment(); }

void RulesProbe::CheckpointWritten(bool good) { checkpoints_.At({good ? "good" : "failed"}).Increment(); }

void RulesProbe::SetLag(int64_t records) { lag_.At({wire::kCallEvents.name}).Set(static_cast<double>(records)); }

void RulesProbe::RuleSetActivated(size_t rules, absl::Time now) {
  rules_loaded_.Set(static_cast<double>(rules));
  reload_time_.Set(absl::ToDoubleSeconds(now - absl::UnixEpoch()));
}

void RulesProbe::RuleSetAccepted() { reload_successful_.Set(1); }

void RulesProbe::RuleSetRefused() { reload_successful_.Set(0); }

}  // namespace earshot::rules
