// What the alerts service tells Prometheus. Thread-safe.
#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "common/telemetry/metrics.h"
#include "earshot/v1/alert.pb.h"
#include "services/alerts/board/change.h"

namespace earshot::alerts {

// Why the server ended a stream.
enum class DropReason { kSlowConsumer, kShutdown, kError };

class AlertsProbe {
 public:
  explicit AlertsProbe(telemetry::Metrics& metrics);

  void StreamOpened() { subscribers_.Increment(); }
  void StreamClosed() { subscribers_.Decrement(); }
  void StreamDropped(DropReason reason);
  // Changes that open streams have not been given yet.
  void SetQueueLength(int64_t changes) { queue_length_.Set(static_cast<double>(changes)); }

  void RecordApplied(Outcome outcome);
  void RecordMalformed();
  void SetLag(int64_t records) { lag_.Set(static_cast<double>(records)); }

  // The stages before delivery; once an alert, when it comes live.
  void AlertArrived(const v1::Alert& alert);
  // Stages `deliver` and `total`; each time an alert is written live. Needs its deliver_time.
  void AlertDelivered(const v1::Alert& alert);

 private:
  void ObserveStage(std::string_view stage, const google::protobuf::Timestamp& begin,
                    const google::protobuf::Timestamp& end);

  telemetry::Gauge subscribers_;
  telemetry::CounterFamily dropped_;
  telemetry::Gauge queue_length_;
  telemetry::CounterFamily records_;
  telemetry::Gauge lag_;
  telemetry::HistogramFamily latency_;
};

}  // namespace earshot::alerts
