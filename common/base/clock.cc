#include "common/base/clock.h"

#include "absl/time/clock.h"

namespace earshot {
namespace {

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace

const Clock& Clock::System() {
  static const SystemClock clock;
  return clock;
}

absl::Time ManualClock::Now() const {
  std::lock_guard lock(mutex_);
  return now_;
}

void ManualClock::Advance(absl::Duration by) {
  std::lock_guard lock(mutex_);
  now_ += by;
}

}  // namespace earshot
