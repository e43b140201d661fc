// What the rules know, in the log: snapshots of companies and of the partition itself, to start again from.
//
// A checkpoint of a partition is one snapshot for each company that changed, and behind them one of the partition: "all
// up to this position is in snapshots, and this rule set is active behind it". Whoever restores takes, of each, the one
// with the highest position, whoever wrote it: it is a function of the log.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "services/rules/durable_writer.h"
#include "services/rules/engine/company.h"

namespace earshot::rules {

using Companies = std::map<std::string, rule_engine::Company, std::less<>>;

struct Restored {
  // Of the partition: -1 where it has never had a checkpoint.
  int64_t applied_offset = -1;
  std::string rule_set;
  Companies companies;
  // Keys in the log: who has written a snapshot of a company ("" for the partition).
  std::map<std::string, std::set<std::string>> owners;
};

// Reads a partition of `earshot.rules-state.v1`. A tombstone that `writer` puts at its end as `owner` tells where the
// end is. kDataLoss for a snapshot that cannot be read: nothing may be decided without it.
absl::StatusOr<Restored> ReadCheckpoint(eventlog::EventLog& log, DurableWriter& writer, int partition,
                                        const std::string& owner);

// Writes the checkpoints of one assignment of a partition. Used by one thread.
class CheckpointWriter {
 public:
  // `writer` and `clock` must outlive it. `owners` as restored.
  CheckpointWriter(DurableWriter& writer, const Clock& clock, int partition, std::string owner,
                   std::map<std::string, std::set<std::string>> owners)
      : writer_(writer), clock_(clock), partition_(partition), owner_(std::move(owner)), owners_(std::move(owners)) {}

  // OK when the company's snapshot is durable; then those of others before are deleted.
  absl::Status WriteCompany(const rule_engine::Company& company, const std::string& rule_set);

  // After all companies that changed.
  absl::Status WritePartition(int64_t applied_offset, const std::string& rule_set);

 private:
  absl::Status Write(v1::CompanyState state, const std::string& rule_set);

  DurableWriter& writer_;
  const Clock& clock_;
  const int partition_;
  const std::string owner_;
  std::map<std::string, std::set<std::string>> owners_;
};

}  // namespace earshot::rules
