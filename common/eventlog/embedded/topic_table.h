// The topics of the embedded log, in memory: what a name stands for. Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/string_map.h"
#include "common/eventlog/embedded/store.h"
#include "common/eventlog/event_log.h"

namespace earshot::eventlog {

class TopicTable {
 public:
  explicit TopicTable(const std::vector<StoredTopic>& topics);

  void Add(const StoredTopic& topic);

  std::optional<StoredTopic> Find(std::string_view name) const;

  // kInvalidArgument where there is no such topic or partition; the message names what there is.
  absl::StatusOr<StoredTopic> Get(std::string_view name) const;
  absl::StatusOr<PartitionId> IdOf(const TopicPartition& partition) const;

 private:
  mutable std::mutex mutex_;
  StringMap<StoredTopic> topics_;
};

// kInvalidArgument for an illegal name or number of partitions.
absl::Status CheckTopicSpec(const TopicSpec& spec);

// kInvalidArgument where a record of the partition that `topic` has can never be taken.
absl::Status CheckRecord(const StoredTopic& topic, const OutgoingRecord& record);

}  // namespace earshot::eventlog
