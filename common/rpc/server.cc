#include "common/rpc/server.h"

#include <mutex>
#include <utility>

#include "common/base/status.h"
#include "common/net/listen_check.h"
#include "common/rpc/default_deadline.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"

namespace earshot::rpc {
namespace {

int Millis(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

void SetLimits(const ServerOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, options.max_metadata_bytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Millis(options.max_connection_age));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Millis(options.max_connection_age_grace));
  // Two servers must not share a port: the second one is to fail.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

// Reflection and health are plugins of all servers of the process: the first is asked for by the first server that
// wants it, the second is always there.
void EnablePlugins(bool reflection) {
  static std::mutex mutex;
  static bool reflecting = false;
  std::lock_guard lock(mutex);
  grpc::EnableDefaultHealthCheckService(true);
  if (reflection && !std::exchange(reflecting, true)) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
}

}  // namespace

struct Server::State {
  std::unique_ptr<grpc::Server> server;
  std::vector<std::string> service_names;
  std::mutex mutex;
  std::vector<std::function<void()>> drains;
  bool stopped = false;
};

Server::Server(std::unique_ptr<State> state, std::string address)
    : state_(std::move(state)), address_(std::move(address)) {}

Server::~Server() { Stop(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options,
                                                      const std::vector<NamedService>& services) {
  EARSHOT_RETURN_IF_ERROR(net::CheckCanListen(options.address));
  EnablePlugins(options.reflection);
  grpc::ServerBuilder builder;
  SetLimits(options, builder);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(DefaultDeadline(options.default_deadline));
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  int port = 0;
  builder.AddListeningPort(options.address, grpc::InsecureServerCredentials(), &port);
  auto state = std::make_unique<State>();
  for (const NamedService& service : services) {
    builder.RegisterService(service.service);
    state->service_names.push_back(service.name);
  }
  state->server = builder.BuildAndStart();
  if (state->server == nullptr || port == 0) {
    return Unavailable("address {} cannot be listened on", options.address);
  }
  auto server = std::unique_ptr<Server>(
      new Server(std::move(state), fmt::format("{}:{}", options.address.substr(0, options.address.rfind(':')), port)));
  server->SetServing(false);
  return server;
}

void Server::SetServing(bool serving) {
  for (const std::string& name : state_->service_names) SetServing(name, serving);
  SetServing("", serving);
}

void Server::SetServing(std::string_view service, bool serving) {
  if (auto* health = state_->server->GetHealthCheckService()) {
    health->SetServingStatus(std::string(service), serving);
  }
}

void Server::OnDrain(std::function<void()> drain) {
  std::lock_guard lock(state_->mutex);
  state_->drains.push_back(std::move(drain));
}

void Server::Stop(absl::Duration deadline) {
  std::vector<std::function<void()>> drains;
  {
    std::lock_guard lock(state_->mutex);
    if (std::exchange(state_->stopped, true)) return;
    drains = std::move(state_->drains);
  }
  SetServing(false);
  for (const auto& drain : drains) drain();
  state_->server->Shutdown(absl::ToChronoTime(absl::Now() + deadline));
  state_->server->Wait();
}

}  // namespace earshot::rpc
