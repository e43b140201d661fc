// The ingest service: takes calls, understands them and publishes their events to `earshot.call-events.v1`.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto app, ingest::App::Create({}, catalog, *log, metrics));
//   EARSHOT_RETURN_IF_ERROR(app->Start());
//   EARSHOT_ASSIGN_OR_RETURN(auto server, rpc::Server::Start(options, {{"earshot.v1.IngestService", &app->service()},
//   ...})); server->OnDrain([&] { app->EndStreams(); });
//   ...
//   server->Stop(absl::Seconds(10));
//   app->Stop();
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "common/eventlog/event_log.h"
#include "common/telemetry/metrics.h"

namespace grpc {
class Service;
}  // namespace grpc

namespace earshot::ingest {

struct AppOptions {
  // Calls whose course is kept. Where one more comes, the one that has been silent for longest and that no client
  // streams is forgotten: should it go on, its client is told to send it from the beginning, and downstream drops what
  // it had. Where all are streamed, a new one is RESOURCE_EXHAUSTED.
  size_t max_open_calls = 256;
  // Threads that understand and wait for the log. A call uses one at a time.
  int worker_threads = 4;
  const Clock* clock = &Clock::System();
};

// Start, EndStreams and Stop are for the owner; the service is called from any thread.
class App {
 public:
  // `log` and `metrics` must outlive the App. Creates the topic where it is missing.
  static absl::StatusOr<std::unique_ptr<App>> Create(AppOptions options, catalog::Catalog catalog,
                                                     eventlog::EventLog& log, telemetry::Metrics& metrics);
  ~App();

  // Opens the way to the log, and understands a made-up call to be warm. Calls are UNAVAILABLE before.
  absl::Status Start();

  // `earshot.v1.IngestService`; lives as long as the App.
  grpc::Service& service();

  // OK, or why the last event could not be published. Thread-safe.
  absl::Status Health() const;

  // Tells every open stream that the server shuts down, and ends it: its client connects again, here or elsewhere,
  // and is told where to go on. Does not wait.
  void EndStreams();

  // EndStreams, then ends the work. Idempotent. The server that carries the service must have stopped.
  void Stop();

 private:
  class Parts;
  explicit App(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace earshot::ingest
