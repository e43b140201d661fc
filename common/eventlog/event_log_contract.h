// What every backend of the event log does, as typed test suites: topics, records and readers without a group here,
// groups in group_contract.h. A backend (contract_fixture.h says what it is for a test) passes them with
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(MyBackend, EventLogContract, MyBackend);
//   INSTANTIATE_TYPED_TEST_SUITE_P(MyBackend, GroupContract, MyBackend);
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/eventlog/contract_fixture.h"
#include "common/eventlog/event_log.h"
#include "gtest/gtest.h"

namespace earshot::eventlog {

template <typename Backend>
class EventLogContract : public ContractFixture<Backend> {};

TYPED_TEST_SUITE_P(EventLogContract);

TYPED_TEST_P(EventLogContract, RecordsOfAPartitionKeepTheirOrder) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  std::vector<std::string> expected;
  for (int i = 0; i < 500; ++i) {
    expected.push_back(std::to_string(i));
    producer->AppendAsync({.topic = topic, .partition = 0, .value = expected.back()},
                          [](absl::StatusOr<Position> position) { EXPECT_TRUE(position.ok()) << position.status(); });
  }
  ASSERT_TRUE(producer->Flush(kPatience).ok());
  auto consumer = this->NewReader(topic);
  const auto records = this->Take(*consumer, 500);
  EXPECT_EQ(this->ValuesOf(records), expected);
  for (size_t i = 1; i < records.size(); ++i) EXPECT_LT(records[i - 1].offset, records[i].offset);
}

TYPED_TEST_P(EventLogContract, AnAppendTellsWhereItsRecordIs) {
  const std::string topic = this->NewTopic(3);
  auto producer = this->NewProducer();
  const auto first = producer->Append({.topic = topic, .partition = 2, .value = "a"});
  const auto second = producer->Append({.topic = topic, .partition = 2, .value = "b"});
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->topic, topic);
  EXPECT_EQ(first->partition, 2);
  auto consumer = this->log().NewConsumer({}).value();
  ASSERT_TRUE(consumer->Assign({*second}).ok());
  const auto records = this->Take(*consumer, 1);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].value, "b");
  EXPECT_EQ(records[0].offset, second->offset);
  EXPECT_EQ(records[0].partition, 2);
}

TYPED_TEST_P(EventLogContract, WhatWasAckedSurvivesReopening) {
  const std::string topic = this->NewTopic();
  const std::string id = this->log().Id();
  int64_t end = 0;
  {
    auto producer = this->NewProducer();
    this->AppendValue(*producer, topic, "a");
    end = this->AppendValue(*producer, topic, "b") + 1;
    auto member = this->NewMember("g", topic);
    this->Take(*member, 1);
    ASSERT_TRUE(member->Commit({{topic, 0, 1}}).ok());
  }
  this->backend_.Reopen();
  EXPECT_EQ(this->log().Id(), id);
  ASSERT_TRUE(this->log().EnsureTopics({{.name = topic}}).ok());
  EXPECT_EQ(this->ValuesOf(this->Take(*this->NewReader(topic), 2)), (std::vector<std::string>{"a", "b"}));
  auto member = this->NewMember("g", topic);
  EXPECT_EQ(this->ValuesOf(this->Take(*member, 1)), std::vector<std::string>{"b"});
  auto producer = this->NewProducer();
  EXPECT_GE(this->AppendValue(*producer, topic, "c"), end);
}

TYPED_TEST_P(EventLogContract, KeysValuesAndHeadersComeBackAsTheyWere) {
  const std::string topic = this->NewTopic();
  const std::string binary("\0\xff\n\x80z", 5);
  const Headers headers = {{"ce_type", "x"}, {"empty", ""},     {"twice", "1"},
                           {"twice", "2"},   {"bytes", binary}, {"long", std::string(300, 'h')}};
  auto producer = this->NewProducer();
  const absl::Time before = absl::Now() - absl::Seconds(1);
  ASSERT_TRUE(producer->Append({.topic = topic, .key = binary, .value = binary, .headers = headers}).ok());
  ASSERT_TRUE(producer->Append({.topic = topic, .key = "", .value = ""}).ok());
  ASSERT_TRUE(producer->Append({.topic = topic}).ok());
  const auto records = this->Take(*this->NewReader(topic), 3);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].key, binary);
  EXPECT_EQ(records[0].value, binary);
  EXPECT_EQ(records[0].headers, headers);
  EXPECT_GE(records[0].time, before);
  EXPECT_LE(records[0].time, absl::Now() + absl::Seconds(1));
  EXPECT_EQ(records[1].key, "");
  EXPECT_EQ(records[1].value, "");
  EXPECT_TRUE(records[1].headers.empty());
  EXPECT_EQ(records[2].key, std::nullopt);
  EXPECT_EQ(records[2].value, std::nullopt);
}

