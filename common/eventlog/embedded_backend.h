// The embedded log in a folder of its own, for tests.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "common/eventlog/embedded_log.h"
#include "gtest/gtest.h"

namespace earshot::eventlog {

// The folder goes with the object.
class TempFolder {
 public:
  TempFolder() {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::path(::testing::TempDir()) /
            ("earshot_log_" + std::to_string(getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string File(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

class EmbeddedBackend {
 public:
  EmbeddedBackend() { Reopen(); }

  EventLog& log() { return *log_; }

  void Reopen() {
    log_.reset();
    log_ = OpenEmbeddedLog({.path = folder_.File("log.db")}).value();
  }

  std::string Topic() { return "topic-" + std::to_string(++topics_); }

 private:
  TempFolder folder_;
  std::unique_ptr<EventLog> log_;
  int topics_ = 0;
};

}  // namespace earshot::eventlog
