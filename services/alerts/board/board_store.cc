#include "services/alerts/board/board_store.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "common/base/status.h"
#include "common/wire/identity.h"

namespace earshot::alerts {
namespace {

constexpr int64_t kBoardVersion = 1;

constexpr std::string_view kBoardSchema = R"sql(
  CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
  CREATE TABLE changes (sequence INTEGER PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL,
                        revision INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE UNIQUE INDEX changes_by_identity ON changes (name, revision);
  CREATE TABLE alerts (first_sequence INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                       last_sequence INTEGER NOT NULL);
  INSERT INTO meta VALUES ('next_offset', 0);)sql";

absl::Status PrepareBoardStatement(sqlite::Database& database, std::string_view sql,
                                   std::optional<sqlite::Statement>& into) {
  EARSHOT_ASSIGN_OR_RETURN(into, database.Prepare(sql));
  return absl::OkStatus();
}

// What tells one content from another: neither times nor trace context are part of it.
std::string ContentOf(v1::Alert alert) {
  alert.clear_times();
  alert.clear_traceparent();
  return wire::DeterministicBytes(alert);
}

absl::StatusOr<v1::Alert> ParseAlert(std::string_view bytes) {
  v1::Alert alert;
  if (!alert.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return DataLoss("the read model holds bytes that are no alert: delete its file, it is made anew from the log");
  }
  return alert;
}

absl::Status CreateFolderOf(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) return Unavailable("cannot create folder {}: {}", folder.string(), error.message());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BoardWriter> BoardWriter::Open(const std::string& path, std::string_view log_id) {
  if (!std::filesystem::exists(path)) return Rebuild(path, log_id);
  auto existing = OpenExisting(path, log_id);
  if (existing.ok() || absl::IsUnavailable(existing.status())) return existing;
  return Rebuild(path, log_id);
}

absl::StatusOr<BoardWriter> BoardWriter::OpenExisting(const std::string& path, std::string_view log_id) {
  EARSHOT_ASSIGN_OR_RETURN(auto database, sqlite::Database::Open(path, {.synchronous = sqlite::Synchronous::kNormal}));
  EARSHOT_ASSIGN_OR_RETURN(int64_t version, database.QueryInt("PRAGMA user_version"));
  if (version != kBoardVersion) return FailedPrecondition("{}: version {}", path, version);
  EARSHOT_ASSIGN_OR_RETURN(auto select, database.Prepare("SELECT value FROM meta WHERE key = 'log_id'"));
  EARSHOT_ASSIGN_OR_RETURN(bool row, select.Step());
  if (!row || select.Text(0) != log_id) return FailedPrecondition("{}: of another log", path);
  select.Reset();
  BoardWriter writer(std::move(database));
  EARSHOT_RETURN_IF_ERROR(writer.Prepare());
  EARSHOT_RETURN_IF_ERROR(writer.LoadPlace());
  return writer;
}

absl::StatusOr<BoardWriter> BoardWriter::Rebuild(const std::string& path, std::string_view log_id) {
  EARSHOT_RETURN_IF_ERROR(CreateFolderOf(path));
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code error;
    std::filesystem::remove(path + suffix, error);
    if (error) return Unavailable("cannot remove {}{}: {}", path, suffix, error.message());
  }
  EARSHOT_ASSIGN_OR_RETURN(auto database, sqlite::Database::Open(path, {.synchronous = sqlite::Synchronous::kNormal}));
  {
    EARSHOT_ASSIGN_OR_RETURN(auto transaction, sqlite::Transaction::Begin(database));
    EARSHOT_RETURN_IF_ERROR(database.Execute(std::string(kBoardSchema)));
    EARSHOT_RETURN_IF_ERROR(database.Execute(fmt::format("PRAGMA user_version = {}", kBoardVersion)));
    EARSHOT_ASSIGN_OR_RETURN(auto insert, database.Prepare("INSERT INTO meta VALUES ('log_id', ?)"));
    EARSHOT_RETURN_IF_ERROR(insert.Run(log_id));
    EARSHOT_RETURN_IF_ERROR(transaction.Commit());
  }
  BoardWriter writer(std::move(database));
  EARSHOT_RETURN_IF_ERROR(writer.Prepare());
  return writer;
}

absl::Status BoardWriter::Prepare() {
  EARSHOT_RETURN_IF_ERROR(
      PrepareBoardStatement(database_, "SELECT bytes FROM changes WHERE name = ? AND revision = ?", find_change_));
  EARSHOT_RETURN_IF_ERROR(PrepareBoardStatement(
      database_, "SELECT coalesce(max(revision), 0) FROM changes WHERE name = ?", highest_revision_));
  EARSHOT_RETURN_IF_ERROR(
      PrepareBoardStatement(database_, "INSERT INTO changes VALUES (?, ?, ?, ?, ?)", insert_change_));
  EARSHOT_RETURN_IF_ERROR(PrepareBoardStatement(database_,
                                                "INSERT INTO alerts VALUES (?1, ?2, ?1) ON CONFLICT (name) DO UPDATE "
                                                "SET last_sequence = excluded.last_sequence",
                                                set_alert_));
  return PrepareBoardStatement(database_, "UPDATE meta SET value = ? WHERE key = 'next_offset'", set_offset_);
}

absl::Status BoardWriter::LoadPlace() {
  EARSHOT_ASSIGN_OR_RETURN(next_offset_, database_.QueryInt("SELECT value FROM meta WHERE key = 'next_offset'"));
  EARSHOT_ASSIGN_OR_RETURN(last_.sequence, database_.QueryInt("SELECT coalesce(max(sequence), 0) FROM changes"));
  EARSHOT_ASSIGN_OR_RETURN(last_.position, database_.QueryInt("SELECT coalesce(max(position), -1) FROM changes"));
  return absl::OkStatus();
}

absl::StatusOr<BoardWriter::Applied> BoardWriter::Apply(std::vector<IncomingAlert> alerts, int64_t next_offset) {
  EARSHOT_ASSIGN_OR_RETURN(auto transaction, sqlite::Transaction::Begin(database_));
  Applied applied;
  StreamPlace last = last_;
  for (IncomingAlert& incoming : alerts) {
    EARSHOT_ASSIGN_OR_RETURN(const Outcome outcome, Judge(incoming.alert));
    applied.outcomes.push_back(outcome);
    if (outcome != Outcome::kTaken) continue;
    last = {last.sequence + 1, incoming.position};
    auto change = std::make_shared<Change>(
        Change{.sequence = last.sequence, .position = last.position, .alert = std::move(incoming.alert)});
    EARSHOT_RETURN_IF_ERROR(Insert(*change));
    applied.changes.push_back(std::move(change));
  }
  EARSHOT_RETURN_IF_ERROR(set_offset_->Run(next_offset));
  EARSHOT_RETURN_IF_ERROR(transaction.Commit());
  next_offset_ = next_offset;
  last_ = last;
  return applied;
}

absl::StatusOr<Outcome> BoardWriter::Judge(const v1::Alert& alert) {
  EARSHOT_RETURN_IF_ERROR(find_change_->Start(alert.name(), alert.revision()));
  EARSHOT_ASSIGN_OR_RETURN(const bool known, find_change_->Step());
  if (known) {
    EARSHOT_ASSIGN_OR_RETURN(const v1::Alert first, ParseAlert(find_change_->Text(0)));
    find_change_->Reset();
    return ContentOf(first) == ContentOf(alert) ? Outcome::kDuplicate : Outcome::kConflict;
  }
  EARSHOT_RETURN_IF_ERROR(highest_revision_->Start(alert.name()));
  EARSHOT_RETURN_IF_ERROR(highest_revision_->Step().status());
  const bool stale = highest_revision_->Int(0) > alert.revision();
  highest_revision_->Reset();
  return stale ? Outcome::kStale : Outcome::kTaken;
}

absl::Status BoardWriter::Insert(const Change& change) {
  const std::string bytes = change.alert.SerializeAsString();
  EARSHOT_RETURN_IF_ERROR(insert_change_->Run(change.sequence, change.position, change.alert.name(),
                                              change.alert.revision(), sqlite::Blob{bytes}));
  return set_alert_->Run(change.sequence, change.alert.name());
}

absl::StatusOr<BoardReader> BoardReader::Open(const std::string& path) {
  EARSHOT_ASSIGN_OR_RETURN(
      auto database, sqlite::Database::Open(path, {.synchronous = sqlite::Synchronous::kNormal, .query_only = true}));
  BoardReader reader(std::move(database));
  EARSHOT_RETURN_IF_ERROR(reader.Prepare());
  return reader;
}

absl::Status BoardReader::Prepare() {
  EARSHOT_RETURN_IF_ERROR(PrepareBoardStatement(
      database_, "SELECT sequence, position, bytes FROM changes WHERE sequence >= ? ORDER BY sequence LIMIT ?",
      changes_));
  EARSHOT_RETURN_IF_ERROR(
      PrepareBoardStatement(database_, "SELECT position FROM changes WHERE sequence = ?", position_));
  EARSHOT_RETURN_IF_ERROR(PrepareBoardStatement(database_,
                                                "SELECT first_sequence, bytes FROM alerts JOIN changes ON sequence = "
                                                "last_sequence WHERE first_sequence < ? ORDER BY first_sequence DESC "
                                                "LIMIT ?",
                                                alerts_));
  return PrepareBoardStatement(
      database_, "SELECT bytes FROM alerts JOIN changes ON sequence = last_sequence WHERE alerts.name = ?", find_);
}

absl::StatusOr<std::vector<ChangePtr>> BoardReader::ChangesFrom(int64_t sequence, size_t limit) {
  EARSHOT_RETURN_IF_ERROR(changes_->Start(sequence, limit));
  std::vector<ChangePtr> changes;
  while (true) {
    EARSHOT_ASSIGN_OR_RETURN(const bool row, changes_->Step());
    if (!row) return changes;
    auto change = std::make_shared<Change>(Change{.sequence = changes_->Int(0), .position = changes_->Int(1)});
    EARSHOT_ASSIGN_OR_RETURN(change->alert, ParseAlert(changes_->Text(2)));
    changes.push_back(std::move(change));
  }
}

absl::StatusOr<std::optional<int64_t>> BoardReader::PositionOf(int64_t sequence) {
  EARSHOT_RETURN_IF_ERROR(position_->Start(sequence));
  EARSHOT_ASSIGN_OR_RETURN(const bool row, position_->Step());
  if (!row) return std::nullopt;
  const int64_t position = position_->Int(0);
  position_->Reset();
  return position;
}

absl::StatusOr<std::vector<BoardReader::Listed>> BoardReader::AlertsBefore(int64_t before, size_t limit) {
  EARSHOT_RETURN_IF_ERROR(alerts_->Start(before, limit));
  std::vector<Listed> listed;
  while (true) {
    EARSHOT_ASSIGN_OR_RETURN(const bool row, alerts_->Step());
    if (!row) return listed;
    EARSHOT_ASSIGN_OR_RETURN(v1::Alert alert, ParseAlert(alerts_->Text(1)));
    listed.push_back({.first_sequence = alerts_->Int(0), .alert = std::move(alert)});
  }
}

absl::StatusOr<std::optional<v1::Alert>> BoardReader::Find(std::string_view name) {
  EARSHOT_RETURN_IF_ERROR(find_->Start(name));
  EARSHOT_ASSIGN_OR_RETURN(const bool row, find_->Step());
  if (!row) return std::nullopt;
  auto alert = ParseAlert(find_->Text(0));
  find_->Reset();
  if (!alert.ok()) return alert.status();
  return *std::move(alert);
}

}  // namespace earshot::alerts
