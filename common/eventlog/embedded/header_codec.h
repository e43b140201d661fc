// The headers of a record as bytes of the file: for each header the lengths of name and value as LEB128 varints, each
// followed by its bytes. No headers: no bytes.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/eventlog/event_log.h"

namespace earshot::eventlog {

std::string EncodeHeaders(const Headers& headers);

// kDataLoss where `bytes` end in the middle of a header.
absl::StatusOr<Headers> DecodeHeaders(std::string_view bytes);

}  // namespace earshot::eventlog
