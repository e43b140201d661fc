#include "services/rules/partition.h"

#include <algorithm>
#include <utility>

#include "common/base/status.h"
#include "common/telemetry/log.h"
#include "common/wire/record.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/rules/rule_set_store.h"

namespace earshot::rules {
namespace {

using rule_engine::Disposition;
using telemetry::Log;

void SetTimestamp(absl::Time time, google::protobuf::Timestamp& out) {
  const int64_t nanos = absl::ToUnixNanos(time);
  out.set_seconds(nanos / 1'000'000'000);
  out.set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
}

}  // namespace

Partition::Partition(const WorkerContext& context, int number, std::string owner)
    : context_(context),
      number_(number),
      owner_(std::move(owner)),
      writer_(context.producer, context.stop, context.on_refusal) {}

absl::Status Partition::Restore() {
  health_ = ReadState();
  return health_;
}

absl::Status Partition::ReadState() {
  EARSHOT_ASSIGN_OR_RETURN(Restored restored, ReadCheckpoint(context_.log, writer_, number_, owner_));
  EARSHOT_ASSIGN_OR_RETURN(auto rules, LoadRuleSet(context_.log, restored.rule_set));
  applied_offset_ = restored.applied_offset;
  companies_ = std::move(restored.companies);
  checkpoints_ =
      std::make_unique<CheckpointWriter>(writer_, context_.clock, number_, owner_, std::move(restored.owners));
  if (rules != nullptr) TakeIntoUse(std::move(rules));
  Log::Info("rules", "partition restored",
            {{"partition", number_},
             {"position", applied_offset_},
             {"companies", companies_.size()},
             {"rule_set", restored.rule_set}});
  return absl::OkStatus();
}

absl::Status Partition::Apply(const eventlog::Record& record) {
  if (!health_.ok()) return health_;
  if (record.offset <= applied_offset_) return absl::OkStatus();
  health_ = Handle(record);
  if (!health_.ok()) return health_;
  applied_offset_ = record.offset;
  ++dirty_records_;
  dirty_since_ = std::min(dirty_since_, context_.clock.Now());
  return absl::OkStatus();
}

absl::Status Partition::Handle(const eventlog::Record& record) {
  const std::string_view type = wire::TypeOf(record);
  if (type == wire::kCallEventType) return HandleEvent(record);
  if (type == wire::kRuleSetActivatedType) return HandleActivation(record);
  return SendToDeadLetters(record, InvalidArgument("ce_type '{}' has no place among call events", type),
                           "unknown_type");
}

absl::Status Partition::HandleEvent(const eventlog::Record& record) {
  const absl::Time begin = context_.clock.Now();
  absl::StatusOr<v1::CallEvent> event = wire::DecodeCallEvent(record);
  if (!event.ok()) return SendToDeadLetters(record, event.status(), "undecodable");
  const std::string& ticker = event->call().company();
  rule_engine::Company& company = companies_.try_emplace(ticker, rule_engine::Company{.ticker = ticker}).first->second;
  if (record.offset <= company.applied_offset) return absl::OkStatus();
  rule_engine::Decision decision = engine_.Apply(*event, rules_.get(), company);
  context_.probe.Decided(decision, context_.clock.Now() - begin);
  for (const std::string& failure : decision.counts.failures) {
    Log::Warning("rules", "a rule failed on an observation", {{"event", event->name()}, {"error", failure}});
  }
  if (decision.disposition == Disposition::kMalformed) {
    if (company.applied_offset < 0) companies_.erase(ticker);
    return SendToDeadLetters(record, InvalidArgument("{}", decision.problem), "malformed");
  }
  if (decision.disposition == Disposition::kConflict) {
    EARSHOT_RETURN_IF_ERROR(SendToDeadLetters(record, AlreadyExists("{}", decision.problem), "conflict"));
  }
  EARSHOT_RETURN_IF_ERROR(Publish(record, decision));
  company.applied_offset = record.offset;
  dirty_companies_.insert(ticker);
  return absl::OkStatus();
}

absl::Status Partition::Publish(const eventlog::Record& record, rule_engine::Decision& decision) {
  for (v1::Alert& alert : decision.alerts) {
    SetTimestamp(context_.clock.Now(), *alert.mutable_times()->mutable_evaluate_time());
    const absl::Status status = writer_.Append(wire::EncodeAlert(alert));
    if (absl::IsInvalidArgument(status)) {
      EARSHOT_RETURN_IF_ERROR(SendToDeadLetters(record, status, "unpublishable_alert"));
      continue;
    }
    EARSHOT_RETURN_IF_ERROR(status);
    context_.probe.AlertPublished(alert);
    Log::Info("rules", "alert published",
              {{"alert", alert.name()}, {"rule", alert.rule()}, {"company", alert.company()}, {"call", alert.call()}});
  }
  return absl::OkStatus();
}

absl::Status Partition::HandleActivation(const eventlog::Record& record) {
  absl::StatusOr<v1::RuleSetActivation> activation = wire::DecodeActivation(record);
  if (!activation.ok()) return SendToDeadLetters(record, activation.status(), "undecodable");
  if (rules_ != nullptr && rules_->name() == activation->rule_set()) return absl::OkStatus();
  const bool holds_content = activation->content().files_size() > 0;
  auto rules =
      holds_content ? CompileRuleSet(activation->content()) : LoadRuleSet(context_.log, activation->rule_set());
  while (absl::IsUnavailable(rules.status())) {
    if (context_.stop.WaitFor(absl::Milliseconds(500))) return absl::CancelledError("stopped before the set was read");
    rules = LoadRuleSet(context_.log, activation->rule_set());
  }
  if (!rules.ok()) {
    context_.probe.RuleSetRefused();
    return rules.status();
  }
  TakeIntoUse(*std::move(rules));
  Log::Info("rules", "rule set activated",
            {{"partition", number_},
             {"position", record.offset},
             {"rule_set", activation->rule_set()},
             {"rules", rules_ == nullptr ? 0 : rules_->rules().size()}});
  return absl::OkStatus();
}

void Partition::TakeIntoUse(std::shared_ptr<const rule_engine::RuleSet> rules) {
  rules_ = std::move(rules);
  if (rules_ != nullptr) context_.probe.RuleSetActivated(rules_->rules().size(), context_.clock.Now());
}

absl::Status Partition::SendToDeadLetters(const eventlog::Record& record, const absl::Status& why,
                                          std::string_view reason) {
  Log::Warning("rules", "a record goes to the dead letters",
               {{"partition", record.partition}, {"offset", record.offset}, {"reason", reason}, {"error", why}});
  const absl::Status status = writer_.Append(wire::DeadLetter(record, why, context_.clock.Now()));
  if (absl::IsInvalidArgument(status)) {
    Log::Error("rules", "the dead letters do not take it either", {{"offset", record.offset}, {"error", status}});
  } else {
    EARSHOT_RETURN_IF_ERROR(status);
  }
  context_.probe.DeadLettered(reason);
  return absl::OkStatus();
}

absl::Status Partition::Checkpoint() {
  if (absl::IsCancelled(health_)) return health_;  // a decision may be half published
  if (dirty_records_ == 0) return absl::OkStatus();
  const absl::Status status = WriteSnapshots();
  context_.probe.CheckpointWritten(status.ok());
  if (!status.ok()) {
    dirty_since_ = context_.clock.Now();  // tries again after the usual time
    return status;
  }
  dirty_companies_.clear();
  dirty_records_ = 0;
  dirty_since_ = absl::InfiniteFuture();
  return absl::OkStatus();
}

absl::Status Partition::WriteSnapshots() {
  const std::string rule_set = rules_ == nullptr ? "" : rules_->name();
  for (const std::string& ticker : dirty_companies_) {
    EARSHOT_RETURN_IF_ERROR(checkpoints_->WriteCompany(companies_.at(ticker), rule_set));
  }
  return checkpoints_->WritePartition(applied_offset_, rule_set);
}

}  // namespace earshot::rules
