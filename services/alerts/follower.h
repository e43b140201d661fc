// Follows `earshot.alerts.v1` and applies it to the board.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "services/alerts/board/board.h"
#include "services/alerts/probe.h"

namespace earshot::alerts {

// Records that are no alerts, or contradict one that is known, go to the dead letters with the reason; the rest goes
// on. (A board that is made anew meets them again, and they are written there again.) What may work later is tried
// again every second, and Health tells it meanwhile.
class Follower {
 public:
  // All must outlive this.
  Follower(eventlog::EventLog& log, Board& board, AlertsProbe& probe, const Clock& clock);
  // Stops.
  ~Follower();

  // Reads what the log holds at the moment, in the calling thread; then follows it in a thread.
  absl::Status Start();
  void Stop();

  // OK while all is well. Thread-safe.
  absl::Status Health() const;

 private:
  absl::Status Open();
  absl::Status CatchUp();
  void Follow();
  // One round; whether there was anything.
  absl::StatusOr<bool> Step(absl::Duration timeout);
  absl::Status ApplyRecords(const std::vector<eventlog::Record>& records);
  void Report(const eventlog::Record& record, Outcome outcome);
  void WriteDeadLetter(const eventlog::Record& record, const absl::Status& reason);
  void UpdateLag();
  void SetHealth(const absl::Status& health);
  // False when it is time to stop.
  bool WaitToRetry();

  eventlog::EventLog& log_;
  Board& board_;
  AlertsProbe& probe_;
  const Clock& clock_;
  std::unique_ptr<eventlog::Consumer> consumer_;
  std::unique_ptr<eventlog::Producer> producer_;
  bool live_ = false;  // what comes now is new

  mutable std::mutex mutex_;
  std::condition_variable stop_changed_;
  absl::Status health_;    // by mutex_
  bool stopping_ = false;  // by mutex_
  std::thread thread_;
};

}  // namespace earshot::alerts
