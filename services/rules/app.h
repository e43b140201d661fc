// The rules service: follows `earshot.call-events.v1`, decides, publishes alerts; takes rule sets.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto app, rules::App::Create({}, catalog, *log, metrics));
//   EARSHOT_RETURN_IF_ERROR(app->Start());                        // returns when the state is restored
//   EARSHOT_ASSIGN_OR_RETURN(auto applied, app->ApplyRuleSet(ReadRuleFiles({"deploy/config/rules"})...));
//   EARSHOT_ASSIGN_OR_RETURN(auto server, rpc::Server::Start(options, {&app->service(), ...}));
//   ...
//   server->Stop(absl::Seconds(10));
//   app->Stop();
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "common/eventlog/event_log.h"
#include "common/telemetry/metrics.h"
#include "earshot/v1/rule_set.pb.h"

namespace grpc {
class Service;
}  // namespace grpc

namespace earshot::rules {

struct AppOptions {
  // How long what has been decided may go without a snapshot: it is decided again, to the same alerts, after a crash.
  absl::Duration checkpoint_interval = absl::Seconds(2);
  // How long Start waits for the state to be restored.
  absl::Duration start_timeout = absl::Seconds(60);
  const Clock* clock = &Clock::System();
};

struct AppliedRuleSet {
  std::string name;  // `ruleSets/{rule_set}`
  int rule_count = 0;
  bool unchanged = false;  // it was active in every partition already; nothing was written
};

// Start and Stop are for the owner; the rest is called from any thread.
class App {
 public:
  // `log` and `metrics` must outlive the App. Creates the topics where they are missing.
  static absl::StatusOr<std::unique_ptr<App>> Create(AppOptions options, catalog::Catalog catalog,
                                                     eventlog::EventLog& log, telemetry::Metrics& metrics);
  // Stops.
  ~App();

  // Follows the log in a thread; returns when the partitions are restored. kFailedPrecondition where the active rule
  // set cannot be used by this version: those partitions stand still until a newer one takes over.
  absl::Status Start();

  // `earshot.v1.RuleService`; lives as long as the App.
  grpc::Service& service();

  // Checks the files and makes them the active set, as RuleService.ApplyRuleSet does. kInvalidArgument with all
  // diagnostics where a file is bad; kUnavailable where the log does not take it: then it may be applied in part, and
  // applying it again completes it.
  absl::StatusOr<AppliedRuleSet> ApplyRuleSet(const std::vector<v1::RuleFile>& files);

  // OK while the log is followed and no partition stands still.
  absl::Status Health() const;

  // Takes the last snapshots, commits, leaves the group. Idempotent. The server that carries the service must have
  // stopped.
  void Stop();

 private:
  class Parts;
  explicit App(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace earshot::rules
