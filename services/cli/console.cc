#include "services/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "common/base/status.h"
#include "common/rpc/error_details.h"

namespace earshot::cli {
namespace {

constexpr int kDefaultWidth = 120;

bool WantsColour() {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  return term != nullptr && std::string_view(term) != "dumb";
}

int TerminalWidth() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kDefaultWidth;
}

}  // namespace

Console Console::Process() {
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  return {.in = std::cin,
          .out = std::cout,
          .err = std::cerr,
          .out_is_terminal = terminal,
          .colour = terminal && WantsColour(),
          .width = terminal ? TerminalWidth() : kDefaultWidth};
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kGood;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kUnreachable;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kResourceExhausted:
      return kBadUsage;
    default:
      return kCheckFailed;
  }
}

ExitCode Fail(Console& console, const absl::Status& status) {
  const std::string what =
      status.message().empty() ? absl::StatusCodeToString(status.code()) : std::string(Message(status));
  console.err << "earshot: " << what << rpc::RenderErrorDetails(status) << "\n";
  return ExitCodeOf(status);
}

}  // namespace earshot::cli
