// The file of the read model: SQLite, and nothing in it that the log does not hold.
//
//   meta     key, value                                  `log_id`, `next_offset`
//   changes  sequence, position, name, revision, bytes   every change, `bytes` being the Alert
//   alerts   first_sequence, name, last_sequence         each alert: its first and its latest change
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/sqlite/database.h"
#include "services/alerts/board/change.h"
#include "services/alerts/board/token.h"

namespace earshot::alerts {

// The connection that writes. For one thread at a time.
class BoardWriter {
 public:
  // Opens the file, or makes it anew where it is missing, damaged, of another version or of another log. kUnavailable
  // where it can be neither.
  static absl::StatusOr<BoardWriter> Open(const std::string& path, std::string_view log_id);

  // Throws away what there is and begins anew.
  static absl::StatusOr<BoardWriter> Rebuild(const std::string& path, std::string_view log_id);

  // Where to go on reading the log.
  int64_t next_offset() const { return next_offset_; }
  // The last change.
  StreamPlace last() const { return last_; }

  struct Applied {
    std::vector<Outcome> outcomes;   // one for each record
    std::vector<ChangePtr> changes;  // of those taken
  };
  // All or nothing, in one transaction with the position in the log.
  absl::StatusOr<Applied> Apply(std::vector<IncomingAlert> alerts, int64_t next_offset);

 private:
  explicit BoardWriter(sqlite::Database database) : database_(std::move(database)) {}

  static absl::StatusOr<BoardWriter> OpenExisting(const std::string& path, std::string_view log_id);
  absl::Status Prepare();
  absl::Status LoadPlace();
  absl::StatusOr<Outcome> Judge(const v1::Alert& alert);
  absl::Status Insert(const Change& change);

  sqlite::Database database_;
  int64_t next_offset_ = 0;
  StreamPlace last_;
  std::optional<sqlite::Statement> find_change_, highest_revision_, insert_change_, set_alert_, set_offset_;
};

// A connection that reads. For one thread at a time.
class BoardReader {
 public:
  static absl::StatusOr<BoardReader> Open(const std::string& path);

  // Changes from `sequence` on, in order, at most `limit`.
  absl::StatusOr<std::vector<ChangePtr>> ChangesFrom(int64_t sequence, size_t limit);

  // Position of a change in the log.
  absl::StatusOr<std::optional<int64_t>> PositionOf(int64_t sequence);

  struct Listed {
    int64_t first_sequence = 0;
    v1::Alert alert;
  };
  // Alerts as they are now, the newest first, that were new before the change `before`.
  absl::StatusOr<std::vector<Listed>> AlertsBefore(int64_t before, size_t limit);

  absl::StatusOr<std::optional<v1::Alert>> Find(std::string_view name);

 private:
  explicit BoardReader(sqlite::Database database) : database_(std::move(database)) {}

  absl::Status Prepare();

  sqlite::Database database_;
  std::optional<sqlite::Statement> changes_, position_, alerts_, find_;
};

}  // namespace earshot::alerts
