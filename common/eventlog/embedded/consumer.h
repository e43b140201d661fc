// A consumer of the embedded log.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/eventlog/embedded/committer.h"
#include "common/eventlog/embedded/groups.h"
#include "common/eventlog/embedded/store.h"
#include "common/eventlog/embedded/tails.h"
#include "common/eventlog/event_log.h"

namespace earshot::eventlog {

class TopicTable;

// What consumers share; belongs to the log.
struct ConsumerContext {
  const TopicTable& topics;
  Tails& tails;
  Groups& groups;
  Committer& committer;
};

class EmbeddedConsumer final : public Consumer {
 public:
  EmbeddedConsumer(ConsumerContext context, ConsumerOptions options, std::vector<StoredTopic> topics,
                   StoreReader reader);
  ~EmbeddedConsumer() override;

  absl::StatusOr<std::vector<Record>> Poll(size_t max_records, absl::Duration timeout) override;
  void Wake() override;
  absl::Status Assign(const std::vector<Position>& positions) override;
  absl::Status Seek(const Position& position) override;
  absl::Status Commit(const std::vector<Position>& positions) override;
  absl::StatusOr<std::optional<int64_t>> Committed(const TopicPartition& partition) override;
  std::vector<TopicPartition> Assignment() const override;
  void Close() override;

 private:
  // A partition that is read, and the offset of the next record.
  struct Cursor {
    TopicPartition name;
    int64_t next = 0;
  };
  using Cursors = std::map<PartitionId, Cursor>;

  absl::StatusOr<std::vector<Record>> PollOpen(size_t max_records, absl::Time deadline);
  absl::StatusOr<std::vector<Record>> Fetch(size_t max_records);
  // Gives up and takes partitions; whether any changed.
  absl::StatusOr<bool> FollowGroup();
  absl::Status TakePartitions(const std::vector<PartitionId>& partitions);
  void GiveUp(const std::vector<PartitionId>& partitions);
  absl::StatusOr<int64_t> StartOf(PartitionId partition);
  void AddCursor(PartitionId partition, Cursor cursor);
  void RemoveCursor(PartitionId partition);
  void LeaveGroup();
  absl::Status CheckOpen() const;
  TopicPartition NameOf(PartitionId partition) const;

  ConsumerContext context_;
  const ConsumerOptions options_;
  const std::vector<StoredTopic> topics_;
  StoreReader reader_;
  Signal signal_;
  std::atomic<bool> closed_ = false;
  std::atomic<bool> woken_ = false;

  // Held by Poll, and by Close to wait for its end; recursive, as the callbacks within may Commit and Seek.
  std::recursive_mutex poll_mutex_;
  std::optional<MemberId> member_;

  mutable std::mutex cursors_mutex_;  // for Assignment while another thread polls or closes
  Cursors cursors_;
  PartitionId read_last_ = -1;  // partitions take turns
};

}  // namespace earshot::eventlog
