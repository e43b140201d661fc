// Time as a collaborator: services take a Clock, tests hand in one that they move themselves.
#pragma once

#include <mutex>

#include "absl/time/time.h"

namespace earshot {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;

  // The wall clock of the machine; lives as long as the process.
  static const Clock& System();
};

// Stands still until it is moved. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time start) : now_(start) {}
  absl::Time Now() const override;
  void Advance(absl::Duration by);

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace earshot
