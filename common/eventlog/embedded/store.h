// The file of the embedded log: its schema, and what is done to it. Version 1:
//
//   meta       key, value                               `id`: the log's name, random
//   topics     name, partitions, compacted, first       partition n of a topic has the id first + n
//   records    place, time_us, key, value, headers      place = partition id << 40 | offset
//   latest     partition, key, offset                   compacted topics only: where the last record of a key is
//   positions  consumer_group, partition, offset        committed positions
//
// PRAGMA application_id tells an Earshot log from other databases, PRAGMA user_version is the schema's version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/embedded/tails.h"
#include "common/eventlog/event_log.h"
#include "common/sqlite/database.h"

namespace earshot::eventlog {

struct StoredTopic {
  TopicSpec spec;
  PartitionId first = 0;

  PartitionId Id(int partition) const { return first + partition; }
};

// The one connection that writes. For one thread at a time.
class StoreWriter {
 public:
  // Creates the schema in a new file; checks it in another. Removes tombstones older than a day, seen from `now`.
  static absl::StatusOr<StoreWriter> Open(const std::string& path, int64_t max_bytes, absl::Time now);

  const std::string& id() const { return id_; }
  const std::vector<StoredTopic>& topics() const { return topics_; }
  // By partition id.
  const std::vector<int64_t>& ends() const { return ends_; }

  // In a transaction of its own.
  absl::StatusOr<StoredTopic> CreateTopic(const TopicSpec& spec);

  // Between Begin and Commit or Rollback. Append gives the record's offset.
  absl::Status Begin();
  absl::StatusOr<int64_t> Append(PartitionId partition, bool compacted, const OutgoingRecord& record, absl::Time time);
  absl::Status SetPosition(const std::string& group, PartitionId partition, int64_t offset);
  // Durable when it returns OK; otherwise nothing of the transaction happened.
  absl::Status Commit();
  void Rollback();

 private:
  StoreWriter(sqlite::Database database, std::string id) : database_(std::move(database)), id_(std::move(id)) {}

  absl::Status Prepare();
  absl::Status LoadTopics();
  absl::Status RemoveOldTombstones(absl::Time now);
  absl::Status Supersede(PartitionId partition, std::string_view key, int64_t offset);

  sqlite::Database database_;
  std::string id_;
  std::vector<StoredTopic> topics_;
  std::vector<int64_t> ends_;
  std::vector<int64_t> ends_before_;  // of the transaction
  std::optional<sqlite::Transaction> transaction_;
  std::optional<sqlite::Statement> insert_record_, delete_record_, find_latest_, set_latest_, set_position_;
};

// A connection that reads. For one thread at a time.
class StoreReader {
 public:
  static absl::StatusOr<StoreReader> Open(const std::string& path);

  // Appends to `records` those in [begin, end), at most `limit` of them; stops early when `bytes` is used up (at least
  // one is read), and takes off it what was read. Gives the offset to go on from.
  absl::StatusOr<int64_t> Read(const TopicPartition& name, PartitionId partition, OffsetRange range, size_t limit,
                               int64_t& bytes, std::vector<Record>& records);

  // Offset of the first record that is kept.
  absl::StatusOr<std::optional<int64_t>> First(PartitionId partition);

  absl::StatusOr<std::optional<int64_t>> CommittedPosition(const std::string& group, PartitionId partition);

 private:
  explicit StoreReader(sqlite::Database database) : database_(std::move(database)) {}

  absl::Status Prepare();

  sqlite::Database database_;
  std::optional<sqlite::Statement> read_, first_, position_;
};

}  // namespace earshot::eventlog
