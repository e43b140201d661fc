#include <string>
#include <vector>

#include "services/cli/command.h"

int main(int argc, char** argv) {
  earshot::cli::Console console = earshot::cli::Console::Process();
  return earshot::cli::RunCommandLine(std::vector<std::string>(argv + 1, argv + argc), console);
}
