// Reads a stretch of one partition.
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "common/eventlog/event_log.h"

namespace earshot::rules {

using RecordTaker = std::function<absl::Status(const eventlog::Record&)>;

// Calls `take` for each record from `from` (or what is still kept) up to and with the record at `last`, which has to be
// there. Stops at the first status that is not OK, and returns it. kUnavailable where the log gives nothing for long.
absl::Status ReadThrough(eventlog::EventLog& log, const eventlog::TopicPartition& partition, int64_t from, int64_t last,
                         const RecordTaker& take);

// The same up to the end as it is now. Only for topics of which the last record is kept.
absl::Status ReadToEnd(eventlog::EventLog& log, const eventlog::TopicPartition& partition, int64_t from,
                       const RecordTaker& take);

}  // namespace earshot::rules
