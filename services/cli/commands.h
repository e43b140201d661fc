// The commands, each declared in a file of its own: `watch` in watch_command.cc.
#pragma once

#include "services/cli/command.h"

namespace earshot::cli {

Action DeclareAlertsList(Flags& flags);
Action DeclareCel(Flags& flags);
Action DeclareExtract(Flags& flags);
Action DeclareQuantities(Flags& flags);
Action DeclareRulesApply(Flags& flags);
Action DeclareRulesCheck(Flags& flags);
Action DeclareSend(Flags& flags);
Action DeclareServe(Flags& flags);
Action DeclareWatch(Flags& flags);

}  // namespace earshot::cli
