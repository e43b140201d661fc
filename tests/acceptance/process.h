// Programs under test: started, read from, waited for, killed. Test code; not thread-safe.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace earshot::acceptance {

struct Finished {
  int exit_code = -1;  // 128 + signal for a killed program
  std::string out;
  std::string err;
};

// Runs to the end, at most `timeout` (then it is killed, and exit_code is 137).
Finished Run(const std::vector<std::string>& argv, absl::Duration timeout = absl::Seconds(60));

// Runs in the background; its output goes to files. Killed when it goes out of scope.
class Process {
 public:
  explicit Process(const std::vector<std::string>& argv, const std::filesystem::path& output);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void Signal(int signal);
  // Exit code, 128 + signal for a killed one; -1 if it still runs after `timeout`.
  int Wait(absl::Duration timeout);
  bool Running();
  std::string Output() const;

 private:
  std::filesystem::path output_;
  pid_t pid_ = -1;
  int exit_code_ = -1;
};

// A folder that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Of the build under test and of the sources (from the environment that ctest sets).
std::filesystem::path EarshotBinary();
std::filesystem::path SourceDir();

// The two sample calls of one company that come with the project, in the order of their quarters.
std::vector<std::filesystem::path> Samples();

// The folder with real calls that stands beside the sources; empty where there is none.
std::filesystem::path SharedDir();

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, std::string_view content);

// A port of 127.0.0.1 that was free a moment ago.
int FreePort();

// True once `condition` holds; false after `timeout`.
bool Await(const std::function<bool()>& condition, absl::Duration timeout = absl::Seconds(30));

}  // namespace earshot::acceptance
