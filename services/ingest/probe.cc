#include "services/ingest/probe.h"

#include <string>

namespace earshot::ingest {
namespace {

// "amount" of KIND_AMOUNT.
std::string LabelOf(std::string_view enum_name, std::string_view prefix) {
  std::string label(enum_name.substr(prefix.size()));
  for (char& c : label) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return label;
}

}  // namespace

IngestProbe::IngestProbe(telemetry::Metrics& metrics)
    : utterances_(metrics.AddCounter("earshot_utterances_received_total", "Utterances received, good or not.")),
      observations_(metrics.AddCounterFamily("earshot_observations_total", "Observations made of utterances.",
                                             {"kind", "stance"})),
      parse_duration_(metrics.AddHistogram("earshot_parse_duration_seconds", "Time to understand an utterance.")),
      duplicates_(metrics.AddCounter("earshot_utterance_duplicates_total",
                                     "Utterances sent again by a client and not published again.")),
      conflicts_(metrics.AddCounter("earshot_utterance_conflicts_total",
                                    "Utterances refused because their sequence and revision had other words before.")),
      publish_failures_(metrics.AddCounter("earshot_call_event_publish_failures_total",
                                           "Call events that the event log did not take.")),
      open_calls_(metrics.AddGauge("earshot_open_calls", "Calls whose course this instance keeps.")) {}

void IngestProbe::UtteranceReceived() { utterances_.Increment(); }

void IngestProbe::Understood(const v1::CallEvent& event, absl::Duration took) {
  parse_duration_.Observe(took);
  for (const v1::Observation& observation : event.observations()) {
    observations_
        .At({LabelOf(v1::Kind_Name(observation.kind()), "KIND_"),
             LabelOf(v1::Stance_Name(observation.stance()), "STANCE_")})
        .Increment();
  }
}

void IngestProbe::DuplicateDropped() { duplicates_.Increment(); }
void IngestProbe::ConflictRefused() { conflicts_.Increment(); }
void IngestProbe::PublishFailed() { publish_failures_.Increment(); }
void IngestProbe::SetOpenCalls(size_t count) { open_calls_.Set(static_cast<double>(count)); }

}  // namespace earshot::ingest
