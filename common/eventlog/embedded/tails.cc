#include "common/eventlog/embedded/tails.h"

#include "absl/time/clock.h"

namespace earshot::eventlog {

void Signal::Notify() {
  {
    std::lock_guard lock(mutex_);
    notified_ = true;
  }
  changed_.notify_one();
}

bool Signal::WaitUntil(absl::Time deadline) {
  std::unique_lock lock(mutex_);
  const auto is_notified = [this] { return notified_; };
  if (deadline == absl::InfiniteFuture()) {
    changed_.wait(lock, is_notified);
  } else if (!changed_.wait_for(lock, absl::ToChronoNanoseconds(deadline - absl::Now()), is_notified)) {
    return false;
  }
  notified_ = false;
  return true;
}

void Tails::Add(const std::vector<int64_t>& ends) {
  std::lock_guard lock(mutex_);
  for (const int64_t end : ends) tails_.push_back({.end = end});
}

int64_t Tails::End(PartitionId partition) const {
  std::lock_guard lock(mutex_);
  return tails_[static_cast<size_t>(partition)].end;
}

void Tails::Advance(PartitionId partition, int64_t end) {
  std::lock_guard lock(mutex_);
  Tail& tail = tails_[static_cast<size_t>(partition)];
  tail.end = end;
  for (Signal* listener : tail.listeners) listener->Notify();
}

void Tails::Listen(PartitionId partition, Signal* signal) {
  std::lock_guard lock(mutex_);
  tails_[static_cast<size_t>(partition)].listeners.push_back(signal);
}

void Tails::StopListening(PartitionId partition, Signal* signal) {
  std::lock_guard lock(mutex_);
  std::erase(tails_[static_cast<size_t>(partition)].listeners, signal);
}

}  // namespace earshot::eventlog
