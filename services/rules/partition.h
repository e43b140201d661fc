// One partition of the call events, for as long as it is assigned: the companies in it, the rule set that is active,
// where it stands in the log.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "services/rules/checkpoint.h"
#include "services/rules/durable_writer.h"
#include "services/rules/engine/engine.h"
#include "services/rules/probe.h"

namespace earshot::rules {

// What the parts of the worker share. All must outlive them.
struct WorkerContext {
  eventlog::EventLog& log;
  eventlog::Producer& producer;
  StopSignal& stop;
  RulesProbe& probe;
  const Clock& clock;
  // Told while the log does not take what is decided.
  std::function<void(const absl::Status&)> on_refusal;
};

// Used by one thread.
class Partition {
 public:
  // `owner` is new at each assignment.
  Partition(const WorkerContext& context, int number, std::string owner);

  // Reads the checkpoint and the active set; until it has been OK the partition takes no record. After kUnavailable it
  // may be tried again.
  absl::Status Restore();

  // Handles one record: what it decides is durable when this returns. A record that cannot be read goes to the dead
  // letters. Not OK: the partition stands at this record and takes no more; Health says the same from then on.
  absl::Status Apply(const eventlog::Record& record);

  // Makes all that was applied durable as snapshots; then next_offset() may be committed. Nothing to do where nothing
  // was applied since the last.
  absl::Status Checkpoint();

  // Of the first record that no checkpoint holds; absl::InfiniteFuture() where there is none.
  absl::Time dirty_since() const { return dirty_since_; }
  size_t dirty_records() const { return dirty_records_; }

  int number() const { return number_; }
  int64_t next_offset() const { return applied_offset_ + 1; }
  const absl::Status& health() const { return health_; }

 private:
  absl::Status ReadState();
  absl::Status Handle(const eventlog::Record& record);
  absl::Status HandleEvent(const eventlog::Record& record);
  absl::Status HandleActivation(const eventlog::Record& record);
  absl::Status Publish(const eventlog::Record& record, rule_engine::Decision& decision);
  absl::Status SendToDeadLetters(const eventlog::Record& record, const absl::Status& why, std::string_view reason);
  absl::Status WriteSnapshots();
  void TakeIntoUse(std::shared_ptr<const rule_engine::RuleSet> rules);

  const WorkerContext context_;
  const int number_;
  const std::string owner_;
  DurableWriter writer_;
  rule_engine::Engine engine_;
  std::shared_ptr<const rule_engine::RuleSet> rules_;  // null before the first activation
  Companies companies_;
  std::set<std::string> dirty_companies_;
  std::unique_ptr<CheckpointWriter> checkpoints_;
  int64_t applied_offset_ = -1;
  absl::Time dirty_since_ = absl::InfiniteFuture();
  size_t dirty_records_ = 0;
  absl::Status health_ = absl::UnavailableError("not restored yet");
};

}  // namespace earshot::rules
