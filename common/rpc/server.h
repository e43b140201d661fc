// A gRPC server with what every Earshot service needs: limits and keepalive, health, reflection, a drain.
//
//   rpc::ServerOptions options{.address = "127.0.0.1:0"};
//   EARSHOT_ASSIGN_OR_RETURN(
//       auto server, rpc::Server::Start(options, {{v1::IngestService::service_full_name(), &ingest_service},
//                                                 {v1::AlertService::service_full_name(), &alert_service}}));
//   server->OnDrain([&] { board.EndStreams(); });
//   server->SetServing(true);
//   ...
//   server->Stop(absl::Seconds(10));
//
// Health: the whole server (empty name) and each service by its full name, NOT_SERVING until SetServing.
// Thread-safe, except that Stop and the destructor are for the owner.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace grpc {
class Service;
}  // namespace grpc

namespace earshot::rpc {

struct ServerOptions {
  // HOST:PORT; port 0 takes a free one.
  std::string address = "127.0.0.1:0";
  // Lets tools ask for the services and their messages; off in production.
  bool reflection = false;
  // The largest message taken, bytes: a whole transcript of 4 MiB with its envelope. Streams check smaller limits
  // of their own.
  int max_receive_bytes = (4 << 20) + (64 << 10);
  // Metadata of a request, bytes.
  int max_metadata_bytes = 8 << 10;
  // What a unary call gets whose client set no deadline.
  absl::Duration default_deadline = absl::Seconds(5);
  // A connection is asked to go after this time, and is cut after the grace.
  absl::Duration max_connection_age = absl::Minutes(30);
  absl::Duration max_connection_age_grace = absl::Seconds(60);
};

// A service and its full name, `earshot.v1.IngestService`, which gRPC keeps to itself.
struct NamedService {
  std::string name;
  grpc::Service* service;
};

class Server {
 public:
  // Listens at once. The services must outlive the server. UNAVAILABLE with
  // "address 127.0.0.1:7000 is in use: ..." where the port cannot be had; INVALID_ARGUMENT where the address is none.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options,
                                                       const std::vector<NamedService>& services);

  // Stops at once if it has not been stopped.
  ~Server();

  // HOST:PORT with the port that is bound.
  const std::string& Address() const { return address_; }

  // Health of the whole server and of every service.
  void SetServing(bool serving);

  // Health of one service by its full name: "earshot.v1.IngestService".
  void SetServing(std::string_view service, bool serving);

  // `drain` is called once by Stop, after health says NOT_SERVING and before calls are cut: the place to tell open
  // streams to connect again. Must not block for longer than the drain may take.
  void OnDrain(std::function<void()> drain);

  // NOT_SERVING, the drain callbacks, then waits until all calls have ended, at most `deadline`; what is left is
  // cancelled. A second call does nothing.
  void Stop(absl::Duration deadline);

 private:
  struct State;
  Server(std::unique_ptr<State> state, std::string address);

  std::unique_ptr<State> state_;
  std::string address_;
};

}  // namespace earshot::rpc
