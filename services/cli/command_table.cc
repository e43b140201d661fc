#include "services/cli/commands.h"

namespace earshot::cli {

const std::vector<Command>& Commands() {
  static const std::vector<Command> commands = {
      {"send", "Send a recorded call as if live.", DeclareSend},
      {"watch", "Show alerts as they come.", DeclareWatch},
      {"alerts list", "List the alerts as they are now, newest first.", DeclareAlertsList},
  };
  return commands;
}

}  // namespace earshot::cli
