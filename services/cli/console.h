// Where a command reads and writes: the process's own streams, or strings in a test.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace earshot::cli {

// What a command returns to the shell.
enum ExitCode : int {
  kGood = 0,
  kCheckFailed = 1,  // a check failed, or the answer is no
  kBadUsage = 2,     // bad usage or bad input; the message is on stderr
  kUnreachable = 3,  // a service is out of reach
};

// The streams must outlive it. For one thread.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Colour and layout for eyes on `out`.
  bool out_is_terminal = false;
  bool colour = false;
  // Columns of the terminal.
  int width = 120;

  // The process's streams; no colour where NO_COLOR is set or TERM is `dumb`.
  static Console Process();
};

// kUnreachable for UNAVAILABLE and DEADLINE_EXCEEDED, kBadUsage for what the caller gave (INVALID_ARGUMENT,
// NOT_FOUND, FAILED_PRECONDITION, OUT_OF_RANGE, ALREADY_EXISTS, RESOURCE_EXHAUSTED), else kCheckFailed.
ExitCode ExitCodeOf(const absl::Status& status);

// Writes `earshot: ` and the error with its details to `err`; gives its exit code.
ExitCode Fail(Console& console, const absl::Status& status);

}  // namespace earshot::cli