TYPED_TEST_P(EventLogContract, AKeyStaysInItsPartition) {
  const std::string topic = this->NewTopic(8);
  auto producer = this->NewProducer();
  for (const std::string key : {"BABA", "AAPL", "0700.HK", "", "foobar"}) {
    const auto position = producer->Append({.topic = topic, .key = key, .value = "v"});
    ASSERT_TRUE(position.ok());
    EXPECT_EQ(position->partition, PartitionOf(key, 8)) << key;
  }
}

TYPED_TEST_P(EventLogContract, PartitionsAreReadTogether) {
  const std::string topic = this->NewTopic(4);
  auto producer = this->NewProducer();
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(producer->Append({.topic = topic, .partition = i % 4, .value = std::to_string(i)}).ok());
  }
  std::map<int, std::vector<std::string>> seen;
  for (const Record& record : this->Take(*this->NewReader(topic, 4), 40))
    seen[record.partition].push_back(*record.value);
  for (int partition = 0; partition < 4; ++partition) {
    std::vector<std::string> expected;
    for (int i = partition; i < 40; i += 4) expected.push_back(std::to_string(i));
    EXPECT_EQ(seen[partition], expected);
  }
}

TYPED_TEST_P(EventLogContract, APollGivesNoMoreThanItWasAskedFor) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  for (int i = 0; i < 5; ++i) this->AppendValue(*producer, topic, std::to_string(i));
  auto consumer = this->NewReader(topic);
  std::vector<std::string> seen;
  while (seen.size() < 5) {
    const auto records = consumer->Poll(2, kPatience);
    ASSERT_TRUE(records.ok());
    ASSERT_LE(records->size(), 2u);
    ASSERT_FALSE(records->empty());
    for (const Record& record : *records) seen.push_back(*record.value);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"0", "1", "2", "3", "4"}));
}

TYPED_TEST_P(EventLogContract, SeekGoesBackAndForth) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  std::vector<int64_t> offsets;
  for (const char* value : {"a", "b", "c"}) offsets.push_back(this->AppendValue(*producer, topic, value));
  auto consumer = this->NewReader(topic);
  this->Take(*consumer, 3);
  ASSERT_TRUE(consumer->Seek({topic, 0, offsets[1]}).ok());
  EXPECT_EQ(this->ValuesOf(this->Take(*consumer, 2)), (std::vector<std::string>{"b", "c"}));
  ASSERT_TRUE(consumer->Seek({topic, 0, offsets[2]}).ok());
  EXPECT_EQ(this->ValuesOf(this->Take(*consumer, 1)), std::vector<std::string>{"c"});
}

TYPED_TEST_P(EventLogContract, AnAppendWakesAWaitingConsumer) {
  const std::string topic = this->NewTopic();
  auto consumer = this->NewReader(topic);
  std::atomic<bool> polling = false;
  std::thread appender([&] {
    while (!polling) std::this_thread::yield();
    auto producer = this->NewProducer();
    this->AppendValue(*producer, topic, "a");
  });
  polling = true;
  const auto records = consumer->Poll(10, absl::InfiniteDuration());
  appender.join();
  ASSERT_TRUE(records.ok());
  EXPECT_EQ(this->ValuesOf(*records), std::vector<std::string>{"a"});
}

TYPED_TEST_P(EventLogContract, WakeEndsAPoll) {
  const std::string topic = this->NewTopic();
  auto consumer = this->NewReader(topic);
  consumer->Wake();
  auto records = consumer->Poll(10, absl::InfiniteDuration());
  ASSERT_TRUE(records.ok());
  EXPECT_TRUE(records->empty());

  std::thread waker([&] { consumer->Wake(); });
  records = consumer->Poll(10, absl::InfiniteDuration());
  waker.join();
  ASSERT_TRUE(records.ok());
  EXPECT_TRUE(records->empty());
}

