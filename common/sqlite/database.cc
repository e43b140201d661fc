#include "common/sqlite/database.h"

#include <sqlite3.h>

#include <algorithm>

#include "common/base/status.h"
#include "common/sqlite/error.h"

namespace earshot::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 5000;

std::string SetUpScript(const OpenOptions& options, int64_t page_bytes) {
  std::string script = fmt::format("PRAGMA journal_mode = WAL; PRAGMA synchronous = {};",
                                   options.synchronous == Synchronous::kFull ? "FULL" : "NORMAL");
  if (options.query_only) script += " PRAGMA query_only = ON;";
  if (options.max_bytes > 0) {
    script += fmt::format(" PRAGMA max_page_count = {};", std::max<int64_t>(1, options.max_bytes / page_bytes));
  }
  return script;
}

}  // namespace

void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

absl::StatusOr<Database> Database::Open(const std::string& path, const OpenOptions& options) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Database database(path, handle);
  if (code != SQLITE_OK) return StatusOfCode(code, handle, path);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  EARSHOT_ASSIGN_OR_RETURN(int64_t page_bytes, database.QueryInt("PRAGMA page_size"));
  EARSHOT_RETURN_IF_ERROR(database.Execute(SetUpScript(options, page_bytes)));
  return database;
}

absl::Status Database::Execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return StatusOfCode(code, handle_.get(), path_);
}

absl::StatusOr<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return StatusOfCode(code, handle_.get(), path_);
  return Statement(statement);
}

absl::StatusOr<int64_t> Database::QueryInt(std::string_view sql) {
  EARSHOT_ASSIGN_OR_RETURN(Statement statement, Prepare(sql));
  EARSHOT_ASSIGN_OR_RETURN(bool row, statement.Step());
  if (!row) return Internal("{}: no row: {}", path_, sql);
  return statement.Int(0);
}

int64_t Database::Changes() const { return sqlite3_changes64(handle_.get()); }

absl::StatusOr<Transaction> Transaction::Begin(Database& database) {
  EARSHOT_RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // SQLite may have rolled back by itself; then this fails and means nothing.
  if (database_ != nullptr) database_->Execute("ROLLBACK").IgnoreError();
}

absl::Status Transaction::Commit() {
  EARSHOT_RETURN_IF_ERROR(database_->Execute("COMMIT"));
  database_ = nullptr;
  return absl::OkStatus();
}

}  // namespace earshot::sqlite
