// SQLite behind one door: a connection, its prepared statements and transactions, with statuses for errors.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto db, Database::Open("data/board.db", {.synchronous = Synchronous::kNormal}));
//   EARSHOT_RETURN_IF_ERROR(db.Execute("CREATE TABLE IF NOT EXISTS alerts (name TEXT PRIMARY KEY, bytes BLOB)"));
//   EARSHOT_ASSIGN_OR_RETURN(auto insert, db.Prepare("INSERT INTO alerts VALUES (?, ?)"));
//   EARSHOT_ASSIGN_OR_RETURN(auto transaction, Transaction::Begin(db));
//   EARSHOT_RETURN_IF_ERROR(insert.Run("alerts/a1", Blob{bytes}));
//   EARSHOT_RETURN_IF_ERROR(transaction.Commit());
//
// Errors name the file: kUnavailable where it may work later (disk full, I/O error, locked, cannot be opened),
// kDataLoss for a damaged file or one that is no database, kInternal for a bug (bad SQL).
// A connection and its statements are used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/sqlite/statement.h"

struct sqlite3;

namespace earshot::sqlite {

enum class Synchronous {
  kNormal,  // a crash of the process loses nothing, one of the machine may lose the last transactions
  kFull,    // durable when Commit returns
};

struct OpenOptions {
  Synchronous synchronous = Synchronous::kFull;
  // Refuses every write.
  bool query_only = false;
  // Writes that would make the file larger fail with kUnavailable; 0 for no limit.
  int64_t max_bytes = 0;
};

// A connection in WAL mode. Movable; outlives its statements.
class Database {
 public:
  // Creates the file where it is missing; its folder must exist.
  static absl::StatusOr<Database> Open(const std::string& path, const OpenOptions& options = {});

  // One or more statements without values.
  absl::Status Execute(const std::string& sql);

  // One statement with `?` for values.
  absl::StatusOr<Statement> Prepare(std::string_view sql);

  // First column of the first row of a statement without values, such as `PRAGMA user_version`.
  absl::StatusOr<int64_t> QueryInt(std::string_view sql);

  // Rows that the last statement changed.
  int64_t Changes() const;

  const std::string& path() const { return path_; }

 private:
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  Database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}

  std::string path_;
  std::unique_ptr<sqlite3, Closer> handle_;
};

// Rolls back unless committed. The database must not be moved meanwhile.
class Transaction {
 public:
  // Takes the write lock at once.
  static absl::StatusOr<Transaction> Begin(Database& database);

  Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // After an error everything in the transaction is undone.
  absl::Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;
};

}  // namespace earshot::sqlite
