#include <memory>
#include <ostream>
#include <string>

#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/wire/json.h"
#include "services/cli/alert_stream.h"
#include "services/cli/blotter.h"
#include "services/cli/commands.h"

namespace earshot::cli {
namespace {

struct WatchOptions {
  std::string address;
  std::string filter;
  std::string start = "latest";
  bool json = false;
  int64_t count = 0;
  double until_idle = 0;
};

// Prints what comes and knows when to stop.
class Watch {
 public:
  Watch(const WatchOptions& options, Console& console)
      : options_(options), console_(console), last_alert_(Clock::System().Now()) {}

  Next Take(const v1::StreamAlertsResponse& response) {
    connected_ = true;
    if (response.message_case() != v1::StreamAlertsResponse::kAlert) return IdleFor();
    last_alert_ = Clock::System().Now();
    Print(response.alert());
    ++printed_;
    return options_.count > 0 && printed_ >= options_.count ? Next::kStop : Next::kGoOn;
  }

  Next Lost(const absl::Status& status) {
    if (std::exchange(connected_, false)) {
      console_.err << "earshot: connection to " << options_.address << " lost"
                   << (status.ok() ? "" : fmt::format(" ({})", Message(status))) << "; trying again\n";
    }
    return IdleFor();
  }

 private:
  Next IdleFor() const {
    const absl::Duration idle = Clock::System().Now() - last_alert_;
    return options_.until_idle > 0 && idle > absl::Seconds(options_.until_idle) ? Next::kStop : Next::kGoOn;
  }

  void Print(const v1::Alert& alert) {
    if (options_.json) {
      console_.out << wire::ToJson(alert) << "\n";
    } else {
      console_.out << RenderAlert(
                          alert,
                          {.colour = console_.colour, .fit_width = console_.out_is_terminal, .width = console_.width})
                   << "\n";
    }
    console_.out.flush();
  }

  const WatchOptions& options_;
  Console& console_;
  absl::Time last_alert_;
  int64_t printed_ = 0;
  bool connected_ = true;
};

int RunWatch(const WatchOptions& options, Console& console) {
  AlertStream stream({.address = options.address,
                      .filter = options.filter,
                      .start = options.start == "earliest" ? v1::START_POSITION_EARLIEST : v1::START_POSITION_LATEST});
  Watch watch(options, console);
  stream.on_message = [&watch](const v1::StreamAlertsResponse& response) { return watch.Take(response); };
  stream.on_lost = [&watch](const absl::Status& status) { return watch.Lost(status); };
  if (console.out_is_terminal && !options.json) {
    console.out << "Alerts from " << options.address << "; Ctrl-C ends.\n" << std::flush;
  }
  const absl::Status status = stream.Run();
  return status.ok() ? kGood : Fail(console, status);
}

}  // namespace

Action DeclareWatch(Flags& flags) {
  auto options = std::make_shared<WatchOptions>();
  flags.Add("from", options->address, "HOST:PORT", "Server to watch.").Required();
  flags.Add("filter", options->filter, "CEL", "Only alerts for which it is true: alert.company == \"BABA\".");
  flags.Add("start", options->start, "WHERE", "Where to start: latest, earliest.").OneOf({"latest", "earliest"});
  flags.Add("json", options->json, "One JSON object a line.");
  flags.Add("count", options->count, "N", "End after so many alerts; 0 for never.").Between(0, 1e9);
  flags.Add("until-idle", options->until_idle, "SECONDS", "End when no alert came for so long; 0 for never.")
      .Between(0, 1e6);
  return [options](Console& console) { return RunWatch(*options, console); };
}

}  // namespace earshot::cli
