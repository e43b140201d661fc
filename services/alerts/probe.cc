#include "services/alerts/probe.h"

#include <algorithm>

#include "common/wire/topics.h"

namespace earshot::alerts {
namespace {

std::string_view NameOfDrop(DropReason reason) {
  switch (reason) {
    case DropReason::kSlowConsumer:
      return "slow_consumer";
    case DropReason::kShutdown:
      return "shutdown";
    case DropReason::kError:
      return "error";
  }
  return "error";
}

std::string_view NameOfOutcome(Outcome outcome) {
  switch (outcome) {
    case Outcome::kTaken:
      return "taken";
    case Outcome::kDuplicate:
      return "duplicate";
    case Outcome::kConflict:
      return "conflict";
    case Outcome::kStale:
      return "stale";
  }
  return "taken";
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

}  // namespace

AlertsProbe::AlertsProbe(telemetry::Metrics& metrics)
    : subscribers_(metrics.AddGauge("earshot_stream_subscribers", "Open streams of alerts.")),
      dropped_(metrics.AddCounterFamily("earshot_stream_dropped_total", "Streams that the server ended.", {"reason"})),
      queue_length_(metrics.AddGauge("earshot_stream_queue_length",
                                     "Changes of alerts that open streams have not been given yet, over all streams.")),
      records_(metrics.AddCounterFamily("earshot_alert_records_total",
                                        "Records of alerts read from the event log, by what became of them.",
                                        {"outcome"})),
      lag_(metrics
               .AddGaugeFamily("earshot_consumer_lag_records", "Records of a topic that have not been read yet.",
                               {"topic"})
               .At({wire::kAlerts.name})),
      latency_(metrics.AddHistogramFamily("earshot_alert_latency_seconds",
                                          "Where the time of an alert goes, from words received to alert delivered.",
                                          {"stage"})) {}

void AlertsProbe::StreamDropped(DropReason reason) { dropped_.At({NameOfDrop(reason)}).Increment(); }

void AlertsProbe::RecordApplied(Outcome outcome) { records_.At({NameOfOutcome(outcome)}).Increment(); }

void AlertsProbe::RecordMalformed() { records_.At({"malformed"}).Increment(); }

void AlertsProbe::AlertArrived(const v1::Alert& alert) {
  const v1::Times& times = alert.times();
  if (times.has_speak_time() && times.has_receive_time())
    ObserveStage("receive", times.speak_time(), times.receive_time());
  if (!times.has_receive_time()) return;
  if (times.has_understand_time()) ObserveStage("understand", times.receive_time(), times.understand_time());
  if (times.has_understand_time() && times.has_publish_time()) {
    ObserveStage("publish", times.understand_time(), times.publish_time());
  }
  if (times.has_publish_time() && times.has_evaluate_time()) {
    ObserveStage("evaluate", times.publish_time(), times.evaluate_time());
  }
}

void AlertsProbe::AlertDelivered(const v1::Alert& alert) {
  const v1::Times& times = alert.times();
  if (times.has_evaluate_time()) ObserveStage("deliver", times.evaluate_time(), times.deliver_time());
  if (times.has_receive_time()) ObserveStage("total", times.receive_time(), times.deliver_time());
}

void AlertsProbe::ObserveStage(std::string_view stage, const google::protobuf::Timestamp& begin,
                               const google::protobuf::Timestamp& end) {
  // Clocks of two machines may disagree: a stage takes no less than nothing.
  latency_.At({stage}).Observe(std::max(absl::ZeroDuration(), TimeOf(end) - TimeOf(begin)));
}

}  // namespace earshot::alerts
