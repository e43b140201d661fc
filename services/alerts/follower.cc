#include "services/alerts/follower.h"

#include <chrono>
#include <string>
#include <utility>

#include "common/base/status.h"
#include "common/telemetry/log.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"

namespace earshot::alerts {
namespace {

using telemetry::Log;

constexpr size_t kBatchRecords = 256;
constexpr absl::Duration kPollTimeout = absl::Seconds(1);
constexpr std::chrono::seconds kRetryDelay(1);

eventlog::TopicPartition AlertsPartition() { return {std::string(wire::kAlerts.name), 0}; }

}  // namespace

Follower::Follower(eventlog::EventLog& log, Board& board, AlertsProbe& probe, const Clock& clock)
    : log_(log), board_(board), probe_(probe), clock_(clock) {}

Follower::~Follower() { Stop(); }

absl::Status Follower::Start() {
  EARSHOT_RETURN_IF_ERROR(Open());
  EARSHOT_RETURN_IF_ERROR(CatchUp());
  live_ = true;
  thread_ = std::thread([this] { Follow(); });
  return absl::OkStatus();
}

absl::Status Follower::Open() {
  const std::string topic(wire::kAlerts.name);
  EARSHOT_RETURN_IF_ERROR(
      log_.EnsureTopics({{.name = topic, .partitions = wire::kAlerts.partitions, .compacted = wire::kAlerts.compacted},
                         {.name = wire::DeadLetterTopic(topic)}}));
  EARSHOT_ASSIGN_OR_RETURN(const eventlog::OffsetRange range, log_.Offsets(AlertsPartition()));
  if (board_.next_offset() > range.end) {
    Log::Warning("alerts", "the read model is ahead of the event log: it is made anew",
                 {{"next_offset", board_.next_offset()}, {"log_end", range.end}});
    EARSHOT_RETURN_IF_ERROR(board_.Rebuild());
  }
  EARSHOT_ASSIGN_OR_RETURN(producer_, log_.NewProducer());
  EARSHOT_ASSIGN_OR_RETURN(consumer_, log_.NewConsumer({}));
  return consumer_->Assign({{topic, 0, board_.next_offset()}});
}

absl::Status Follower::CatchUp() {
  EARSHOT_ASSIGN_OR_RETURN(const eventlog::OffsetRange range, log_.Offsets(AlertsPartition()));
  while (board_.next_offset() < range.end) {
    // An end may lie behind offsets that hold no record: nothing to read is the end, too.
    EARSHOT_ASSIGN_OR_RETURN(const bool any, Step(kPollTimeout));
    if (!any) break;
  }
  return absl::OkStatus();
}

void Follower::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_changed_.notify_all();
  if (consumer_ != nullptr) consumer_->Close();
  if (thread_.joinable()) thread_.join();
}

absl::Status Follower::Health() const {
  std::lock_guard lock(mutex_);
  return health_;
}

void Follower::SetHealth(const absl::Status& health) {
  std::lock_guard lock(mutex_);
  if (!health.ok() && health_.ok()) Log::Error("alerts", "the event log is not followed", {{"error", health}});
  if (health.ok() && !health_.ok()) Log::Info("alerts", "the event log is followed again");
  health_ = health;
}

void Follower::Follow() {
  while (true) {
    absl::Status status = Step(kPollTimeout).status();
    if (absl::IsCancelled(status)) return;
    SetHealth(status);
    if (!status.ok()) {
      if (!WaitToRetry()) return;
      // What was polled and not applied is read again.
      consumer_->Seek({std::string(wire::kAlerts.name), 0, board_.next_offset()}).IgnoreError();
    }
  }
}

bool Follower::WaitToRetry() {
  std::unique_lock lock(mutex_);
  return !stop_changed_.wait_for(lock, kRetryDelay, [this] { return stopping_; });
}

absl::StatusOr<bool> Follower::Step(absl::Duration timeout) {
  EARSHOT_ASSIGN_OR_RETURN(const auto records, consumer_->Poll(kBatchRecords, timeout));
  if (!records.empty()) EARSHOT_RETURN_IF_ERROR(ApplyRecords(records));
  UpdateLag();
  return !records.empty();
}

absl::Status Follower::ApplyRecords(const std::vector<eventlog::Record>& records) {
  std::vector<IncomingAlert> alerts;
  std::vector<const eventlog::Record*> sources;
  for (const eventlog::Record& record : records) {
    absl::StatusOr<v1::Alert> alert = wire::DecodeAlert(record);
    if (alert.ok()) {
      if (live_) probe_.AlertArrived(*alert);
      alerts.push_back({.position = record.offset, .alert = *std::move(alert)});
      sources.push_back(&record);
    } else {
      probe_.RecordMalformed();
      WriteDeadLetter(record, alert.status());
    }
  }
  EARSHOT_ASSIGN_OR_RETURN(const auto outcomes, board_.Apply(std::move(alerts), records.back().offset + 1));
  for (size_t i = 0; i < outcomes.size(); ++i) Report(*sources[i], outcomes[i]);
  return absl::OkStatus();
}

void Follower::Report(const eventlog::Record& record, Outcome outcome) {
  probe_.RecordApplied(outcome);
  if (outcome == Outcome::kConflict) {
    WriteDeadLetter(record, AlreadyExists("offset {}: an alert of this name and revision has other content; the first "
                                          "one stays",
                                          record.offset));
  }
}

void Follower::WriteDeadLetter(const eventlog::Record& record, const absl::Status& reason) {
  Log::Warning("alerts", "a record of alerts goes to the dead letters", {{"offset", record.offset}, {"error", reason}});
  const auto written = producer_->Append(wire::DeadLetter(record, reason, clock_.Now()));
  if (!written.ok()) Log::Error("alerts", "a dead letter was not written", {{"error", written.status()}});
}

void Follower::UpdateLag() {
  const auto range = log_.Offsets(AlertsPartition());
  if (range.ok()) probe_.SetLag(std::max<int64_t>(0, range->end - board_.next_offset()));
}

}  // namespace earshot::alerts
