// Does something again and again in a thread of its own, until it goes.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/time/time.h"

namespace earshot::cli {

class Ticker {
 public:
  // First after `interval`, then `interval` after each time.
  Ticker(absl::Duration interval, std::function<void()> tick);
  // Waits for the tick that runs.
  ~Ticker();

 private:
  void Run();

  const absl::Duration interval_;
  const std::function<void()> tick_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace earshot::cli