TYPED_TEST_P(EventLogContract, CloseEndsAPollForGood) {
  const std::string topic = this->NewTopic();
  for (const bool in_group : {false, true}) {
    auto consumer = in_group ? this->NewMember("g", topic) : this->NewReader(topic);
    std::thread closer([&] { consumer->Close(); });
    absl::Status status;
    while (status.ok()) status = consumer->Poll(10, kPatience).status();
    closer.join();
    EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
    EXPECT_EQ(consumer->Poll(10, absl::ZeroDuration()).status().code(), absl::StatusCode::kCancelled);
    consumer->Close();
  }
}

TYPED_TEST_P(EventLogContract, APollWithoutRecordsEndsAtItsTimeout) {
  const std::string topic = this->NewTopic();
  auto consumer = this->NewReader(topic);
  const absl::Time begin = absl::Now();
  const auto records = consumer->Poll(10, absl::Milliseconds(30));
  ASSERT_TRUE(records.ok());
  EXPECT_TRUE(records->empty());
  EXPECT_GE(absl::Now() - begin, absl::Milliseconds(29));
}

TYPED_TEST_P(EventLogContract, WhatDoesNotExistIsInvalid) {
  const std::string topic = this->NewTopic(2);
  const std::string unknown = this->backend_.Topic();
  auto producer = this->NewProducer();
  const auto invalid = absl::StatusCode::kInvalidArgument;
  EXPECT_EQ(producer->Append({.topic = unknown, .value = "v"}).status().code(), invalid);
  EXPECT_EQ(producer->Append({.topic = topic, .partition = 2, .value = "v"}).status().code(), invalid);
  EXPECT_EQ(producer->Append({.topic = topic, .partition = -1, .value = "v"}).status().code(), invalid);
  EXPECT_EQ(this->log().PartitionCount(unknown).status().code(), invalid);
  EXPECT_EQ(this->log().PartitionCount(topic).value(), 2);
  EXPECT_EQ(this->log().Offsets({topic, 2}).status().code(), invalid);
  EXPECT_EQ(this->log().NewConsumer({.group = "g", .topics = {unknown}}).status().code(), invalid);
  auto reader = this->NewReader(topic);
  EXPECT_EQ(reader->Assign({{unknown, 0, 0}}).code(), invalid);
  EXPECT_EQ(reader->Assign({{topic, 2, 0}}).code(), invalid);
  EXPECT_EQ(reader->Commit({{topic, 0, 0}}).code(), invalid);
  EXPECT_EQ(this->NewMember("g", topic)->Assign({{topic, 0, 0}}).code(), invalid);
}

TYPED_TEST_P(EventLogContract, ARecordOverTheLimitIsRefusedAndTheRestGoesOn) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  const auto refused = producer->Append({.topic = topic, .value = std::string(kMaxRecordBytes + 1, 'x')});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string largest(kMaxRecordBytes, 'x');
  this->AppendValue(*producer, topic, largest);
  EXPECT_EQ(this->Take(*this->NewReader(topic), 1).at(0).value, largest);
}

