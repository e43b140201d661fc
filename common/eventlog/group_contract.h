// What every backend of the event log does for consumers that share partitions; goes with event_log_contract.h.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/eventlog/contract_fixture.h"
#include "common/eventlog/event_log.h"
#include "gtest/gtest.h"

namespace earshot::eventlog {

template <typename Backend>
class GroupContract : public ContractFixture<Backend> {};

TYPED_TEST_SUITE_P(GroupContract);

TYPED_TEST_P(GroupContract, MembersOfAGroupShareThePartitions) {
  const std::string topic = this->NewTopic(4);
  auto producer = this->NewProducer();
  auto first = this->NewMember("g", topic);
  auto second = this->NewMember("g", topic);
  const auto is_shared = [&] { return first->Assignment().size() == 2 && second->Assignment().size() == 2; };
  ASSERT_TRUE(this->PollInTurn({first.get(), second.get()}, is_shared, [](Consumer&, const Record&) {}));
  std::set<TopicPartition> all;
  for (Consumer* member : {first.get(), second.get()}) {
    for (const TopicPartition& partition : member->Assignment()) all.insert(partition);
  }
  EXPECT_EQ(all.size(), 4u);

  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(producer->Append({.topic = topic, .partition = i % 4, .value = std::to_string(i)}).ok());
  }
  std::map<std::string, std::set<Consumer*>> takers;
  const auto all_seen = [&] { return takers.size() == 40; };
  ASSERT_TRUE(this->PollInTurn({first.get(), second.get()}, all_seen, [&](Consumer& consumer, const Record& record) {
    takers[*record.value].insert(&consumer);
  }));
  for (const auto& [value, consumers] : takers) EXPECT_EQ(consumers.size(), 1u) << value;
}

TYPED_TEST_P(GroupContract, AMemberHandsOverWithoutLossOrRepetition) {
  const std::string topic = this->NewTopic(4);
  auto producer = this->NewProducer();
  std::map<std::string, int> seen;
  std::map<TopicPartition, int64_t> next;
  std::vector<TopicPartition> revoked;
  std::unique_ptr<Consumer> first;
  ConsumerOptions options{.group = "g", .topics = {topic}};
  options.on_revoked = [&](const std::vector<TopicPartition>& partitions) {
    for (const TopicPartition& partition : partitions) {
      revoked.push_back(partition);
      if (!next.contains(partition)) continue;
      const absl::Status status = first->Commit({{partition.topic, partition.partition, next[partition]}});
      EXPECT_TRUE(status.ok()) << status;
    }
  };
  first = this->log().NewConsumer(options).value();
  const auto take = [&](Consumer& consumer, const Record& record) {
    ++seen[*record.value];
    if (&consumer == first.get()) next[{record.topic, record.partition}] = record.offset + 1;
  };
  const auto append = [&](int begin, int end) {
    for (int i = begin; i < end; ++i) {
      ASSERT_TRUE(producer->Append({.topic = topic, .partition = i % 4, .value = std::to_string(i)}).ok());
    }
  };
  append(0, 40);
  ASSERT_TRUE(this->PollInTurn(
      {first.get()}, [&] { return seen.size() == 40; }, take));
  auto second = this->NewMember("g", topic);
  append(40, 80);
  const auto is_shared = [&] { return seen.size() == 80 && second->Assignment().size() == 2; };
  ASSERT_TRUE(this->PollInTurn({first.get(), second.get()}, is_shared, take));
  EXPECT_GE(revoked.size(), 2u);

  first->Close();
  append(80, 120);
  const auto is_taken_over = [&] { return seen.size() == 120 && second->Assignment().size() == 4; };
  ASSERT_TRUE(this->PollInTurn({second.get()}, is_taken_over, take));
  for (const auto& [value, times] : seen) EXPECT_EQ(times, 1) << value;
}

TYPED_TEST_P(GroupContract, AssignmentsAreToldBeforeTheirRecords) {
  const std::string topic = this->NewTopic(2);
  auto producer = this->NewProducer();
  this->AppendValue(*producer, topic, "a");
  std::set<TopicPartition> held;
  ConsumerOptions options{.group = "g", .topics = {topic}};
  options.on_assigned = [&](const auto& partitions) { held.insert(partitions.begin(), partitions.end()); };
  options.on_revoked = [&](const auto& partitions) {
    for (const TopicPartition& partition : partitions) held.erase(partition);
  };
  auto member = this->log().NewConsumer(options).value();
  EXPECT_TRUE(held.empty());
  this->Take(*member, 1);
  EXPECT_EQ(held.size(), 2u);
  member->Close();
  EXPECT_TRUE(held.empty());
}

