#include "services/rules/activator.h"

#include <random>
#include <utility>

#include "common/base/status.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "services/rules/topic_reader.h"

namespace earshot::rules {
namespace {

// What is left of a record for its key and headers.
constexpr size_t kEnvelopeBytes = 4096;

// The activation with the set in it, unless that makes it too large.
v1::RuleSetActivation ActivationOf(const v1::RuleSet& set) {
  v1::RuleSetActivation activation;
  activation.set_rule_set(set.name());
  *activation.mutable_create_time() = set.create_time();
  *activation.mutable_content() = set;
  if (activation.ByteSizeLong() + kEnvelopeBytes > eventlog::kMaxRecordBytes) activation.clear_content();
  return activation;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Activator>> Activator::Create(eventlog::EventLog& log, const Clock& clock) {
  std::unique_ptr<Activator> activator(new Activator(log, clock));
  EARSHOT_ASSIGN_OR_RETURN(activator->producer_, log.NewProducer());
  return activator;
}

absl::StatusOr<bool> Activator::Activate(v1::RuleSet set) {
  const std::lock_guard lock(mutex_);
  const int64_t now = absl::ToUnixNanos(clock_.Now());
  set.mutable_create_time()->set_seconds(now / 1'000'000'000);
  set.mutable_create_time()->set_nanos(static_cast<int32_t>(now % 1'000'000'000));
  if (set.ByteSizeLong() + kEnvelopeBytes > eventlog::kMaxRecordBytes) {
    return InvalidArgument("the rule files have {} bytes together; at most {} fit into the log", set.ByteSizeLong(),
                           eventlog::kMaxRecordBytes - kEnvelopeBytes);
  }
  EARSHOT_ASSIGN_OR_RETURN(const int count, log_.PartitionCount(std::string(wire::kCallEvents.name)));
  std::vector<int> other;
  for (int partition = 0; partition < count; ++partition) {
    EARSHOT_ASSIGN_OR_RETURN(const std::string active, ActiveAtEnd(partition));
    if (active != set.name()) other.push_back(partition);
  }
  if (other.empty()) return true;
  EARSHOT_RETURN_IF_ERROR(Append(wire::EncodeRuleSet(set)));
  const v1::RuleSetActivation activation = ActivationOf(set);
  for (const int partition : other) EARSHOT_RETURN_IF_ERROR(Append(wire::EncodeActivation(activation, partition)));
  return false;
}

// The partition's own snapshot says what is active behind its position; activations behind that say what came since.
absl::StatusOr<std::string> Activator::ActiveAtEnd(int partition) {
  std::string active;
  int64_t position = -1;
  const eventlog::TopicPartition states{std::string(wire::kRulesState.name), partition};
  // A tombstone of nobody marks the end, which compaction could otherwise leave empty.
  std::random_device random;
  EARSHOT_ASSIGN_OR_RETURN(const eventlog::Position mark,
                           producer_->Append(wire::CompanyStateTombstone(
                               "", fmt::format("reader-{:08x}{:08x}", random(), random()), partition)));
  EARSHOT_RETURN_IF_ERROR(ReadThrough(log_, states, 0, mark.offset, [&](const eventlog::Record& record) {
    if (!record.value || !record.key || !record.key->starts_with('/')) return absl::OkStatus();
    const auto state = wire::DecodeCompanyState(record);
    if (!state.ok()) return state.status();
    if (state->applied_offset() > position) {
      position = state->applied_offset();
      active = state->rule_set();
    }
    return absl::OkStatus();
  }));
  EARSHOT_RETURN_IF_ERROR(ReadToEnd(log_, {std::string(wire::kCallEvents.name), partition}, position + 1,
                                    [&](const eventlog::Record& record) {
                                      if (wire::TypeOf(record) != wire::kRuleSetActivatedType) return absl::OkStatus();
                                      const auto activation = wire::DecodeActivation(record);
                                      if (activation.ok()) active = activation->rule_set();
                                      return absl::OkStatus();
                                    }));
  return active;
}

absl::Status Activator::Append(eventlog::OutgoingRecord record) {
  return producer_->Append(std::move(record)).status();
}

}  // namespace earshot::rules
