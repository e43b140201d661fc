#include "common/eventlog/embedded/schema.h"

#include "common/base/status.h"

namespace earshot::eventlog {
namespace {

constexpr int64_t kApplicationId = 0x45734C67;  // "EsLg"

// Ids and versions are constants of this file, never input.
std::string CreationScript() {
  return fmt::format(R"sql(
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE topics (name TEXT PRIMARY KEY, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL,
                         first INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE records (place INTEGER PRIMARY KEY, time_us INTEGER NOT NULL, key BLOB, value BLOB,
                          headers BLOB NOT NULL);
    CREATE TABLE latest (partition INTEGER NOT NULL, key BLOB NOT NULL, offset INTEGER NOT NULL,
                         PRIMARY KEY (partition, key)) WITHOUT ROWID;
    CREATE TABLE positions (consumer_group TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
                            PRIMARY KEY (consumer_group, partition)) WITHOUT ROWID;
    INSERT INTO meta VALUES ('id', lower(hex(randomblob(16))));
    PRAGMA application_id = {};
    PRAGMA user_version = {};)sql",
                     kApplicationId, kSchemaVersion);
}

absl::Status CreateSchema(sqlite::Database& database) {
  EARSHOT_ASSIGN_OR_RETURN(auto transaction, sqlite::Transaction::Begin(database));
  EARSHOT_RETURN_IF_ERROR(database.Execute(CreationScript()));
  return transaction.Commit();
}

}  // namespace

absl::StatusOr<std::string> OpenSchema(sqlite::Database& database) {
  EARSHOT_ASSIGN_OR_RETURN(int64_t tables, database.QueryInt("SELECT count(*) FROM sqlite_schema"));
  if (tables == 0) EARSHOT_RETURN_IF_ERROR(CreateSchema(database));
  EARSHOT_ASSIGN_OR_RETURN(int64_t application, database.QueryInt("PRAGMA application_id"));
  if (application != kApplicationId) {
    return InvalidArgument("{} is a database, but no event log of Earshot: choose another path", database.path());
  }
  EARSHOT_ASSIGN_OR_RETURN(int64_t version, database.QueryInt("PRAGMA user_version"));
  if (version > kSchemaVersion) {
    return FailedPrecondition(
        "{} was written by a newer version of Earshot (schema {}, this one reads {}): use that version, or another "
        "path",
        database.path(), version, kSchemaVersion);
  }
  EARSHOT_ASSIGN_OR_RETURN(auto select, database.Prepare("SELECT value FROM meta WHERE key = 'id'"));
  EARSHOT_ASSIGN_OR_RETURN(bool row, select.Step());
  if (!row) return DataLoss("{}: the log has no id", database.path());
  return std::string(select.Text(0));
}

}  // namespace earshot::eventlog
