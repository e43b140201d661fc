#include "common/wire/record.h"

#include "common/base/status.h"
#include "common/wire/topics.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::wire {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

eventlog::Record Stored(const eventlog::OutgoingRecord& sent) {
  return {sent.topic, sent.partition.value_or(3), 17, sent.key, sent.value, sent.headers, absl::UnixEpoch()};
}

v1::CallEvent SomeEvent() {
  v1::CallEvent event;
  event.set_name("calls/acme-fy2026q1/events/12.0");
  event.mutable_call()->set_name("calls/acme-fy2026q1");
  event.mutable_call()->set_company("ACME");
  event.set_sequence(12);
  event.mutable_times()->mutable_publish_time()->set_seconds(1767605400);
  event.set_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  return event;
}

TEST(RecordTest, ACallEventIsACloudEventInBinaryMode) {
  const eventlog::OutgoingRecord record = EncodeCallEvent(SomeEvent());
  EXPECT_EQ(record.topic, "earshot.call-events.v1");
  EXPECT_EQ(record.key, "ACME");
  EXPECT_FALSE(record.partition);
  const eventlog::Headers expected = {
      {"ce_specversion", "1.0"},
      {"ce_type", "io.earshot.call-event.v1"},
      {"ce_source", "/earshot/ingest"},
      {"ce_id", "calls/acme-fy2026q1/events/12.0"},
      {"ce_time", "2026-01-05T09:30:00.000000Z"},
      {"ce_subject", "calls/acme-fy2026q1"},
      {"ce_partitionkey", "ACME"},
      {"ce_sequence", "0000000012"},
      {"content-type", "application/protobuf"},
      {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
  };
  EXPECT_EQ(record.headers, expected);
  const auto back = DecodeCallEvent(Stored(record));
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->SerializeAsString(), SomeEvent().SerializeAsString());
}

TEST(RecordTest, HeadersComeBackAsTheyWent) {
  const auto event = ParseHeaders(EncodeCallEvent(SomeEvent()).headers);
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(event->sequence, 12);
  EXPECT_EQ(event->time, absl::FromUnixSeconds(1767605400));
  EXPECT_EQ(event->partition_key, "ACME");
}

TEST(RecordTest, WhatIsNoEventIsAnErrorThatSaysWhere) {
  eventlog::Record record = Stored(EncodeCallEvent(SomeEvent()));
  record.value = "\xff\xff\xff";
  EXPECT_THAT(std::string(DecodeCallEvent(record).status().message()),
              HasSubstr("record earshot.call-events.v1/3@17: 3 bytes that are no earshot.v1.CallEvent"));
  record.value.reset();
  EXPECT_THAT(std::string(DecodeCallEvent(record).status().message()), HasSubstr("tombstone"));
  record = Stored(EncodeCallEvent(SomeEvent()));
  record.headers[0].second = "0.3";
  EXPECT_THAT(std::string(DecodeCallEvent(record).status().message()), HasSubstr("ce_specversion is '0.3'"));
  record = Stored(EncodeCallEvent(SomeEvent()));
  record.headers.erase(record.headers.begin() + 3);
  EXPECT_THAT(std::string(DecodeCallEvent(record).status().message()), HasSubstr("header ce_id is missing"));
  EXPECT_EQ(DecodeActivation(Stored(EncodeCallEvent(SomeEvent()))).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(RecordTest, AnActivationGoesToThePartitionThatIsAskedFor) {
  v1::RuleSetActivation activation;
  activation.set_rule_set("ruleSets/0ab1");
  const eventlog::Record record = Stored(EncodeActivation(activation, 5));
  EXPECT_EQ(record.partition, 5);
  EXPECT_EQ(record.key, "0ab1");
  EXPECT_EQ(TypeOf(record), kRuleSetActivatedType);
  EXPECT_EQ(DecodeActivation(record)->rule_set(), "ruleSets/0ab1");
}

TEST(RecordTest, AStateIsKeyedByCompanyAndOwner) {
  v1::CompanyState state;
  state.set_company("ACME");
  state.set_owner("f00d");
  state.set_partition(2);
  const eventlog::OutgoingRecord record = EncodeCompanyState(state, absl::UnixEpoch());
  EXPECT_EQ(record.key, "ACME/f00d");
  EXPECT_EQ(record.partition, 2);
  EXPECT_EQ(DecodeCompanyState(Stored(record))->owner(), "f00d");
  const eventlog::OutgoingRecord tombstone = CompanyStateTombstone("ACME", "f00d", 2);
  EXPECT_EQ(tombstone.key, record.key);
  EXPECT_FALSE(tombstone.value);
}

TEST(RecordTest, AnAlertTellsItsStateInItsType) {
  v1::Alert alert;
  alert.set_name("alerts/1");
  alert.set_company("ACME");
  alert.set_revision(2);
  alert.set_state(v1::ALERT_STATE_WITHDRAWN);
  const eventlog::OutgoingRecord record = EncodeAlert(alert);
  EXPECT_THAT(record.headers, Contains(Pair("ce_type", "io.earshot.alert.withdrawn.v1")));
  EXPECT_THAT(record.headers, Contains(Pair("ce_id", "alerts/1@2")));
  EXPECT_EQ(DecodeAlert(Stored(record))->revision(), 2);
}

TEST(RecordTest, ADeadLetterKeepsTheRecordAndSaysWhy) {
  const eventlog::Record record = Stored(EncodeCallEvent(SomeEvent()));
  const eventlog::OutgoingRecord letter =
      DeadLetter(record, InvalidArgument("another content"), absl::FromUnixSeconds(1767605400));
  EXPECT_EQ(letter.topic, "earshot.call-events.v1.dlq");
  EXPECT_EQ(letter.value, record.value);
  EXPECT_THAT(letter.headers, Contains(Pair("ce_id", "calls/acme-fy2026q1/events/12.0")));
  EXPECT_THAT(letter.headers, Contains(Pair("earshot.errors.exception", "INVALID_ARGUMENT")));
  EXPECT_THAT(letter.headers, Contains(Pair("earshot.errors.message", "another content")));
  EXPECT_THAT(letter.headers, Contains(Pair("earshot.errors.offset", "17")));
  EXPECT_THAT(letter.headers, Contains(Pair("earshot.errors.time", "2026-01-05T09:30:00.000000Z")));
}

TEST(TopicsTest, AllAndTheirDeadLetters) {
  std::vector<std::string> names;
  for (const auto& spec : AllTopicSpecs()) names.push_back(spec.name);
  EXPECT_THAT(names, Contains("earshot.rules-state.v1"));
  EXPECT_THAT(names, Contains("earshot.call-events.v1.dlq"));
}

}  // namespace
}  // namespace earshot::wire
