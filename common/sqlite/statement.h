// A prepared statement. Values go in by position and come out by column; they are never part of the SQL.
//
//   auto select = db.Prepare("SELECT name, bytes FROM alerts WHERE sequence > ? ORDER BY sequence").value();
//   EARSHOT_RETURN_IF_ERROR(select.Start(12));
//   while (true) {
//     EARSHOT_ASSIGN_OR_RETURN(bool row, select.Step());
//     if (!row) break;
//     Use(select.Text(0), select.Text(1));
//   }
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3_stmt;

namespace earshot::sqlite {

// Bytes, where a plain string is text.
struct Blob {
  std::string_view bytes;
};

// Bytes or NULL. Borrows.
struct OptionalBlob {
  const std::optional<std::string>& bytes;
};

// Movable. Used by one thread at a time; must not outlive its database.
class Statement {
 public:
  // Binds the values, runs to the end and resets.
  template <typename... Values>
  absl::Status Run(const Values&... values) {
    Reset();
    int index = 0;
    absl::Status status;
    (BindNext(++index, values, status), ...);
    return RunToEnd(std::move(status));
  }

  // Binds the values, which are copied; Step gives the rows.
  template <typename... Values>
  absl::Status Start(const Values&... values) {
    Reset();
    int index = 0;
    absl::Status status;
    copy_values_ = true;
    (BindNext(++index, values, status), ...);
    copy_values_ = false;
    return status;
  }

  // True while there is a row. After the last one, and after an error, the statement is reset: it holds no lock.
  absl::StatusOr<bool> Step();

  // Ends a scan early and lets go of what it locks and holds.
  void Reset();

  // Columns of the row, from 0. Text and bytes are valid until the next Step, Start, Run or Reset.
  int64_t Int(int column) const;
  std::string_view Text(int column) const;
  bool IsNull(int column) const;
  std::optional<std::string> OptionalBytes(int column) const;

 private:
  friend class Database;
  struct Finalizer {
    void operator()(sqlite3_stmt* handle) const;
  };
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  template <typename Value>
  void BindNext(int index, const Value& value, absl::Status& status) {
    if (!status.ok()) return;
    if constexpr (std::integral<Value>) {
      status = BindInt(index, static_cast<int64_t>(value));
    } else if constexpr (std::same_as<Value, Blob>) {
      status = BindBlob(index, value.bytes);
    } else if constexpr (std::same_as<Value, OptionalBlob>) {
      status = value.bytes.has_value() ? BindBlob(index, *value.bytes) : BindNull(index);
    } else {
      status = BindText(index, std::string_view(value));
    }
  }

  absl::Status BindInt(int index, int64_t value);
  absl::Status BindText(int index, std::string_view value);
  absl::Status BindBlob(int index, std::string_view value);
  absl::Status BindNull(int index);
  absl::Status RunToEnd(absl::Status bound);
  absl::Status ToStatus(int code) const;

  std::unique_ptr<sqlite3_stmt, Finalizer> handle_;
  bool copy_values_ = false;
};

}  // namespace earshot::sqlite
