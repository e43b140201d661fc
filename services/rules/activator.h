// Makes a rule set the active one, through the log.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "earshot/v1/rule_set.pb.h"

namespace earshot::rules {

// Thread-safe: one set at a time.
class Activator {
 public:
  // `log` and `clock` must outlive it. The topics must be there.
  static absl::StatusOr<std::unique_ptr<Activator>> Create(eventlog::EventLog& log, const Clock& clock);

  // Writes the set, then an activation into every partition where another set is active (or about to be: what counts
  // is the end of the log). True where there was nothing to write. kInvalidArgument where the set is too large for a
  // record of the log.
  absl::StatusOr<bool> Activate(v1::RuleSet set);

 private:
  Activator(eventlog::EventLog& log, const Clock& clock) : log_(log), clock_(clock) {}

  // The set that decides on what is appended to the partition next; empty for none.
  absl::StatusOr<std::string> ActiveAtEnd(int partition);
  absl::Status Append(eventlog::OutgoingRecord record);

  eventlog::EventLog& log_;
  const Clock& clock_;
  std::unique_ptr<eventlog::Producer> producer_;
  std::mutex mutex_;
};

}  // namespace earshot::rules
