#include "common/eventlog/embedded/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "common/base/status.h"

namespace earshot::eventlog {
namespace {

std::string LockHolder(int descriptor) {
  char text[32] = {};
  const ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
  std::string pid(text, size > 0 ? static_cast<size_t>(size) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  if (pid.empty()) return "another process";
  return pid == fmt::format("{}", getpid()) ? "this very process" : "process " + pid;
}

}  // namespace

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) {
  const std::string lock_path = path + ".lock";
  const int descriptor = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return Unavailable("cannot open {}: {}", lock_path, std::strerror(errno));
  FileLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return Unavailable("{} is in use by {} (lock file {}): one process a file; stop it or choose another path", path,
                       LockHolder(descriptor), lock_path);
  }
  const std::string pid = fmt::format("{}\n", getpid());
  if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
    return Unavailable("cannot write {}: {}", lock_path, std::strerror(errno));
  }
  return lock;
}

FileLock::~FileLock() {
  // The file stays: removing it would let two processes lock two files of one name.
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace earshot::eventlog
