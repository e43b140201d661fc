#include "common/eventlog/embedded/topic_table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/base/status.h"

namespace earshot::eventlog {
namespace {

constexpr size_t kMaxTopicName = 249;
constexpr int kMaxPartitions = 1024;

bool IsTopicLetter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
}

size_t SizeOf(const OutgoingRecord& record) {
  size_t size = (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0);
  for (const auto& [name, value] : record.headers) size += name.size() + value.size();
  return size;
}

}  // namespace

TopicTable::TopicTable(const std::vector<StoredTopic>& topics) {
  for (const StoredTopic& topic : topics) Add(topic);
}

void TopicTable::Add(const StoredTopic& topic) {
  std::lock_guard lock(mutex_);
  topics_[topic.spec.name] = topic;
}

std::optional<StoredTopic> TopicTable::Find(std::string_view name) const {
  std::lock_guard lock(mutex_);
  const auto found = topics_.find(name);
  if (found == topics_.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<StoredTopic> TopicTable::Get(std::string_view name) const {
  std::optional<StoredTopic> topic = Find(name);
  if (!topic) return InvalidArgument("the event log has no topic '{}'", name);
  return *std::move(topic);
}

absl::StatusOr<PartitionId> TopicTable::IdOf(const TopicPartition& partition) const {
  EARSHOT_ASSIGN_OR_RETURN(const StoredTopic topic, Get(partition.topic));
  if (partition.partition < 0 || partition.partition >= topic.spec.partitions) {
    return InvalidArgument("topic {} has no partition {}: it has {}, from 0", partition.topic, partition.partition,
                           topic.spec.partitions);
  }
  return topic.Id(partition.partition);
}

absl::Status CheckTopicSpec(const TopicSpec& spec) {
  const bool legal = !spec.name.empty() && spec.name.size() <= kMaxTopicName && spec.name != "." && spec.name != ".." &&
                     std::all_of(spec.name.begin(), spec.name.end(), IsTopicLetter);
  if (!legal) {
    return InvalidArgument("'{}' is no name of a topic: 1 to {} letters, digits, '.', '_' and '-'", spec.name,
                           kMaxTopicName);
  }
  if (spec.partitions < 1 || spec.partitions > kMaxPartitions) {
    return InvalidArgument("topic {}: {} partitions, but it must be 1 to {}", spec.name, spec.partitions,
                           kMaxPartitions);
  }
  return absl::OkStatus();
}

absl::Status CheckRecord(const StoredTopic& topic, const OutgoingRecord& record) {
  if (const size_t size = SizeOf(record); size > kMaxRecordBytes) {
    return InvalidArgument("a record of {} bytes for topic {} is over the limit of {}", size, topic.spec.name,
                           kMaxRecordBytes);
  }
  if (topic.spec.compacted && !record.key) {
    return InvalidArgument("topic {} is compacted: a record needs a key", topic.spec.name);
  }
  return absl::OkStatus();
}

}  // namespace earshot::eventlog
