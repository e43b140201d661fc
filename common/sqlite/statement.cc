#include "common/sqlite/statement.h"

#include <sqlite3.h>

#include "common/base/status.h"
#include "common/sqlite/error.h"

namespace earshot::sqlite {

void Statement::Finalizer::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

absl::Status Statement::ToStatus(int code) const {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return absl::OkStatus();
  sqlite3* database = sqlite3_db_handle(handle_.get());
  const char* path = sqlite3_db_filename(database, "main");
  return StatusOfCode(sqlite3_extended_errcode(database), database, path != nullptr ? path : "database");
}

absl::Status Statement::BindInt(int index, int64_t value) {
  return ToStatus(sqlite3_bind_int64(handle_.get(), index, value));
}

absl::Status Statement::BindText(int index, std::string_view value) {
  return ToStatus(sqlite3_bind_text64(handle_.get(), index, value.data() != nullptr ? value.data() : "", value.size(),
                                      copy_values_ ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8));
}

absl::Status Statement::BindBlob(int index, std::string_view value) {
  // A null pointer would bind NULL.
  return ToStatus(sqlite3_bind_blob64(handle_.get(), index, value.data() != nullptr ? value.data() : "", value.size(),
                                      copy_values_ ? SQLITE_TRANSIENT : SQLITE_STATIC));
}

absl::Status Statement::BindNull(int index) { return ToStatus(sqlite3_bind_null(handle_.get(), index)); }

absl::Status Statement::RunToEnd(absl::Status bound) {
  int code = SQLITE_ROW;
  while (bound.ok() && code == SQLITE_ROW) code = sqlite3_step(handle_.get());
  absl::Status status = bound.ok() ? ToStatus(code) : std::move(bound);
  Reset();
  sqlite3_clear_bindings(handle_.get());  // they point to the caller's values
  return status;
}

absl::StatusOr<bool> Statement::Step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  absl::Status status = ToStatus(code);
  Reset();
  if (!status.ok()) return status;
  return false;
}

void Statement::Reset() { sqlite3_reset(handle_.get()); }

int64_t Statement::Int(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::string_view Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(handle_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

bool Statement::IsNull(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }

std::optional<std::string> Statement::OptionalBytes(int column) const {
  if (IsNull(column)) return std::nullopt;
  return std::string(Text(column));
}

}  // namespace earshot::sqlite
