// Connects to an Earshot server.
//
//   auto channel = rpc::Connect("127.0.0.1:7000");
//   auto stub = earshot::v1::AlertService::NewStub(channel);
//   grpc::ClientContext context;
//   rpc::SetTimeout(context, absl::Seconds(5));
#pragma once

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace grpc {
class Channel;
class ClientContext;
}  // namespace grpc

namespace earshot::rpc {

// How long a person is made to wait for a server that is not there.
inline constexpr absl::Duration kConnectTimeout = absl::Seconds(2);

// A channel with keepalive (30 s, 10 s) and retries of unary calls (UNAVAILABLE only, 4 attempts, from 0.1 s to 1 s).
// Does not connect yet, and connects again by itself.
std::shared_ptr<grpc::Channel> Connect(std::string_view address);

// Waits until the server can be reached. UNAVAILABLE "no Earshot server answers on ADDRESS" after `timeout`.
absl::Status WaitUntilConnected(grpc::Channel& channel, std::string_view address, absl::Duration timeout);

void SetTimeout(grpc::ClientContext& context, absl::Duration timeout);

}  // namespace earshot::rpc
