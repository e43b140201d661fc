// Runs a command line within a test and keeps what it wrote.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "services/cli/command.h"

namespace earshot::cli {

struct CommandRun {
  int code = 0;
  std::string out;
  std::string err;
};

struct RunOptions {
  std::string input = {};  // on stdin
  bool terminal = false;   // in colour
};

inline CommandRun RunForTest(const std::vector<std::string>& arguments, const RunOptions& options = {}) {
  std::istringstream in(options.input);
  std::ostringstream out;
  std::ostringstream err;
  Console console{.in = in, .out = out, .err = err, .out_is_terminal = options.terminal, .colour = options.terminal};
  const int code = RunCommandLine(arguments, console);
  return {code, out.str(), err.str()};
}

}  // namespace earshot::cli
