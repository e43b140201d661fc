// Threads for work that may wait for the log, which the threads of gRPC must not.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace earshot::ingest {

// Thread-safe.
class WorkerPool {
 public:
  explicit WorkerPool(int threads);
  // Stops.
  ~WorkerPool();

  // False, and nothing is done, after Stop.
  bool Post(std::function<void()> work);

  // Does what was posted, then ends the threads. Not from one of them. Idempotent.
  void Stop();

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace earshot::ingest
