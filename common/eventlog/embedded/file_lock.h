// One process a file: an flock on `<path>.lock`, which holds the number of the process that has it. The system lets go
// of it when the process ends, however it ends.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace earshot::eventlog {

// Holds the lock until destroyed. Movable.
class FileLock {
 public:
  // kUnavailable where somebody has it, this process included, or the lock file cannot be made.
  static absl::StatusOr<FileLock> Take(const std::string& path);

  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace earshot::eventlog
