// Creates and checks the schema of the embedded log's file (described in store.h).
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/eventlog/embedded/tails.h"
#include "common/sqlite/database.h"

namespace earshot::eventlog {

inline constexpr int64_t kSchemaVersion = 1;

// The log's id. kFailedPrecondition for a newer schema, kInvalidArgument for a database of something else.
absl::StatusOr<std::string> OpenSchema(sqlite::Database& database);

// Key of `records`: 2^23 partitions of 2^40 records, each partition a contiguous range in the order of offsets.
inline constexpr int kOffsetBits = 40;
inline int64_t PlaceOf(PartitionId partition, int64_t offset) { return partition << kOffsetBits | offset; }
inline int64_t OffsetOf(int64_t place) { return place & ((int64_t{1} << kOffsetBits) - 1); }
inline constexpr int64_t kMaxOffset = (int64_t{1} << kOffsetBits) - 1;

}  // namespace earshot::eventlog
