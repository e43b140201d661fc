#include "services/cli/commands.h"

namespace earshot::cli {

const std::vector<Command>& Commands() {
  static const std::vector<Command> commands = {
      {"extract", "Understand transcripts: one observation a line.", DeclareExtract},
      {"quantities", "Find the figures of each line on stdin.", DeclareQuantities},
      {"rules check", "Check rule files; all errors at once.", DeclareRulesCheck},
      {"rules apply", "Make rule files the active set of a server.", DeclareRulesApply},
      {"send", "Send a recorded call as if live.", DeclareSend},
      {"watch", "Show alerts as they come.", DeclareWatch},
      {"alerts list", "List the alerts as they are now, newest first.", DeclareAlertsList},
  };
  return commands;
}

}  // namespace earshot::cli
