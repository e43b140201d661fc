// Tells why an address cannot be listened on, which gRPC does not.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace earshot::net {

// Binds HOST:PORT and lets it go again. UNAVAILABLE "address 127.0.0.1:7000 is in use: another program listens there",
// INVALID_ARGUMENT for what is no address of this machine.
absl::Status CheckCanListen(std::string_view address);

}  // namespace earshot::net
