// An event log that can be told to refuse the records of a topic, for tests of what happens in between.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/eventlog/event_log.h"

namespace earshot::rules {

// Everything goes to `log`, which must outlive it, except appends to topics that are refused: those are kUnavailable.
class FaultyLog final : public eventlog::EventLog {
 public:
  explicit FaultyLog(eventlog::EventLog& log) : log_(log) {}

  void Refuse(std::string_view topic) {
    const std::lock_guard lock(mutex_);
    refused_.insert(std::string(topic));
  }
  void Allow(std::string_view topic) {
    const std::lock_guard lock(mutex_);
    refused_.erase(std::string(topic));
  }
  bool IsRefused(const std::string& topic) const {
    const std::lock_guard lock(mutex_);
    return refused_.contains(topic);
  }

  absl::Status EnsureTopics(const std::vector<eventlog::TopicSpec>& topics) override {
    return log_.EnsureTopics(topics);
  }
  absl::StatusOr<int> PartitionCount(const std::string& topic) const override { return log_.PartitionCount(topic); }
  absl::StatusOr<eventlog::OffsetRange> Offsets(const eventlog::TopicPartition& partition) const override {
    return log_.Offsets(partition);
  }
  std::string Id() const override { return log_.Id(); }
  absl::StatusOr<std::unique_ptr<eventlog::Consumer>> NewConsumer(eventlog::ConsumerOptions options) override {
    return log_.NewConsumer(std::move(options));
  }
  absl::StatusOr<std::unique_ptr<eventlog::Producer>> NewProducer() override {
    EARSHOT_ASSIGN_OR_RETURN(auto producer, log_.NewProducer());
    return std::make_unique<FaultyProducer>(*this, std::move(producer));
  }

 private:
  class FaultyProducer final : public eventlog::Producer {
   public:
    FaultyProducer(const FaultyLog& log, std::unique_ptr<eventlog::Producer> producer)
        : log_(log), producer_(std::move(producer)) {}

    absl::StatusOr<eventlog::Position> Append(eventlog::OutgoingRecord record) override {
      if (log_.IsRefused(record.topic)) return Unavailable("{} is refused", record.topic);
      return producer_->Append(std::move(record));
    }
    void AppendAsync(eventlog::OutgoingRecord record, Done done) override {
      if (log_.IsRefused(record.topic)) return done(Unavailable("{} is refused", record.topic));
      producer_->AppendAsync(std::move(record), std::move(done));
    }
    absl::Status Flush(absl::Duration timeout) override { return producer_->Flush(timeout); }

   private:
    const FaultyLog& log_;
    std::unique_ptr<eventlog::Producer> producer_;
  };

  eventlog::EventLog& log_;
  mutable std::mutex mutex_;
  std::set<std::string> refused_;
};

}  // namespace earshot::rules
