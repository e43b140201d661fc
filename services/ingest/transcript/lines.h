// A transcript as numbered lines, and the errors that point at them. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace earshot::transcript {

// Borrows the text. Without blanks at either end, line break and byte order mark.
struct Line {
  int number = 0;  // from 1
  std::string_view text;

  bool blank() const { return text.empty(); }
};

// All lines, blank ones included. LF, CRLF and a lone CR end a line.
std::vector<Line> SplitLines(std::string_view bytes);

// INVALID_ARGUMENT where the bytes are no text that can be a transcript: none or only blanks, over
// kMaxTranscriptBytes, invalid UTF-8, a NUL.
absl::Status CheckBytes(std::string_view bytes, std::string_view file_name);

}  // namespace earshot::transcript
