// Carries an absl::Status with its details (common/rpc/error_details.h) over gRPC and back: code and message as they
// are, details as a google.rpc.Status in the trailer `grpc-status-details-bin`.
#pragma once

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace earshot::rpc {

// Adds an ErrorInfo whose reason is the code's name (`INVALID_ARGUMENT`) where the status has none. OK stays OK.
// A message of more than 2 KiB is cut, so that the trailer keeps within the limit on metadata.
grpc::Status ToGrpc(const absl::Status& status);

absl::Status FromGrpc(const grpc::Status& status);

}  // namespace earshot::rpc
