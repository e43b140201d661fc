#include "services/rules/topic_reader.h"

#include <algorithm>

#include "common/base/status.h"

namespace earshot::rules {

absl::Status ReadThrough(eventlog::EventLog& log, const eventlog::TopicPartition& partition, int64_t from, int64_t last,
                         const RecordTaker& take) {
  constexpr size_t kBatch = 500;
  constexpr absl::Duration kWait = absl::Seconds(1);
  constexpr int kMaxEmptyPolls = 30;
  EARSHOT_ASSIGN_OR_RETURN(const eventlog::OffsetRange range, log.Offsets(partition));
  EARSHOT_ASSIGN_OR_RETURN(const auto consumer, log.NewConsumer({}));
  EARSHOT_RETURN_IF_ERROR(consumer->Assign({{partition.topic, partition.partition, std::max(from, range.begin)}}));
  int empty_polls = 0;
  for (int64_t seen = from - 1; seen < last;) {
    EARSHOT_ASSIGN_OR_RETURN(const auto records, consumer->Poll(kBatch, kWait));
    if (records.empty() && ++empty_polls > kMaxEmptyPolls) {
      return Unavailable("{}/{} gives no record behind {}, wanted is {}", partition.topic, partition.partition, seen,
                         last);
    }
    for (const eventlog::Record& record : records) {
      seen = record.offset;
      if (seen <= last) EARSHOT_RETURN_IF_ERROR(take(record));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadToEnd(eventlog::EventLog& log, const eventlog::TopicPartition& partition, int64_t from,
                       const RecordTaker& take) {
  EARSHOT_ASSIGN_OR_RETURN(const eventlog::OffsetRange range, log.Offsets(partition));
  if (std::max(from, range.begin) >= range.end) return absl::OkStatus();
  return ReadThrough(log, partition, from, range.end - 1, take);
}

}  // namespace earshot::rules
