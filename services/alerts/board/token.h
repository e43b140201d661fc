// What clients hand back to go on: opaque, checked for damage, and bound to the log that it was made from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace earshot::alerts {

// A place in the stream of changes: behind the change `sequence`, which was at `position` of the log. (0, -1) is the
// beginning.
struct StreamPlace {
  int64_t sequence = 0;
  int64_t position = -1;

  bool operator==(const StreamPlace&) const = default;
};

// A place in the list of alerts: behind the alert that was new with the change `first_sequence`, under a filter.
struct ListPlace {
  int64_t first_sequence = 0;
  std::string filter;
};

// Bytes.
std::string EncodeResumeToken(std::string_view log_id, const StreamPlace& place);
// INVALID_ARGUMENT, reason RESUME_TOKEN_INVALID, where it is no token; FAILED_PRECONDITION, reason
// RESUME_TOKEN_OF_ANOTHER_LOG, where it was made from another log.
absl::StatusOr<StreamPlace> DecodeResumeToken(std::string_view log_id, std::string_view token);

// Text that is safe in a URL.
std::string EncodePageToken(std::string_view log_id, const ListPlace& place);
// INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID, where it is none, is of another log or was made under another filter.
absl::StatusOr<int64_t> DecodePageToken(std::string_view log_id, std::string_view filter, std::string_view token);

}  // namespace earshot::alerts
