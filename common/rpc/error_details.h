// Errors that a client can act on: google.rpc details attached to an absl::Status as payloads. Services and libraries
// attach them without seeing gRPC; common/rpc/grpc_status.h carries them over the wire.
//
//   return rpc::WithFieldViolation(InvalidArgument("the call names no company"), "open.call.company", "is empty");
//   return rpc::WithRetryDelay(rpc::WithReason(Unavailable("draining"), "SHUTTING_DOWN"), absl::Seconds(1));
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"

namespace earshot::rpc {

// Domain of every ErrorInfo of Earshot.
inline constexpr std::string_view kErrorDomain = "earshot.io";

// Sets google.rpc.ErrorInfo. `reason` is UPPER_SNAKE of at most 63 characters; `metadata` are further facts for
// programs. A second call replaces the first.
absl::Status WithReason(absl::Status status, std::string_view reason,
                        const std::vector<std::pair<std::string, std::string>>& metadata = {});

// Adds to google.rpc.BadRequest. `field` is a path in the request: `open.call.company`, `files[2].content`.
absl::Status WithFieldViolation(absl::Status status, std::string_view field, std::string_view description);

// Sets google.rpc.RetryInfo.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// What was attached; a default message where nothing was.
google::rpc::ErrorInfo ErrorInfoOf(const absl::Status& status);
google::rpc::BadRequest BadRequestOf(const absl::Status& status);
// absl::ZeroDuration() where nothing was attached.
absl::Duration RetryDelayOf(const absl::Status& status);

// For a terminal, several lines without a newline at the end:
//   INVALID_ARGUMENT: the call names no company
//     open.call.company: is empty
//     reason FIELD_MISSING (field=company)
//     try again after 1s
std::string RenderError(const absl::Status& status);

// The details alone, each on a line that begins with a newline and two spaces; empty where there are none.
std::string RenderErrorDetails(const absl::Status& status);

}  // namespace earshot::rpc
