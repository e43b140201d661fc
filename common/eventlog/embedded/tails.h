// Where each partition ends, and who waits for it to grow: the wake-up within the process.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

#include "absl/time/time.h"

namespace earshot::eventlog {

// A partition within the file: dense, from 0, the same for as long as the file lives.
using PartitionId = int64_t;

// Wakes one consumer. Thread-safe.
class Signal {
 public:
  void Notify();

  // True once notified since the last wait that returned true; false at the deadline.
  bool WaitUntil(absl::Time deadline);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool notified_ = false;
};

// Thread-safe. An end is set only when what is before it is durable.
class Tails {
 public:
  // Partitions [size, size + ends) in addition.
  void Add(const std::vector<int64_t>& ends);

  int64_t End(PartitionId partition) const;

  // Wakes those who listen to the partition.
  void Advance(PartitionId partition, int64_t end);

  void Listen(PartitionId partition, Signal* signal);
  void StopListening(PartitionId partition, Signal* signal);

 private:
  struct Tail {
    int64_t end = 0;
    std::vector<Signal*> listeners;
  };

  mutable std::mutex mutex_;
  std::vector<Tail> tails_;
};

}  // namespace earshot::eventlog
