#include "services/alerts/dispatcher.h"

#include <utility>

namespace earshot::alerts {

class Dispatcher::Worker {
 public:
  Worker() : thread_([this] { RunTasks(); }) {}

  ~Worker() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  void Add(std::shared_ptr<Task> task) {
    Task* key = task.get();
    {
      std::lock_guard lock(mutex_);
      tasks_[key] = {.task = std::move(task), .due = SteadyTime::min()};
      due_.emplace(SteadyTime::min(), key);
    }
    changed_.notify_one();
  }

  void Remove(Task* task) {
    std::shared_ptr<Task> removed;  // destroyed outside the lock
    std::lock_guard lock(mutex_);
    const auto found = tasks_.find(task);
    if (found == tasks_.end()) return;
    due_.erase({found->second.due, task});
    removed = std::move(found->second.task);
    tasks_.erase(found);
  }

  void Schedule(Task* task) {
    {
      std::lock_guard lock(mutex_);
      const auto found = tasks_.find(task);
      if (found == tasks_.end()) return;
      SetDue(task, found->second, SteadyTime::min());
    }
    changed_.notify_one();
  }

  void ScheduleAll() {
    {
      std::lock_guard lock(mutex_);
      for (auto& [task, entry] : tasks_) SetDue(task, entry, SteadyTime::min());
    }
    changed_.notify_one();
  }

 private:
  struct Entry {
    std::shared_ptr<Task> task;
    SteadyTime due;
  };

  void SetDue(Task* task, Entry& entry, SteadyTime due) {
    if (entry.due == due) return;
    due_.erase({entry.due, task});
    entry.due = due;
    due_.emplace(due, task);
  }

  void RunTasks() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const SteadyTime now = std::chrono::steady_clock::now();
      if (due_.empty() || due_.begin()->first == kNever) {
        changed_.wait(lock);
      } else if (due_.begin()->first > now) {
        const SteadyTime next = due_.begin()->first;  // a copy: the entry may go while this waits
        changed_.wait_until(lock, next);
      } else {
        RunOne(lock, due_.begin()->second, now);
      }
    }
  }

  void RunOne(std::unique_lock<std::mutex>& lock, Task* key, SteadyTime now) {
    Entry& entry = tasks_.at(key);
    SetDue(key, entry, kNever);  // so that a Schedule while it runs is seen
    std::shared_ptr<Task> task = entry.task;
    lock.unlock();
    // Never earlier than now: those that wait already come first.
    const SteadyTime again = std::max(task->Run(now), now);
    task.reset();
    lock.lock();
    const auto found = tasks_.find(key);
    if (found != tasks_.end() && again < found->second.due) SetDue(key, found->second, again);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<Task*, Entry> tasks_;      // by mutex_, as those below
  std::set<std::pair<SteadyTime, Task*>> due_;  // of each task
  bool stopping_ = false;
  std::thread thread_;
};

Dispatcher::Dispatcher(int threads) {
  for (int i = 0; i < threads; ++i) workers_.push_back(std::make_unique<Worker>());
}

Dispatcher::~Dispatcher() = default;

void Dispatcher::Add(std::shared_ptr<Task> task) {
  Worker& worker = WorkerOf(task.get());
  worker.Add(std::move(task));
}

void Dispatcher::Remove(Task* task) { WorkerOf(task).Remove(task); }

void Dispatcher::Schedule(Task* task) { WorkerOf(task).Schedule(task); }

void Dispatcher::ScheduleAll() {
  for (auto& worker : workers_) worker->ScheduleAll();
}

Dispatcher::Worker& Dispatcher::WorkerOf(const Task* task) {
  // Addresses are multiples of the alignment: the low bits tell nothing.
  return *workers_[(reinterpret_cast<uintptr_t>(task) >> 6) % workers_.size()];
}

}  // namespace earshot::alerts