TYPED_TEST_P(GroupContract, OnAssignedMaySeek) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  this->AppendValue(*producer, topic, "a");
  const int64_t second = this->AppendValue(*producer, topic, "b");
  std::unique_ptr<Consumer> member;
  ConsumerOptions options{.group = "g", .topics = {topic}};
  options.on_assigned = [&](const auto&) {
    const absl::Status status = member->Seek({topic, 0, second});
    EXPECT_TRUE(status.ok()) << status;
  };
  member = this->log().NewConsumer(options).value();
  EXPECT_EQ(this->ValuesOf(this->Take(*member, 1)), std::vector<std::string>{"b"});
}

TYPED_TEST_P(GroupContract, ACommittedPositionIsWhereTheNextMemberBegins) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  for (const char* value : {"a", "b", "c"}) this->AppendValue(*producer, topic, value);
  auto member = this->NewMember("g", topic);
  EXPECT_EQ(member->Committed({topic, 0}).value(), std::nullopt);
  const auto records = this->Take(*member, 3);
  ASSERT_EQ(records.size(), 3u);
  ASSERT_TRUE(member->Commit({{topic, 0, records[1].offset}}).ok());
  EXPECT_EQ(member->Committed({topic, 0}).value(), records[1].offset);
  member->Close();

  auto next = this->NewMember("g", topic);
  EXPECT_EQ(this->ValuesOf(this->Take(*next, 2)), (std::vector<std::string>{"b", "c"}));
  auto other = this->NewMember("other", topic);
  EXPECT_EQ(other->Committed({topic, 0}).value(), std::nullopt);
  EXPECT_EQ(this->Take(*other, 3).size(), 3u);
}

TYPED_TEST_P(GroupContract, AMemberCommitsOnlyWhatItOwns) {
  const std::string topic = this->NewTopic();
  auto first = this->NewMember("g", topic);
  auto second = this->NewMember("g", topic);
  const auto is_dealt_out = [&] { return first->Assignment().size() + second->Assignment().size() == 1; };
  ASSERT_TRUE(this->PollInTurn({first.get(), second.get()}, is_dealt_out, [](Consumer&, const Record&) {}));
  Consumer* owner = first->Assignment().empty() ? second.get() : first.get();
  Consumer* other = owner == first.get() ? second.get() : first.get();
  EXPECT_EQ(other->Commit({{topic, 0, 0}}).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(owner->Commit({{topic, 0, 0}}).ok());
}

TYPED_TEST_P(GroupContract, AGroupStartsWhereItIsTold) {
  const std::string topic = this->NewTopic();
  auto producer = this->NewProducer();
  this->AppendValue(*producer, topic, "old");
  auto latest = this->log().NewConsumer({.group = "l", .topics = {topic}, .start = StartAt::kLatest}).value();
  const auto is_assigned = [&] { return latest->Assignment().size() == 1; };
  ASSERT_TRUE(this->PollInTurn({latest.get()}, is_assigned, [](Consumer&, const Record&) {}));
  this->AppendValue(*producer, topic, "new");
  EXPECT_EQ(this->ValuesOf(this->Take(*latest, 1)), std::vector<std::string>{"new"});
  auto earliest = this->log().NewConsumer({.group = "e", .topics = {topic}, .start = StartAt::kEarliest}).value();
  EXPECT_EQ(this->ValuesOf(this->Take(*earliest, 2)), (std::vector<std::string>{"old", "new"}));
}

REGISTER_TYPED_TEST_SUITE_P(GroupContract, MembersOfAGroupShareThePartitions, AMemberHandsOverWithoutLossOrRepetition,
                            AssignmentsAreToldBeforeTheirRecords, OnAssignedMaySeek,
                            ACommittedPositionIsWhereTheNextMemberBegins, AMemberCommitsOnlyWhatItOwns,
                            AGroupStartsWhereItIsTold);

}  // namespace earshot::eventlog
