// Consumes the call events as a member of the group `rules` and decides on each: alerts durable, then snapshots
// (batched), then the position committed. Runs in a thread of its own; waits where there is nothing to do.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "services/rules/durable_writer.h"
#include "services/rules/partition.h"
#include "services/rules/probe.h"

namespace earshot::rules {

struct WorkerOptions {
  // A checkpoint is written once its oldest record has waited for this long, or once so many have come.
  absl::Duration checkpoint_interval = absl::Seconds(2);
  size_t checkpoint_records = 500;
};

class Worker {
 public:
  // All must outlive it. The topics must be there.
  static absl::StatusOr<std::unique_ptr<Worker>> Create(WorkerOptions options, eventlog::EventLog& log,
                                                        RulesProbe& probe, const Clock& clock);
  // Stops.
  ~Worker();

  void Start();

  // Writes a last checkpoint, leaves the group. Idempotent.
  void Stop();

  // OK while it follows the log: partitions are assigned and restored, and none stands still. Thread-safe.
  absl::Status Health() const;

  // Waits until Health is OK or something is wrong that waiting does not mend; what it says when `timeout` is over.
  absl::Status AwaitHealthy(absl::Duration timeout) const;

 private:
  Worker(WorkerOptions options, eventlog::EventLog& log, RulesProbe& probe, const Clock& clock);

  void Run();
  void PollOnce();
  void Assign(const std::vector<eventlog::TopicPartition>& partitions);
  void Revoke(const std::vector<eventlog::TopicPartition>& partitions);
  void RestoreUntilDone(Partition& partition);
  void CheckpointWhatIsDue();
  void CheckpointAndCommit(Partition& partition);
  absl::Duration TimeToNextCheckpoint() const;
  void ReportLag();
  void ReportHealth(const absl::Status& broken);

  const WorkerOptions options_;
  eventlog::EventLog& log_;
  RulesProbe& probe_;
  const Clock& clock_;
  StopSignal stop_;
  std::unique_ptr<eventlog::Producer> producer_;
  std::unique_ptr<eventlog::Consumer> consumer_;
  std::map<int, std::unique_ptr<Partition>> partitions_;  // of the worker's thread
  std::thread thread_;

  mutable std::mutex mutex_;
  mutable std::condition_variable health_changed_;
  absl::Status health_;
};

}  // namespace earshot::rules
