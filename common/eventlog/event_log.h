// The event log: the one seam between the services. Topics of ordered, durable records in partitions, read by consumers
// that keep their own positions or share them in groups. Backends: embedded (SQLite, one process on one machine),
// Kafka. Every backend passes the contract suite in event_log_contract.h.
//
//   auto log = OpenEmbeddedLog({.path = "data/log.db"}).value();
//   log->EnsureTopics({{.name = "earshot.alerts.v1"}});
//   auto producer = log->NewProducer().value();
//   producer->Append({.topic = "earshot.alerts.v1", .key = "BABA", .value = bytes});   // returns when durable
//   auto consumer = log->NewConsumer({.group = "rules", .topics = {"earshot.call-events.v1"}}).value();
//   const auto records = consumer->Poll(100, absl::Seconds(1)).value();
//   for (const Record& record : records) Apply(record);
//   consumer->Commit({{topic, 0, last_offset + 1}});
//
// Errors: kInvalidArgument for what can never work (unknown topic, no such partition, a record over the limit),
// kUnavailable for what may work later, kFailedPrecondition for an operation by a consumer that no longer owns the
// partition, kCancelled after Close, kDataLoss for a damaged store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace earshot::eventlog {

// Largest record in bytes, key, value and headers together; the same for every backend (within a Kafka broker's
// default).
inline constexpr size_t kMaxRecordBytes = 1'000'000;

struct TopicSpec {
  std::string name;
  int partitions = 1;
  // Only the last record of each key is sure to be kept; a record without value deletes its key. Never reorders,
  // never changes the offset of what stays.
  bool compacted = false;
};

struct TopicPartition {
  std::string topic;
  int partition = 0;

  auto operator<=>(const TopicPartition&) const = default;
};

// Where a reader stands: `offset` is that of the next record to read.
struct Position {
  std::string topic;
  int partition = 0;
  int64_t offset = 0;

  auto operator<=>(const Position&) const = default;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct OutgoingRecord {
  std::string topic;
  // Absent: by a hash of the key that never changes, so that a key stays in its partition.
  std::optional<int> partition = std::nullopt;
  std::optional<std::string> key = std::nullopt;
  std::optional<std::string> value = std::nullopt;  // absent: a tombstone
  Headers headers = {};
};

struct Record {
  std::string topic;
  int partition = 0;
  int64_t offset = 0;  // grows within the partition; gaps are allowed
  std::optional<std::string> key;
  std::optional<std::string> value;
  Headers headers;
  absl::Time time;  // when the log took it
};

// The first value of a header, or null.
const std::string* FindHeader(const Headers& headers, std::string_view name);

// Thread-safe. Records that one thread appends to a partition keep their order.
class Producer {
 public:
  // Called once, from a thread of the log, when the record is durable (its position) or lost for good.
  // Must not block and must not call the producer's Append.
  using Done = std::function<void(absl::StatusOr<Position>)>;

  virtual ~Producer() = default;

  // Returns once the record is durable; the position is the record's own.
  virtual absl::StatusOr<Position> Append(OutgoingRecord record) = 0;

  // Returns at once. `done` may run before this returns.
  virtual void AppendAsync(OutgoingRecord record, Done done) = 0;

  // Returns once everything appended so far is durable or reported lost.
  virtual absl::Status Flush(absl::Duration timeout) = 0;
};

enum class StartAt { kEarliest, kLatest };

struct ConsumerOptions {
  // Consumers of a group share the partitions of `topics` among them, and their committed positions.
  // Empty: no group; the consumer reads what it Assigns itself and cannot commit.
  std::string group = {};
  // For a group.
  std::vector<std::string> topics = {};
  // Where a partition is read from that has no committed position.
  StartAt start = StartAt::kEarliest;
  // For a group, called from within Poll and Close, on the polling thread: after partitions came (before any of their
  // records is returned) and before they go (a Commit within the call still counts).
  std::function<void(const std::vector<TopicPartition>&)> on_assigned = nullptr;
  std::function<void(const std::vector<TopicPartition>&)> on_revoked = nullptr;
};

// Used by one thread at a time; Wake and Close may be called from any.
class Consumer {
 public:
  virtual ~Consumer() = default;

  // Up to `max_records` in the order of their offsets within each partition; waits up to `timeout` for the first one.
  // Empty after the timeout, after Wake, or when only the assignment changed.
  virtual absl::StatusOr<std::vector<Record>> Poll(size_t max_records, absl::Duration timeout) = 0;

  // Makes a waiting (or else the next) Poll return at once.
  virtual void Wake() = 0;

  // Without a group only: from now on read exactly these, from these positions.
  virtual absl::Status Assign(const std::vector<Position>& positions) = 0;

  // Read an assigned partition from here on.
  virtual absl::Status Seek(const Position& position) = 0;

  // With a group only: durable when it returns. kFailedPrecondition where the partition is no longer this consumer's.
  virtual absl::Status Commit(const std::vector<Position>& positions) = 0;

  // The group's committed position; absent if there is none.
  virtual absl::StatusOr<std::optional<int64_t>> Committed(const TopicPartition& partition) = 0;

  // What is assigned at the moment.
  virtual std::vector<TopicPartition> Assignment() const = 0;

  // Leaves the group. Polls return kCancelled from then on. Idempotent.
  virtual void Close() = 0;
};

struct OffsetRange {
  int64_t begin = 0;  // first offset that may still be kept
  int64_t end = 0;    // offset that the next record will have, or more
};

// Thread-safe. Outlives its producers and consumers.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Names this log for as long as its records are the same ones: positions of another log mean nothing here. At most
  // 64 letters, digits, `-` and `_`.
  virtual std::string Id() const = 0;

  // Creates what is missing. kInvalidArgument for an illegal name ([a-zA-Z0-9._-], at most 249) or where a topic
  // exists with other partitions or another kind of retention.
  virtual absl::Status EnsureTopics(const std::vector<TopicSpec>& topics) = 0;

  virtual absl::StatusOr<int> PartitionCount(const std::string& topic) const = 0;
  virtual absl::StatusOr<OffsetRange> Offsets(const TopicPartition& partition) const = 0;

  virtual absl::StatusOr<std::unique_ptr<Producer>> NewProducer() = 0;
  virtual absl::StatusOr<std::unique_ptr<Consumer>> NewConsumer(ConsumerOptions options) = 0;
};

// Partition of a key among `count`: Kafka's murmur2, so that a record has the same place on every backend.
int PartitionOf(std::string_view key, int count);

}  // namespace earshot::eventlog
