// The alerts service: follows `earshot.alerts.v1`, keeps the read model and brings alerts to desks.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto app, alerts::App::Create({.board_path = "data/board.db"}, log, metrics));
//   EARSHOT_RETURN_IF_ERROR(app->Start());                        // returns when it has caught up with the log
//   EARSHOT_ASSIGN_OR_RETURN(auto server, rpc::Server::Start(
//       options, {{v1::AlertService::service_full_name(), &app->service()}}));
//   server->OnDrain([&] { app->EndStreams(); });
//   ...
//   server->Stop(absl::Seconds(10));
//   app->Stop();
//
// With the embedded log one process owns the file, so `earshot serve` runs this beside the other services; a program
// of its own makes sense on a log that several processes share.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "common/telemetry/metrics.h"

namespace grpc {
class Service;
}  // namespace grpc

namespace earshot::alerts {

struct AppOptions {
  // The read model, a SQLite file. It can be thrown away: what is missing is read from the log again.
  std::string board_path;
  // Changes kept in memory for streams that are live; those further behind read the file.
  size_t recent_changes = 4096;
  // Threads that fill the streams.
  int stream_threads = 2;
  // A stream that takes nothing for this long is cut; the desk resumes with its last token.
  absl::Duration slow_consumer_timeout = absl::Seconds(60);
  const Clock* clock = &Clock::System();
};

// Start, EndStreams and Stop are for the owner; the service is called from any thread.
class App {
 public:
  // `log` and `metrics` must outlive the App. Opens the read model, or makes it anew where it is missing, damaged or of
  // another log.
  static absl::StatusOr<std::unique_ptr<App>> Create(AppOptions options, eventlog::EventLog& log,
                                                     telemetry::Metrics& metrics);
  ~App();

  // Creates the topic where it is missing, catches up with what the log holds, then follows it in a thread.
  absl::Status Start();

  // `earshot.v1.AlertService`; lives as long as the App. Calls are UNAVAILABLE before Start and after EndStreams.
  grpc::Service& service();

  // OK while the log is followed; what is wrong where following it has stopped for good. Thread-safe.
  absl::Status Health() const;

  // Tells every open stream that the server shuts down, and ends it. Does not wait for the desks.
  void EndStreams();

  // EndStreams, then stops following the log. Idempotent. The server that carries the service must have stopped.
  void Stop();

 private:
  class Parts;
  explicit App(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace earshot::alerts
