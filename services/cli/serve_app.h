// All services in one process on the embedded event log: what `earshot serve` runs, and a test can.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto app, ServeApp::Create({.data_dir = dir, .listen = "127.0.0.1:0", ...}));
//   EARSHOT_RETURN_IF_ERROR(app->Start());   // ready
//   Connect(app->Address());
//   app->Stop();
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace earshot::cli {

struct ServeOptions {
  // Of the event log and what is made from it; created where missing. One process at a time.
  std::string data_dir;
  // HOST:PORT; port 0 takes a free one.
  std::string listen;
  std::string metrics_listen;
  std::string catalog_dir;
  // Applied at the start and whenever its files change; a change that is wrong is logged and the set before it stays.
  std::string rules_dir;
  // How often the rule files are looked at.
  absl::Duration rules_interval = absl::Seconds(2);
  bool reflection = false;
  // How long Stop waits for open calls.
  absl::Duration drain_timeout = absl::Seconds(10);
};

// For the owner's thread.
class ServeApp {
 public:
  // Reads catalogue and rules, opens the log. INVALID_ARGUMENT with every diagnostic where a file is wrong,
  // UNAVAILABLE where the data folder is in use.
  static absl::StatusOr<std::unique_ptr<ServeApp>> Create(ServeOptions options);

  // Stops.
  ~ServeApp();

  // Listens, restores the state, applies the rules; health is SERVING when it returns. UNAVAILABLE "address ... is in
  // use: ..." where a port cannot be had.
  absl::Status Start();

  // HOST:PORT with the ports that are bound; after Start.
  std::string Address() const;
  std::string MetricsAddress() const;

  // Health says NOT_SERVING, streams are told to connect again, calls end, positions are committed. Idempotent.
  void Stop();

 private:
  class Parts;
  explicit ServeApp(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace earshot::cli
