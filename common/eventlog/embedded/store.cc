#include "common/eventlog/embedded/store.h"

#include <algorithm>

#include "common/base/status.h"
#include "common/eventlog/embedded/header_codec.h"
#include "common/eventlog/embedded/schema.h"

namespace earshot::eventlog {
namespace {

constexpr absl::Duration kTombstoneAge = absl::Hours(24);

absl::Status PrepareInto(sqlite::Database& database, std::string_view sql, std::optional<sqlite::Statement>& into) {
  EARSHOT_ASSIGN_OR_RETURN(into, database.Prepare(sql));
  return absl::OkStatus();
}

// The one integer of the only row; absent where there is no row or it is NULL.
absl::StatusOr<std::optional<int64_t>> StepToOptionalInt(sqlite::Statement& statement) {
  EARSHOT_ASSIGN_OR_RETURN(bool row, statement.Step());
  if (!row) return std::nullopt;
  std::optional<int64_t> value;
  if (!statement.IsNull(0)) value = statement.Int(0);
  statement.Reset();
  return value;
}

}  // namespace

absl::StatusOr<StoreWriter> StoreWriter::Open(const std::string& path, int64_t max_bytes, absl::Time now) {
  EARSHOT_ASSIGN_OR_RETURN(auto database, sqlite::Database::Open(path, {.max_bytes = max_bytes}));
  EARSHOT_ASSIGN_OR_RETURN(std::string id, OpenSchema(database));
  StoreWriter writer(std::move(database), std::move(id));
  EARSHOT_RETURN_IF_ERROR(writer.Prepare());
  EARSHOT_RETURN_IF_ERROR(writer.LoadTopics());
  EARSHOT_RETURN_IF_ERROR(writer.RemoveOldTombstones(now));
  return writer;
}

absl::Status StoreWriter::Prepare() {
  EARSHOT_RETURN_IF_ERROR(PrepareInto(
      database_, "INSERT INTO records (place, time_us, key, value, headers) VALUES (?, ?, ?, ?, ?)", insert_record_));
  EARSHOT_RETURN_IF_ERROR(PrepareInto(database_, "DELETE FROM records WHERE place = ?", delete_record_));
  EARSHOT_RETURN_IF_ERROR(
      PrepareInto(database_, "SELECT offset FROM latest WHERE partition = ? AND key = ?", find_latest_));
  EARSHOT_RETURN_IF_ERROR(
      PrepareInto(database_, "INSERT INTO latest VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET offset = excluded.offset",
                  set_latest_));
  return PrepareInto(database_,
                     "INSERT INTO positions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET offset = excluded.offset",
                     set_position_);
}

absl::Status StoreWriter::LoadTopics() {
  EARSHOT_ASSIGN_OR_RETURN(auto select,
                           database_.Prepare("SELECT name, partitions, compacted, first FROM topics ORDER BY first"));
  EARSHOT_ASSIGN_OR_RETURN(auto last, database_.Prepare("SELECT max(place) FROM records WHERE place BETWEEN ? AND ?"));
  while (true) {
    EARSHOT_ASSIGN_OR_RETURN(bool row, select.Step());
    if (!row) return absl::OkStatus();
    StoredTopic topic{.spec = {.name = std::string(select.Text(0)),
                               .partitions = static_cast<int>(select.Int(1)),
                               .compacted = select.Int(2) != 0},
                      .first = select.Int(3)};
    if (topic.first != static_cast<int64_t>(ends_.size()) || topic.spec.partitions < 1) {
      return DataLoss("{}: the table of topics is damaged at {}", database_.path(), topic.spec.name);
    }
    for (int partition = 0; partition < topic.spec.partitions; ++partition) {
      EARSHOT_RETURN_IF_ERROR(last.Start(PlaceOf(topic.Id(partition), 0), PlaceOf(topic.Id(partition), kMaxOffset)));
      EARSHOT_ASSIGN_OR_RETURN(auto place, StepToOptionalInt(last));
      ends_.push_back(place ? OffsetOf(*place) + 1 : 0);
    }
    topics_.push_back(std::move(topic));
  }
}

absl::Status StoreWriter::RemoveOldTombstones(absl::Time now) {
  // The last record of a partition stays in any case: it tells where the partition ends.
  EARSHOT_ASSIGN_OR_RETURN(
      auto forget, database_.Prepare("DELETE FROM latest WHERE partition = ?1 AND offset IN (SELECT place - ?2 FROM "
                                     "records WHERE place >= ?2 AND place < ?3 AND value IS NULL AND time_us < ?4)"));
  EARSHOT_ASSIGN_OR_RETURN(auto remove,
                           database_.Prepare("DELETE FROM records WHERE place >= ? AND place < ? AND value "
                                             "IS NULL AND time_us < ?"));
  const int64_t before = absl::ToUnixMicros(now - kTombstoneAge);
  EARSHOT_ASSIGN_OR_RETURN(auto transaction, sqlite::Transaction::Begin(database_));
  for (const StoredTopic& topic : topics_) {
    for (int partition = 0; topic.spec.compacted && partition < topic.spec.partitions; ++partition) {
      const PartitionId id = topic.Id(partition);
      const int64_t begin = PlaceOf(id, 0);
      const int64_t last = PlaceOf(id, std::max<int64_t>(0, ends_[static_cast<size_t>(id)] - 1));
      EARSHOT_RETURN_IF_ERROR(forget.Run(id, begin, last, before));
      EARSHOT_RETURN_IF_ERROR(remove.Run(begin, last, before));
    }
  }
  return transaction.Commit();
}

absl::StatusOr<StoredTopic> StoreWriter::CreateTopic(const TopicSpec& spec) {
  StoredTopic topic{.spec = spec, .first = static_cast<int64_t>(ends_.size())};
  EARSHOT_ASSIGN_OR_RETURN(auto insert, database_.Prepare("INSERT INTO topics VALUES (?, ?, ?, ?)"));
  EARSHOT_RETURN_IF_ERROR(insert.Run(spec.name, spec.partitions, spec.compacted, topic.first));
  ends_.resize(ends_.size() + static_cast<size_t>(spec.partitions), 0);
  topics_.push_back(topic);
  return topic;
}

absl::Status StoreWriter::Begin() {
  ends_before_ = ends_;
  EARSHOT_ASSIGN_OR_RETURN(auto transaction, sqlite::Transaction::Begin(database_));
  transaction_.emplace(std::move(transaction));
  return absl::OkStatus();
}

absl::StatusOr<int64_t> StoreWriter::Append(PartitionId partition, bool compacted, const OutgoingRecord& record,
                                            absl::Time time) {
  int64_t& end = ends_[static_cast<size_t>(partition)];
  const int64_t offset = end;
  const std::string headers = EncodeHeaders(record.headers);
  EARSHOT_RETURN_IF_ERROR(insert_record_->Run(PlaceOf(partition, offset), absl::ToUnixMicros(time),
                                              sqlite::OptionalBlob{record.key}, sqlite::OptionalBlob{record.value},
                                              sqlite::Blob{headers}));
  if (compacted) EARSHOT_RETURN_IF_ERROR(Supersede(partition, record.key.value(), offset));
  ++end;
  return offset;
}

absl::Status StoreWriter::Supersede(PartitionId partition, std::string_view key, int64_t offset) {
  EARSHOT_RETURN_IF_ERROR(find_latest_->Start(partition, sqlite::Blob{key}));
  EARSHOT_ASSIGN_OR_RETURN(auto superseded, StepToOptionalInt(*find_latest_));
  if (superseded) EARSHOT_RETURN_IF_ERROR(delete_record_->Run(PlaceOf(partition, *superseded)));
  return set_latest_->Run(partition, sqlite::Blob{key}, offset);
}

absl::Status StoreWriter::SetPosition(const std::string& group, PartitionId partition, int64_t offset) {
  return set_position_->Run(group, partition, offset);
}

absl::Status StoreWriter::Commit() {
  absl::Status status = transaction_->Commit();
  if (!status.ok()) ends_ = ends_before_;
  transaction_.reset();
  return status;
}

void StoreWriter::Rollback() {
  ends_ = ends_before_;
  transaction_.reset();
}

absl::StatusOr<StoreReader> StoreReader::Open(const std::string& path) {
  EARSHOT_ASSIGN_OR_RETURN(auto database, sqlite::Database::Open(path, {.query_only = true}));
  StoreReader reader(std::move(database));
  EARSHOT_RETURN_IF_ERROR(reader.Prepare());
  return reader;
}

absl::Status StoreReader::Prepare() {
  EARSHOT_RETURN_IF_ERROR(PrepareInto(database_,
                                      "SELECT place, time_us, key, value, headers FROM records "
                                      "WHERE place >= ? AND place < ? ORDER BY place LIMIT ?",
                                      read_));
  EARSHOT_RETURN_IF_ERROR(PrepareInto(database_, "SELECT min(place) FROM records WHERE place BETWEEN ? AND ?", first_));
  return PrepareInto(database_, "SELECT offset FROM positions WHERE consumer_group = ? AND partition = ?", position_);
}

absl::StatusOr<int64_t> StoreReader::Read(const TopicPartition& name, PartitionId partition, OffsetRange range,
                                          size_t limit, int64_t& bytes, std::vector<Record>& records) {
  EARSHOT_RETURN_IF_ERROR(read_->Start(PlaceOf(partition, range.begin), PlaceOf(partition, range.end), limit));
  int64_t next = range.begin;
  for (size_t count = 0; count < limit && bytes > 0; ++count) {
    EARSHOT_ASSIGN_OR_RETURN(bool row, read_->Step());
    if (!row) return range.end;
    Record record{.topic = name.topic, .partition = name.partition, .offset = OffsetOf(read_->Int(0))};
    record.time = absl::FromUnixMicros(read_->Int(1));
    record.key = read_->OptionalBytes(2);
    record.value = read_->OptionalBytes(3);
    EARSHOT_ASSIGN_OR_RETURN(record.headers, DecodeHeaders(read_->Text(4)));
    bytes -= static_cast<int64_t>(read_->Text(2).size() + read_->Text(3).size() + read_->Text(4).size()) + 1;
    next = record.offset + 1;
    records.push_back(std::move(record));
  }
  read_->Reset();
  return next;
}

absl::StatusOr<std::optional<int64_t>> StoreReader::First(PartitionId partition) {
  EARSHOT_RETURN_IF_ERROR(first_->Start(PlaceOf(partition, 0), PlaceOf(partition, kMaxOffset)));
  EARSHOT_ASSIGN_OR_RETURN(auto place, StepToOptionalInt(*first_));
  if (!place) return std::nullopt;
  return OffsetOf(*place);
}

absl::StatusOr<std::optional<int64_t>> StoreReader::CommittedPosition(const std::string& group, PartitionId partition) {
  EARSHOT_RETURN_IF_ERROR(position_->Start(group, partition));
  return StepToOptionalInt(*position_);
}

}  // namespace earshot::eventlog
