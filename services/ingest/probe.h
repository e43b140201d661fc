// The metrics of the ingest service.
#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "common/telemetry/metrics.h"
#include "earshot/v1/call_event.pb.h"

namespace earshot::ingest {

// Thread-safe.
class IngestProbe {
 public:
  explicit IngestProbe(telemetry::Metrics& metrics);

  void UtteranceReceived();
  // An utterance has been understood.
  void Understood(const v1::CallEvent& event, absl::Duration took);
  // Sent again, nothing written.
  void DuplicateDropped();
  // Sent again with other words under the same identity, refused.
  void ConflictRefused();
  void PublishFailed();
  void SetOpenCalls(size_t count);

 private:
  telemetry::Counter utterances_;
  telemetry::CounterFamily observations_;
  telemetry::Histogram parse_duration_;
  telemetry::Counter duplicates_;
  telemetry::Counter conflicts_;
  telemetry::Counter publish_failures_;
  telemetry::Gauge open_calls_;
};

}  // namespace earshot::ingest
