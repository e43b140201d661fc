#include "common/sqlite/error.h"

#include <sqlite3.h>

#include "common/base/status.h"

namespace earshot::sqlite {

absl::Status StatusOfCode(int code, sqlite3* handle, std::string_view path) {
  const std::string_view text = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_FULL:
      return Unavailable("{}: no space left ({})", path, text);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Unavailable("{}: in use by another process ({})", path, text);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
      return Unavailable("{}: {} (SQLite code {})", path, text, code);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DataLoss("{}: the file is damaged or no database: {} (SQLite code {})", path, text, code);
    case SQLITE_TOOBIG:
      return InvalidArgument("{}: value too large ({})", path, text);
    default:
      return Internal("{}: {} (SQLite code {})", path, text, code);
  }
}

}  // namespace earshot::sqlite
