#include "services/rules/checkpoint.h"

#include <utility>

#include "common/base/status.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "services/rules/topic_reader.h"

namespace earshot::rules {
namespace {

absl::StatusOr<int64_t> MarkEnd(eventlog::EventLog& log, DurableWriter& writer, int partition,
                                const std::string& owner) {
  EARSHOT_RETURN_IF_ERROR(writer.Append(wire::CompanyStateTombstone("", owner, partition)));
  EARSHOT_ASSIGN_OR_RETURN(const eventlog::OffsetRange range,
                           log.Offsets({std::string(wire::kRulesState.name), partition}));
  return range.end;
}

absl::Status Take(const eventlog::Record& record, Restored& restored, std::map<std::string, v1::CompanyState>& newest) {
  const std::string key = record.key.value_or("");
  const std::string company = key.substr(0, key.rfind('/'));
  const std::string owner = key.substr(key.rfind('/') + 1);
  if (!record.value) {
    restored.owners[company].erase(owner);
    return absl::OkStatus();
  }
  restored.owners[company].insert(owner);
  absl::StatusOr<v1::CompanyState> state = wire::DecodeCompanyState(record);
  if (!state.ok()) return DataLoss("{}", Message(state.status()));
  const auto [at, added] = newest.try_emplace(company, *state);
  if (!added && state->applied_offset() > at->second.applied_offset()) at->second = *std::move(state);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Restored> ReadCheckpoint(eventlog::EventLog& log, DurableWriter& writer, int partition,
                                        const std::string& owner) {
  Restored restored;
  std::map<std::string, v1::CompanyState> newest;
  EARSHOT_ASSIGN_OR_RETURN(const int64_t end, MarkEnd(log, writer, partition, owner));
  EARSHOT_RETURN_IF_ERROR(ReadThrough(log, {std::string(wire::kRulesState.name), partition}, 0, end - 1,
                                      [&](const eventlog::Record& record) { return Take(record, restored, newest); }));
  for (const auto& [company, state] : newest) {
    if (company.empty()) {
      restored.applied_offset = state.applied_offset();
      restored.rule_set = state.rule_set();
    } else {
      restored.companies.emplace(company, rule_engine::FromSnapshot(state));
    }
  }
  return restored;
}

absl::Status CheckpointWriter::WriteCompany(const rule_engine::Company& company, const std::string& rule_set) {
  return Write(rule_engine::ToSnapshot(company), rule_set);
}

absl::Status CheckpointWriter::WritePartition(int64_t applied_offset, const std::string& rule_set) {
  v1::CompanyState state;
  state.set_applied_offset(applied_offset);
  return Write(std::move(state), rule_set);
}

absl::Status CheckpointWriter::Write(v1::CompanyState state, const std::string& rule_set) {
  state.set_owner(owner_);
  state.set_partition(partition_);
  state.set_rule_set(rule_set);
  EARSHOT_RETURN_IF_ERROR(writer_.Append(wire::EncodeCompanyState(state, clock_.Now())));
  std::set<std::string>& owners = owners_[state.company()];
  owners.erase(owner_);
  while (!owners.empty()) {
    EARSHOT_RETURN_IF_ERROR(writer_.Append(wire::CompanyStateTombstone(state.company(), *owners.begin(), partition_)));
    owners.erase(owners.begin());
  }
  return absl::OkStatus();
}

}  // namespace earshot::rules
