#include "services/rules/worker.h"

#include <algorithm>
#include <random>
#include <utility>

#include "common/base/status.h"
#include "common/telemetry/log.h"
#include "common/wire/topics.h"

namespace earshot::rules {
namespace {

using telemetry::Log;

constexpr size_t kRecordsAPoll = 200;
// How long a poll waits at most; also how often the lag is reported.
constexpr absl::Duration kLongestWait = absl::Seconds(1);
constexpr absl::Duration kPauseAfterError = absl::Milliseconds(500);

std::string NewOwner() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

absl::StatusOr<std::unique_ptr<Worker>> Worker::Create(WorkerOptions options, eventlog::EventLog& log,
                                                       RulesProbe& probe, const Clock& clock) {
  std::unique_ptr<Worker> worker(new Worker(options, log, probe, clock));
  EARSHOT_ASSIGN_OR_RETURN(worker->producer_, log.NewProducer());
  EARSHOT_ASSIGN_OR_RETURN(
      worker->consumer_,
      log.NewConsumer({.group = "rules",
                       .topics = {std::string(wire::kCallEvents.name)},
                       .on_assigned = [self = worker.get()](const auto& partitions) { self->Assign(partitions); },
                       .on_revoked = [self = worker.get()](const auto& partitions) { self->Revoke(partitions); }}));
  return worker;
}

Worker::Worker(WorkerOptions options, eventlog::EventLog& log, RulesProbe& probe, const Clock& clock)
    : options_(options),
      log_(log),
      probe_(probe),
      clock_(clock),
      health_(absl::UnavailableError("the rules have not started to follow the log")) {}

Worker::~Worker() { Stop(); }

void Worker::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Worker::Stop() {
  stop_.Stop();
  consumer_->Wake();
  if (thread_.joinable()) thread_.join();
}

absl::Status Worker::Health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

absl::Status Worker::AwaitHealthy(absl::Duration timeout) const {
  std::unique_lock lock(mutex_);
  health_changed_.wait_for(lock, absl::ToChronoNanoseconds(timeout), [this] { return !absl::IsUnavailable(health_); });
  return health_;
}

void Worker::Run() {
  while (!stop_.stopped()) PollOnce();
  consumer_->Close();  // revokes: the last checkpoint
  ReportHealth(absl::UnavailableError("the rules have stopped"));
}

void Worker::PollOnce() {
  const auto records = consumer_->Poll(kRecordsAPoll, TimeToNextCheckpoint());
  if (!records.ok()) {
    Log::Warning("rules", "the log cannot be read; trying again", {{"error", records.status()}});
    ReportHealth(records.status());
    stop_.WaitFor(kPauseAfterError);
    return;
  }
  for (const eventlog::Record& record : *records) {
    const auto partition = partitions_.find(record.partition);
    if (partition == partitions_.end() || !partition->second->health().ok()) continue;
    if (const absl::Status status = partition->second->Apply(record); !status.ok()) {
      Log::Error("rules", "a partition stands still",
                 {{"partition", record.partition}, {"offset", record.offset}, {"error", status}});
    }
  }
  CheckpointWhatIsDue();
  ReportLag();
  ReportHealth(absl::OkStatus());
}

void Worker::Assign(const std::vector<eventlog::TopicPartition>& partitions) {
  for (const eventlog::TopicPartition& assigned : partitions) {
    const WorkerContext context{log_,   *producer_, stop_,
                                probe_, clock_,     [this](const absl::Status& refusal) { ReportHealth(refusal); }};
    auto partition = std::make_unique<Partition>(context, assigned.partition, NewOwner());
    RestoreUntilDone(*partition);
    partitions_[assigned.partition] = std::move(partition);
  }
}

void Worker::RestoreUntilDone(Partition& partition) {
  for (;;) {
    const absl::Status status = partition.Restore();
    if (status.ok()) {  // also from the beginning: what the group committed is only a copy
      const absl::Status sought =
          consumer_->Seek({std::string(wire::kCallEvents.name), partition.number(), partition.next_offset()});
      if (!sought.ok()) Log::Error("rules", "a partition is read from the position of the group", {{"error", sought}});
    }
    if (status.ok() || stop_.stopped()) return;
    Log::Error("rules", "a partition cannot be restored", {{"partition", partition.number()}, {"error", status}});
    if (!absl::IsUnavailable(status)) return;  // it stands still, and Health says so
    ReportHealth(status);
    stop_.WaitFor(kPauseAfterError);
  }
}

void Worker::Revoke(const std::vector<eventlog::TopicPartition>& partitions) {
  for (const eventlog::TopicPartition& revoked : partitions) {
    const auto partition = partitions_.find(revoked.partition);
    if (partition == partitions_.end()) continue;
    CheckpointAndCommit(*partition->second);
    partitions_.erase(partition);
  }
}

void Worker::CheckpointWhatIsDue() {
  const absl::Time now = clock_.Now();
  for (const auto& [number, partition] : partitions_) {
    const bool is_due = partition->dirty_records() >= options_.checkpoint_records ||
                        partition->dirty_since() + options_.checkpoint_interval <= now;
    if (is_due && partition->dirty_records() > 0) CheckpointAndCommit(*partition);
  }
}

void Worker::CheckpointAndCommit(Partition& partition) {
  if (partition.dirty_records() == 0) return;
  absl::Status status = partition.Checkpoint();
  if (status.ok()) {
    status = consumer_->Commit({{std::string(wire::kCallEvents.name), partition.number(), partition.next_offset()}});
  }
  if (!status.ok()) {
    Log::Warning("rules", "a checkpoint failed", {{"partition", partition.number()}, {"error", status}});
  }
}

absl::Duration Worker::TimeToNextCheckpoint() const {
  absl::Duration wait = kLongestWait;
  for (const auto& [number, partition] : partitions_) {
    if (partition->dirty_records() == 0) continue;
    wait = std::min(wait, partition->dirty_since() + options_.checkpoint_interval - clock_.Now());
  }
  return std::max(wait, absl::ZeroDuration());
}

void Worker::ReportLag() {
  int64_t lag = 0;
  for (const auto& [number, partition] : partitions_) {
    const auto range = log_.Offsets({std::string(wire::kCallEvents.name), number});
    if (range.ok()) lag += std::max<int64_t>(0, range->end - partition->next_offset());
  }
  probe_.SetLag(lag);
}

// `broken`: of the worker as a whole; a partition that stands still counts too.
void Worker::ReportHealth(const absl::Status& broken) {
  absl::Status health = broken;
  for (const auto& [number, partition] : partitions_) {
    if (!health.ok() || partition->health().ok()) continue;
    health =
        FailedPrecondition("partition {} of the call events stands still: {}", number, Message(partition->health()));
  }
  {
    const std::lock_guard lock(mutex_);
    health_ = std::move(health);
  }
  health_changed_.notify_all();
}

}  // namespace earshot::rules
