// Names and content hashes of what goes over the log: pure functions of the content, the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "earshot/v1/call_event.pb.h"
#include "earshot/v1/rule_set.pb.h"

namespace earshot::wire {

// `calls/acme-fy2026q1` of ("ACME", "FY2026Q1"): lowercase; what is neither letter nor digit becomes one `-`.
// INVALID_ARGUMENT where either is empty or has no letter or digit.
absl::StatusOr<std::string> CallName(std::string_view company, std::string_view period);

std::string UtteranceName(std::string_view call, int sequence);
std::string CallEventName(std::string_view call, int sequence, int revision);
// Of the end of a call; the call may go on behind it with an utterance of that sequence.
std::string CallEndName(std::string_view call, int sequence);
std::string ObservationName(std::string_view call, std::string_view id);
std::string AlertName(std::string_view id);
std::string RuleName(std::string_view alert);
std::string RuleSetName(std::string_view id);

// `id` of `calls/id`, `id` of `alerts/id`: what follows the last slash.
std::string_view LastSegment(std::string_view name);

// Bytes that depend on the content only: maps in the order of their keys.
std::string DeterministicBytes(const google::protobuf::Message& message);

// First 8 bytes of the SHA-256 of the event's content, which leaves out `times`, the utterance's `speak_time` and
// `traceparent`: two events of one identity (call, sequence, revision) with the same hash are a repetition, else a
// conflict.
uint64_t ContentHashOf(const v1::CallEvent& event);

// Id of a rule set: a hash of its files, in the order of their paths, and of its lineages.
std::string RuleSetIdOf(const v1::RuleSet& rule_set);

}  // namespace earshot::wire
