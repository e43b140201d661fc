// Serves `/metrics` over HTTP.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto server, MetricsServer::Start(metrics, "127.0.0.1:0"));
//   server->Address()  // "127.0.0.1:38211"
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/telemetry/metrics.h"

namespace earshot::telemetry {

class MetricsServer {
 public:
  // Listens on `address` (HOST:PORT with a numeric host; port 0 takes a free one). UNAVAILABLE where the port is in
  // use, INVALID_ARGUMENT where the address is none.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(const Metrics& metrics, std::string_view address);

  // Stops listening.
  ~MetricsServer();

  // HOST:PORT with the port that is bound.
  const std::string& Address() const { return address_; }

 private:
  class Listener;
  MetricsServer(std::unique_ptr<Listener> listener, std::string address);

  std::unique_ptr<Listener> listener_;
  std::string address_;
};

}  // namespace earshot::telemetry
