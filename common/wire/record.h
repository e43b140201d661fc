// The records of the event log and the messages in them. Values are Protobuf; headers are CloudEvents 1.0 binary mode
// plus `traceparent`:
//
//   ce_specversion 1.0
//   ce_type        io.earshot.call-event.v1
//   ce_source      /earshot/ingest
//   ce_id          calls/acme-fy2026q1/events/12.0
//   ce_time        2026-01-05T09:30:00.123456Z
//   ce_subject     calls/acme-fy2026q1
//   ce_partitionkey ACME
//   ce_sequence    0000000012
//   content-type   application/protobuf
//   traceparent    00-…
//
// Encode* never fail. Decode* take a record as data: INVALID_ARGUMENT says topic, partition, offset and what is wrong.
// What has to be told apart before it is decoded (call events and activations share a topic) is told by TypeOf.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"
#include "earshot/v1/alert.pb.h"
#include "earshot/v1/call_event.pb.h"
#include "earshot/v1/rule_set.pb.h"
#include "earshot/v1/rules_state.pb.h"

namespace earshot::wire {

// Values of ce_type.
inline constexpr std::string_view kCallEventType = "io.earshot.call-event.v1";
inline constexpr std::string_view kRuleSetActivatedType = "io.earshot.rule-set.activated.v1";
inline constexpr std::string_view kRuleSetType = "io.earshot.rule-set.v1";
inline constexpr std::string_view kCompanyStateType = "io.earshot.company-state.v1";
inline constexpr std::string_view kAlertFiredType = "io.earshot.alert.fired.v1";
inline constexpr std::string_view kAlertAmendedType = "io.earshot.alert.amended.v1";
inline constexpr std::string_view kAlertWithdrawnType = "io.earshot.alert.withdrawn.v1";
inline constexpr std::string_view kAlertProvisionalType = "io.earshot.alert.provisional.v1";

// Values of ce_source.
inline constexpr std::string_view kIngestSource = "/earshot/ingest";
inline constexpr std::string_view kRulesSource = "/earshot/rules";

inline constexpr std::string_view kContentType = "application/protobuf";

// The CloudEvents attributes of a record. Empty ones are not written.
struct CloudEvent {
  std::string type;
  std::string source;
  std::string id;
  std::string subject;
  std::string partition_key;
  // 0 for none; written with ten digits, so that it compares as text.
  int64_t sequence = 0;
  absl::Time time;
  std::string traceparent;
};

eventlog::Headers ToHeaders(const CloudEvent& event);

// INVALID_ARGUMENT where an attribute that CloudEvents requires is missing, the version is not 1.0 or the content type
// is another.
absl::StatusOr<CloudEvent> ParseHeaders(const eventlog::Headers& headers);

// The value of ce_type, empty where there is none.
std::string_view TypeOf(const eventlog::Record& record);

// To `earshot.call-events.v1`, key = company. The time is `times.publish_time`.
eventlog::OutgoingRecord EncodeCallEvent(const v1::CallEvent& event);
absl::StatusOr<v1::CallEvent> DecodeCallEvent(const eventlog::Record& record);

// To one partition of `earshot.call-events.v1`, key = the set's id.
eventlog::OutgoingRecord EncodeActivation(const v1::RuleSetActivation& activation, int partition);
absl::StatusOr<v1::RuleSetActivation> DecodeActivation(const eventlog::Record& record);

// To `earshot.rule-sets.v1`, key = id.
eventlog::OutgoingRecord EncodeRuleSet(const v1::RuleSet& rule_set);
absl::StatusOr<v1::RuleSet> DecodeRuleSet(const eventlog::Record& record);

// To `earshot.rules-state.v1`, key = `<company>/<owner>`, partition = that of the state.
eventlog::OutgoingRecord EncodeCompanyState(const v1::CompanyState& state, absl::Time now);
// Deletes a snapshot that a newer one of another owner supersedes.
eventlog::OutgoingRecord CompanyStateTombstone(std::string_view company, std::string_view owner, int partition);
absl::StatusOr<v1::CompanyState> DecodeCompanyState(const eventlog::Record& record);

// To `earshot.alerts.v1`, key = company. The time is `times.evaluate_time`; the id is `<name>@<revision>`.
eventlog::OutgoingRecord EncodeAlert(const v1::Alert& alert);
absl::StatusOr<v1::Alert> DecodeAlert(const eventlog::Record& record);

// To the dead letters of the record's topic: key, value and headers as they are, and in addition
// `earshot.errors.{exception,message,topic,partition,offset,time}`; `exception` is the name of the status code.
eventlog::OutgoingRecord DeadLetter(const eventlog::Record& record, const absl::Status& reason, absl::Time now);

}  // namespace earshot::wire