TYPED_TEST_P(EventLogContract, ManyProducersAppendAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kEach = 200;
  const std::string topic = this->NewTopic();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      auto producer = this->NewProducer();
      for (int i = 0; i < kEach; ++i) {
        this->AppendValue(*producer, topic, std::to_string(thread) + "/" + std::to_string(i));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::map<std::string, int> next;
  for (const Record& record : this->Take(*this->NewReader(topic), kThreads * kEach)) {
    const auto slash = record.value->find('/');
    EXPECT_EQ(record.value->substr(slash + 1), std::to_string(next[record.value->substr(0, slash)]++));
  }
  EXPECT_EQ(next.size(), static_cast<size_t>(kThreads));
}

TYPED_TEST_P(EventLogContract, CompactionKeepsTheLastOfEachKeyInOrder) {
  const std::string topic = this->NewTopic(1, /*compacted=*/true);
  auto producer = this->NewProducer();
  const auto append = [&](const std::string& key, std::optional<std::string> value) {
    return producer->Append({.topic = topic, .key = key, .value = std::move(value)}).value().offset;
  };
  append("a", "1");
  append("b", "1");
  append("gone", "1");
  append("a", "2");
  append("gone", std::nullopt);
  append("b", "2");
  const int64_t last = append("a", "3");

  std::map<std::string, std::optional<std::string>> state;
  int64_t before = -1;
  auto reader = this->NewReader(topic);
  while (before < last) {
    const auto records = reader->Poll(100, kPatience);
    ASSERT_TRUE(records.ok());
    ASSERT_FALSE(records->empty());
    for (const Record& record : *records) {
      EXPECT_GT(record.offset, before);
      before = record.offset;
      state[*record.key] = record.value;
    }
  }
  EXPECT_EQ(before, last);
  EXPECT_EQ(state["a"], "3");
  EXPECT_EQ(state["b"], "2");
  EXPECT_EQ(state["gone"], std::nullopt);
  EXPECT_EQ(producer->Append({.topic = topic, .value = "no key"}).status().code(), absl::StatusCode::kInvalidArgument);
}

TYPED_TEST_P(EventLogContract, TopicsAreMadeOnceAndKeepTheirShape) {
  const std::string topic = this->NewTopic(3);
  const auto invalid = absl::StatusCode::kInvalidArgument;
  EXPECT_TRUE(this->log().EnsureTopics({{.name = topic, .partitions = 3}}).ok());
  EXPECT_EQ(this->log().EnsureTopics({{.name = topic, .partitions = 4}}).code(), invalid);
  EXPECT_EQ(this->log().EnsureTopics({{.name = topic, .partitions = 3, .compacted = true}}).code(), invalid);
  EXPECT_EQ(this->log().PartitionCount(topic).value(), 3);
  for (const std::string& name : {std::string(), std::string("a b"), std::string("a/b"), std::string(250, 'a')}) {
    EXPECT_EQ(this->log().EnsureTopics({{.name = name}}).code(), invalid) << name;
  }
  EXPECT_EQ(this->log().EnsureTopics({{.name = this->backend_.Topic(), .partitions = 0}}).code(), invalid);
}

TYPED_TEST_P(EventLogContract, OffsetsTellWhatThereIs) {
  const std::string topic = this->NewTopic(2);
  auto range = this->log().Offsets({topic, 0}).value();
  EXPECT_EQ(range.begin, range.end);
  auto producer = this->NewProducer();
  const int64_t first = this->AppendValue(*producer, topic, "a");
  const int64_t second = this->AppendValue(*producer, topic, "b");
  range = this->log().Offsets({topic, 0}).value();
  EXPECT_LE(range.begin, first);
  EXPECT_GT(range.end, second);
  const auto other = this->log().Offsets({topic, 1}).value();
  EXPECT_EQ(other.begin, other.end);
}

TYPED_TEST_P(EventLogContract, FlushWaitsForWhatWasAppended) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  std::atomic<int> done = 0;
  for (int i = 0; i < 100; ++i) {
    producer->AppendAsync({.topic = topic, .value = "v"}, [&](const absl::StatusOr<Position>&) { ++done; });
  }
  ASSERT_TRUE(producer->Flush(kPatience).ok());
  EXPECT_EQ(done, 100);
}

REGISTER_TYPED_TEST_SUITE_P(EventLogContract, RecordsOfAPartitionKeepTheirOrder, AnAppendTellsWhereItsRecordIs,
                            WhatWasAckedSurvivesReopening, KeysValuesAndHeadersComeBackAsTheyWere,
                            AKeyStaysInItsPartition, PartitionsAreReadTogether, APollGivesNoMoreThanItWasAskedFor,
                            SeekGoesBackAndForth, AnAppendWakesAWaitingConsumer, WakeEndsAPoll, CloseEndsAPollForGood,
                            APollWithoutRecordsEndsAtItsTimeout, WhatDoesNotExistIsInvalid,
                            ARecordOverTheLimitIsRefusedAndTheRestGoesOn, ManyProducersAppendAtOnce,
                            CompactionKeepsTheLastOfEachKeyInOrder, TopicsAreMadeOnceAndKeepTheirShape,
                            OffsetsTellWhatThereIs, FlushWaitsForWhatWasAppended);

}  // namespace earshot::eventlog
