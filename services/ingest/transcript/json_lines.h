// Transcripts of a JSON object a line.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/transcript/lines.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::transcript {

// INVALID_ARGUMENT "FILE:LINE: …" for the first line that is no such object. Unknown keys are ignored.
absl::StatusOr<Transcript> ReadJsonLines(const std::vector<Line>& lines, std::string_view file_name);

}  // namespace earshot::transcript
