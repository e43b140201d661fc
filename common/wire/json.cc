#include "common/wire/json.h"

#include "common/base/status.h"
#include "common/wire/identity.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver_util.h"

namespace earshot::wire {
namespace {

constexpr char kTypeUrlPrefix[] = "type.googleapis.com";

google::protobuf::util::TypeResolver& Types() {
  static google::protobuf::util::TypeResolver* const types = google::protobuf::util::NewTypeResolverForDescriptorPool(
      kTypeUrlPrefix, google::protobuf::DescriptorPool::generated_pool());
  return *types;
}

// By way of the deterministic bytes: a map's entries come in the order of their keys.
std::string PrintJson(const google::protobuf::Message& message, bool indent) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = indent;
  std::string json;
  const std::string type = std::string(kTypeUrlPrefix) + "/" + message.GetTypeName();
  const auto status =
      google::protobuf::util::BinaryToJsonString(&Types(), type, DeterministicBytes(message), &json, options);
  return status.ok() ? json : "{}";
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) { return PrintJson(message, /*indent=*/false); }

std::string ToPrettyJson(const google::protobuf::Message& message) { return PrintJson(message, /*indent=*/true); }

absl::Status FromJson(std::string_view json, google::protobuf::Message& message) {
  message.Clear();
  const auto status = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
  if (status.ok()) return absl::OkStatus();
  return InvalidArgument("no JSON of {}: {}", message.GetTypeName(),
                         std::string_view(status.message().data(), status.message().size()));
}

}  // namespace earshot::wire
