#include <signal.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/config/setting.h"
#include "common/telemetry/log.h"
#include "fmt/ostream.h"
#include "services/cli/commands.h"
#include "services/cli/input_file.h"
#include "services/cli/serve_app.h"

namespace earshot::cli {
namespace {

using config::Setting;
using telemetry::Log;

// Once for flags, environment and help.
const std::vector<Setting>& ServeSettings() {
  static const std::vector<Setting> settings = {
      {.name = "data", .default_value = "earshot-data", .unit = "DIR", .text = "Event log and what is made from it."},
      {.name = "listen",
       .default_value = "127.0.0.1:7420",
       .unit = "HOST:PORT",
       .text = "gRPC; port 0 for a free one."},
      {.name = "metrics-listen",
       .default_value = "127.0.0.1:9464",
       .unit = "HOST:PORT",
       .text = "Prometheus metrics over HTTP."},
      {.name = "catalog", .default_value = "", .unit = "DIR", .text = "Catalogue; the one that comes with Earshot."},
      {.name = "rules", .default_value = "", .unit = "DIR", .text = "Rules; those that come with Earshot."},
      {.name = "drain-timeout",
       .default_value = "10",
       .unit = "seconds",
       .text = "How long open calls may take to end on SIGTERM.",
       .min = 0,
       .max = 600},
      {.name = "log-level",
       .default_value = "info",
       .unit = "LEVEL",
       .text = "Lowest level that is logged: debug, info, warning, error."},
      {.name = "reflection",
       .default_value = "false",
       .unit = "BOOL",
       .text = "gRPC reflection for tools: true, false."},
      {.name = "addresses-file",
       .default_value = "",
       .unit = "FILE",
       .text = "Where to write grpc=HOST:PORT and metrics=HOST:PORT once ready, for scripts that ask for port 0."},
  };
  return settings;
}

// Signals that end the service, held back from all threads until they are waited for.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // Lets a second signal end the process at once.
  int Wait() {
    int signal = 0;
    sigwait(&signals_, &signal);
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
    return signal;
  }

 private:
  sigset_t signals_;
};

absl::Status ConfigureLog(std::string_view level) {
  using telemetry::LogLevel;
  constexpr std::pair<std::string_view, LogLevel> kLevels[] = {{"debug", LogLevel::kDebug},
                                                               {"info", LogLevel::kInfo},
                                                               {"warning", LogLevel::kWarning},
                                                               {"error", LogLevel::kError}};
  for (const auto& [name, value] : kLevels) {
    if (name == level) return Log::Configure(value), absl::OkStatus();
  }
  return InvalidArgument("setting 'log-level': '{}' is none of debug, info, warning, error", level);
}

absl::StatusOr<ServeOptions> ServeOptionsFrom(const config::Values& values) {
  EARSHOT_ASSIGN_OR_RETURN(const std::string catalog, ConfigDirOr(values.at("catalog"), "catalog"));
  EARSHOT_ASSIGN_OR_RETURN(const std::string rules, ConfigDirOr(values.at("rules"), "rules"));
  if (const std::string& value = values.at("reflection"); value != "true" && value != "false") {
    return InvalidArgument("setting 'reflection': '{}' is neither true nor false", value);
  }
  return ServeOptions{.data_dir = values.at("data"),
                      .listen = values.at("listen"),
                      .metrics_listen = values.at("metrics-listen"),
                      .catalog_dir = catalog,
                      .rules_dir = rules,
                      .reflection = values.at("reflection") == "true",
                      .drain_timeout = absl::Seconds(std::atof(values.at("drain-timeout").c_str()))};
}

// In one step: who reads the file never sees half of it.
absl::Status WriteAddresses(const std::string& path, const ServeApp& app) {
  if (path.empty()) return absl::OkStatus();
  EARSHOT_RETURN_IF_ERROR(
      WriteOutputFile(path + ".new", fmt::format("grpc={}\nmetrics={}\n", app.Address(), app.MetricsAddress())));
  std::error_code error;
  std::filesystem::rename(path + ".new", path, error);
  return error ? InvalidArgument("{}: {}", path, error.message()) : absl::OkStatus();
}

absl::Status Serve(const config::Values& given, Console& console) {
  EARSHOT_ASSIGN_OR_RETURN(const config::Values values,
                           config::Resolve(ServeSettings(), given, config::ReadEnvironment(ServeSettings())));
  EARSHOT_RETURN_IF_ERROR(ConfigureLog(values.at("log-level")));
  EARSHOT_ASSIGN_OR_RETURN(const ServeOptions options, ServeOptionsFrom(values));
  EndSignals signals;
  EARSHOT_ASSIGN_OR_RETURN(const std::unique_ptr<ServeApp> app, ServeApp::Create(options));
  EARSHOT_RETURN_IF_ERROR(app->Start());
  EARSHOT_RETURN_IF_ERROR(WriteAddresses(values.at("addresses-file"), *app));
  fmt::print(console.out, "earshot: serving on {}, metrics on http://{}/metrics, data in {}\n", app->Address(),
             app->MetricsAddress(), options.data_dir);
  console.out.flush();
  Log::Info("serve", "draining", {{"signal", strsignal(signals.Wait())}});
  app->Stop();
  Log::Info("serve", "stopped");
  return absl::OkStatus();
}

// What keeps a service from starting is in its settings: a port or a folder that is taken is bad usage, not a service
// out of reach.
int RunServe(const config::Values& given, Console& console) {
  const absl::Status status = Serve(given, console);
  if (status.ok()) return kGood;
  const ExitCode code = Fail(console, status);
  return code == kUnreachable ? kBadUsage : code;
}

}  // namespace

Action DeclareServe(Flags& flags) {
  auto values = std::make_shared<std::vector<std::string>>(ServeSettings().size());
  for (size_t i = 0; i < values->size(); ++i) {
    const Setting& setting = ServeSettings()[i];
    flags.Add(setting.name, (*values)[i], setting.unit, config::HelpText(setting));
  }
  return [values](Console& console) {
    config::Values given;
    for (size_t i = 0; i < values->size(); ++i) {
      if (!(*values)[i].empty()) given.emplace(ServeSettings()[i].name, (*values)[i]);
    }
    return RunServe(given, console);
  };
}

}  // namespace earshot::cli
