#include "services/cli/commands.h"

namespace earshot::cli {

const std::vector<Command>& Commands() {
  static const std::vector<Command> commands = {
      {"serve", "Run all services in one process on the embedded event log.", DeclareServe},
      {"send", "Send a recorded call to a server as if live.", DeclareSend},
      {"watch", "Show alerts as they come.", DeclareWatch},
      {"alerts list", "List the alerts as they are now, newest first.", DeclareAlertsList},
      {"rules check", "Check rule files; shows all errors at once.", DeclareRulesCheck},
      {"rules apply", "Make rule files the active set of a server.", DeclareRulesApply},
      {"extract", "Understand transcripts: one observation a line.", DeclareExtract},
      {"quantities", "Find the figures of each line on stdin.", DeclareQuantities},
      {"cel", "Evaluate an expression over JSON.", DeclareCel},
  };
  return commands;
}

}  // namespace earshot::cli
