#include "common/wire/record.h"

#include <charconv>
#include <utility>

#include "common/base/status.h"
#include "common/wire/identity.h"
#include "common/wire/topics.h"
#include "common/wire/trace_context.h"

namespace earshot::wire {
namespace {

constexpr char kRecordTimeFormat[] = "%Y-%m-%dT%H:%M:%E6SZ";

std::string FormatRecordTime(absl::Time time) { return absl::FormatTime(kRecordTimeFormat, time, absl::UTCTimeZone()); }

absl::Time FromProtoTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

std::string_view HeaderText(const eventlog::Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

absl::Status RequireHeader(std::string_view value, std::string_view name) {
  return value.empty() ? InvalidArgument("header {} is missing", name) : absl::OkStatus();
}

// Adds where the record stands to what is wrong with it.
absl::Status AtRecord(const eventlog::Record& record, const absl::Status& status) {
  return InvalidArgument("record {}/{}@{}: {}", record.topic, record.partition, record.offset, Message(status));
}

template <typename M>
absl::StatusOr<M> DecodeValue(const eventlog::Record& record, std::string_view type_prefix) {
  if (!record.value) return AtRecord(record, InvalidArgument("a tombstone holds no message"));
  const absl::StatusOr<CloudEvent> event = ParseHeaders(record.headers);
  if (!event.ok()) return AtRecord(record, event.status());
  if (!std::string_view(event->type).starts_with(type_prefix)) {
    return AtRecord(record, InvalidArgument("type '{}' is not {}", event->type, type_prefix));
  }
  M message;
  if (!message.ParseFromString(*record.value)) {
    return AtRecord(record, InvalidArgument("{} bytes that are no {}", record.value->size(), message.GetTypeName()));
  }
  return message;
}

eventlog::OutgoingRecord MakeRecord(const Topic& topic, std::string key, const google::protobuf::Message& value,
                                    const CloudEvent& event) {
  return {.topic = std::string(topic.name),
          .key = std::move(key),
          .value = DeterministicBytes(value),
          .headers = ToHeaders(event)};
}

std::string_view AlertType(v1::AlertState state) {
  switch (state) {
    case v1::ALERT_STATE_AMENDED:
      return kAlertAmendedType;
    case v1::ALERT_STATE_WITHDRAWN:
      return kAlertWithdrawnType;
    case v1::ALERT_STATE_PROVISIONAL:
      return kAlertProvisionalType;
    default:
      return kAlertFiredType;
  }
}

}  // namespace

eventlog::Headers ToHeaders(const CloudEvent& event) {
  eventlog::Headers headers = {{"ce_specversion", "1.0"},
                               {"ce_type", event.type},
                               {"ce_source", event.source},
                               {"ce_id", event.id},
                               {"ce_time", FormatRecordTime(event.time)}};
  const auto add = [&headers](std::string_view name, std::string value) {
    if (!value.empty()) headers.emplace_back(name, std::move(value));
  };
  add("ce_subject", event.subject);
  add("ce_partitionkey", event.partition_key);
  if (event.sequence > 0) add("ce_sequence", fmt::format("{:010}", event.sequence));
  add("content-type", std::string(kContentType));
  add(kTraceparentKey, event.traceparent);
  return headers;
}

absl::StatusOr<CloudEvent> ParseHeaders(const eventlog::Headers& headers) {
  if (const std::string_view version = HeaderText(headers, "ce_specversion"); version != "1.0") {
    return InvalidArgument("header ce_specversion is '{}', not '1.0'", version);
  }
  if (const std::string_view type = HeaderText(headers, "content-type"); type != kContentType) {
    return InvalidArgument("header content-type is '{}', not '{}'", type, kContentType);
  }
  CloudEvent event{.type = std::string(HeaderText(headers, "ce_type")),
                   .source = std::string(HeaderText(headers, "ce_source")),
                   .id = std::string(HeaderText(headers, "ce_id")),
                   .subject = std::string(HeaderText(headers, "ce_subject")),
                   .partition_key = std::string(HeaderText(headers, "ce_partitionkey")),
                   .time = {},
                   .traceparent = std::string(HeaderText(headers, kTraceparentKey))};
  EARSHOT_RETURN_IF_ERROR(RequireHeader(event.type, "ce_type"));
  EARSHOT_RETURN_IF_ERROR(RequireHeader(event.source, "ce_source"));
  EARSHOT_RETURN_IF_ERROR(RequireHeader(event.id, "ce_id"));
  const std::string_view sequence = HeaderText(headers, "ce_sequence");
  std::from_chars(sequence.data(), sequence.data() + sequence.size(), event.sequence);
  std::string ignored;
  absl::ParseTime(absl::RFC3339_full, ToAbsl(HeaderText(headers, "ce_time")), &event.time, &ignored);
  return event;
}

std::string_view TypeOf(const eventlog::Record& record) { return HeaderText(record.headers, "ce_type"); }

eventlog::OutgoingRecord EncodeCallEvent(const v1::CallEvent& event) {
  return MakeRecord(kCallEvents, event.call().company(), event,
                    {.type = std::string(kCallEventType),
                     .source = std::string(kIngestSource),
                     .id = event.name(),
                     .subject = event.call().name(),
                     .partition_key = event.call().company(),
                     .sequence = event.sequence(),
                     .time = FromProtoTime(event.times().publish_time()),
                     .traceparent = event.traceparent()});
}

absl::StatusOr<v1::CallEvent> DecodeCallEvent(const eventlog::Record& record) {
  return DecodeValue<v1::CallEvent>(record, kCallEventType);
}

eventlog::OutgoingRecord EncodeActivation(const v1::RuleSetActivation& activation, int partition) {
  const std::string id(LastSegment(activation.rule_set()));
  eventlog::OutgoingRecord record = MakeRecord(kCallEvents, id, activation,
                                               {.type = std::string(kRuleSetActivatedType),
                                                .source = std::string(kRulesSource),
                                                .id = fmt::format("{}@{}", activation.rule_set(), partition),
                                                .subject = activation.rule_set(),
                                                .partition_key = id,
                                                .time = FromProtoTime(activation.create_time())});
  record.partition = partition;
  return record;
}

absl::StatusOr<v1::RuleSetActivation> DecodeActivation(const eventlog::Record& record) {
  return DecodeValue<v1::RuleSetActivation>(record, kRuleSetActivatedType);
}

eventlog::OutgoingRecord EncodeRuleSet(const v1::RuleSet& rule_set) {
  const std::string id(LastSegment(rule_set.name()));
  return MakeRecord(kRuleSets, id, rule_set,
                    {.type = std::string(kRuleSetType),
                     .source = std::string(kRulesSource),
                     .id = rule_set.name(),
                     .subject = rule_set.name(),
                     .partition_key = id,
                     .time = FromProtoTime(rule_set.create_time())});
}

absl::StatusOr<v1::RuleSet> DecodeRuleSet(const eventlog::Record& record) {
  return DecodeValue<v1::RuleSet>(record, kRuleSetType);
}

eventlog::OutgoingRecord EncodeCompanyState(const v1::CompanyState& state, absl::Time now) {
  const std::string key = fmt::format("{}/{}", state.company(), state.owner());
  eventlog::OutgoingRecord record =
      MakeRecord(kRulesState, key, state,
                 {.type = std::string(kCompanyStateType),
                  .source = std::string(kRulesSource),
                  .id = fmt::format("{}@{}/{}", key, state.partition(), state.applied_offset()),
                  .subject = state.company(),
                  .partition_key = key,
                  .time = now});
  record.partition = state.partition();
  return record;
}

eventlog::OutgoingRecord CompanyStateTombstone(std::string_view company, std::string_view owner, int partition) {
  return {.topic = std::string(kRulesState.name), .partition = partition, .key = fmt::format("{}/{}", company, owner)};
}

absl::StatusOr<v1::CompanyState> DecodeCompanyState(const eventlog::Record& record) {
  return DecodeValue<v1::CompanyState>(record, kCompanyStateType);
}

eventlog::OutgoingRecord EncodeAlert(const v1::Alert& alert) {
  return MakeRecord(kAlerts, alert.company(), alert,
                    {.type = std::string(AlertType(alert.state())),
                     .source = std::string(kRulesSource),
                     .id = fmt::format("{}@{}", alert.name(), alert.revision()),
                     .subject = alert.name(),
                     .partition_key = alert.company(),
                     .time = FromProtoTime(alert.times().evaluate_time()),
                     .traceparent = alert.traceparent()});
}

absl::StatusOr<v1::Alert> DecodeAlert(const eventlog::Record& record) {
  return DecodeValue<v1::Alert>(record, "io.earshot.alert.");
}

eventlog::OutgoingRecord DeadLetter(const eventlog::Record& record, const absl::Status& reason, absl::Time now) {
  eventlog::OutgoingRecord letter{
      .topic = DeadLetterTopic(record.topic), .key = record.key, .value = record.value, .headers = record.headers};
  const auto add = [&letter](std::string_view name, std::string value) {
    letter.headers.emplace_back(fmt::format("earshot.errors.{}", name), std::move(value));
  };
  add("exception", absl::StatusCodeToString(reason.code()));
  add("message", std::string(Message(reason)));
  add("topic", record.topic);
  add("partition", fmt::format("{}", record.partition));
  add("offset", fmt::format("{}", record.offset));
  add("time", FormatRecordTime(now));
  return letter;
}

}  // namespace earshot::wire
