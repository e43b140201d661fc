// Canonical JSON of messages: proto3 JSON with the proto's field names (snake_case), on one line.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace earshot::wire {

// Fields that are not set are left out. The same message always gives the same text: maps in the order of their keys.
std::string ToJson(const google::protobuf::Message& message);

// Indented, for eyes.
std::string ToPrettyJson(const google::protobuf::Message& message);

// INVALID_ARGUMENT with the parser's message where `json` is no such message; unknown fields are errors.
absl::Status FromJson(std::string_view json, google::protobuf::Message& message);

}  // namespace earshot::wire
