// A command of the `earshot` program: its names, and a function that declares its flags and gives what runs it.
//
//   Action DeclareCel(Flags& flags) {
//     auto options = std::make_shared<CelOptions>();
//     flags.AddPositional("EXPR", options->expression, "CEL expression.").Required();
//     return [options](Console& console) { return RunCel(*options, console); };
//   }
//
// All commands stand in one table, command_table.cc.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "services/cli/console.h"
#include "services/cli/flags.h"

namespace earshot::cli {

// Runs a command whose flags have been read.
using Action = std::function<int(Console&)>;

struct Command {
  std::string_view name;  // words: `rules check`
  std::string_view text;  // one sentence
  Action (*declare)(Flags&);
};

// In the order of the help.
const std::vector<Command>& Commands();

// What `earshot ARGUMENTS...` does; gives the exit code. Never throws.
int RunCommandLine(const std::vector<std::string>& arguments, Console& console);

}  // namespace earshot::cli
