// A deadline for unary calls whose client set none: a handler that hangs must not hold such a client for good.
#pragma once

#include <memory>

#include "absl/time/time.h"
#include "grpcpp/support/server_interceptor.h"

namespace earshot::rpc {

// For a server's interceptors. A call over its time ends with DEADLINE_EXCEEDED for the client and is cancelled for its
// handler, which must still finish it. Streams and calls with a deadline of their own are left alone.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> DefaultDeadline(absl::Duration time);

}  // namespace earshot::rpc
