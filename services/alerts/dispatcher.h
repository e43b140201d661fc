// Runs the streams: a few threads, each with its own streams, so that a stream is run by one thread at a time and its
// own state needs no lock. A stream says when it wants to be run again at the latest.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

namespace earshot::alerts {

// Does not go back when the wall clock is set.
using SteadyTime = std::chrono::steady_clock::time_point;
inline constexpr SteadyTime kNever = SteadyTime::max();

class Task {
 public:
  virtual ~Task() = default;

  // Must not block for long. Gives the time by which it wants to be run again; a time that is past: after the others.
  virtual SteadyTime Run(SteadyTime now) = 0;
};

// Thread-safe.
class Dispatcher {
 public:
  explicit Dispatcher(int threads);
  // Tasks are not run any more once this has begun.
  ~Dispatcher();

  // Runs it soon, and keeps it until it is removed.
  void Add(std::shared_ptr<Task> task);
  // It may be running at this moment, but is not begun any more.
  void Remove(Task* task);

  // Runs the task soon; nothing where it is not there.
  void Schedule(Task* task);
  void ScheduleAll();

 private:
  class Worker;

  Worker& WorkerOf(const Task* task);

  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace earshot::alerts
