// What the contract suites of the event log share: a log of the backend under test, and short ways to append and read.
//
//   struct MyBackend {
//     MyBackend();               // a log of its own, or names of its own on a shared one
//     EventLog& log();
//     void Reopen();             // lets go of the log and opens it again; consumers and producers are gone by then
//     std::string Topic();       // a legal name that nobody else uses
//   };
//
// Nothing depends on how long something takes, except that it ends within kPatience.
#pragma once

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/eventlog/event_log.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::eventlog {

inline constexpr absl::Duration kPatience = absl::Seconds(30);
inline constexpr absl::Duration kMoment = absl::Milliseconds(20);

template <typename Backend>
class ContractFixture : public ::testing::Test {
 protected:
  EventLog& log() { return backend_.log(); }

  std::string NewTopic(int partitions = 1, bool compacted = false) {
    const std::string name = backend_.Topic();
    const absl::Status status = log().EnsureTopics({{.name = name, .partitions = partitions, .compacted = compacted}});
    EXPECT_TRUE(status.ok()) << status;
    return name;
  }

  std::unique_ptr<Producer> NewProducer() { return log().NewProducer().value(); }

  std::unique_ptr<Consumer> NewMember(const std::string& group, const std::string& topic) {
    return log().NewConsumer({.group = group, .topics = {topic}}).value();
  }

  // Without a group, from the beginning of partitions [0, partitions).
  std::unique_ptr<Consumer> NewReader(const std::string& topic, int partitions = 1) {
    auto consumer = log().NewConsumer({}).value();
    std::vector<Position> positions;
    for (int partition = 0; partition < partitions; ++partition) positions.push_back({topic, partition, 0});
    const absl::Status status = consumer->Assign(positions);
    EXPECT_TRUE(status.ok()) << status;
    return consumer;
  }

  int64_t AppendValue(Producer& producer, const std::string& topic, const std::string& value) {
    const auto position = producer.Append({.topic = topic, .partition = 0, .value = value});
    EXPECT_TRUE(position.ok()) << position.status();
    return position.ok() ? position->offset : -1;
  }

  // Polls until there are `count` records, or patience is at its end.
  std::vector<Record> Take(Consumer& consumer, size_t count) {
    std::vector<Record> records;
    const absl::Time deadline = absl::Now() + kPatience;
    while (records.size() < count && absl::Now() < deadline) {
      auto polled = consumer.Poll(count - records.size(), absl::Seconds(1));
      EXPECT_TRUE(polled.ok()) << polled.status();
      if (!polled.ok()) break;
      std::move(polled->begin(), polled->end(), std::back_inserter(records));
    }
    EXPECT_EQ(records.size(), count);
    return records;
  }

  static std::vector<std::string> ValuesOf(const std::vector<Record>& records) {
    std::vector<std::string> values;
    for (const Record& record : records) values.push_back(record.value.value_or("(none)"));
    return values;
  }

  // Polls all of them in turn until `done`; hands each record to `take`.
  template <typename Done, typename TakeRecord>
  bool PollInTurn(const std::vector<Consumer*>& consumers, Done done, TakeRecord take) {
    const absl::Time deadline = absl::Now() + kPatience;
    while (!done()) {
      if (absl::Now() > deadline) return false;
      for (Consumer* consumer : consumers) {
        auto records = consumer->Poll(100, kMoment);
        EXPECT_TRUE(records.ok()) << records.status();
        if (!records.ok()) return false;
        for (const Record& record : *records) take(*consumer, record);
      }
    }
    return true;
  }

  Backend backend_;
};

}  // namespace earshot::eventlog
