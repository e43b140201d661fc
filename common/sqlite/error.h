// SQLite's result codes as statuses. Internal to common/sqlite.
#pragma once

#include <string_view>

#include "absl/status/status.h"

struct sqlite3;

namespace earshot::sqlite {

// Of the last call on `handle`, which returned `code` (an extended one).
absl::Status StatusOfCode(int code, sqlite3* handle, std::string_view path);

}  // namespace earshot::sqlite
