// Files that a command is given.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace earshot::cli {

// All bytes. NOT_FOUND or INVALID_ARGUMENT with the path and why:
// missing, a folder, no permission.
absl::StatusOr<std::string> ReadInputFile(const std::string& path);

// Writes all of it or says why not; what was there is replaced.
absl::Status WriteOutputFile(const std::string& path, const std::string& content);

// Where what comes with Earshot lies: `catalog`, `rules`. $EARSHOT_CONFIG_DIR/NAME where that is set; else
// `deploy/config/NAME` or `share/earshot/NAME` in a folder above the program. NOT_FOUND names what was looked at.
absl::StatusOr<std::string> FindConfigDir(const std::string& name);

// `given` where it is not empty, else FindConfigDir(name).
absl::StatusOr<std::string> ConfigDirOr(const std::string& given, const std::string& name);

}  // namespace earshot::cli
