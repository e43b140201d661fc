#include "common/eventlog/embedded/header_codec.h"

#include "common/base/status.h"

namespace earshot::eventlog {
namespace {

void AppendSized(std::string_view text, std::string& out) {
  uint64_t size = text.size();
  for (; size >= 0x80; size >>= 7) out += static_cast<char>(size | 0x80);
  out += static_cast<char>(size);
  out += text;
}

// Takes a length and as many bytes off the front.
std::optional<std::string_view> TakeSized(std::string_view& bytes) {
  uint64_t size = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (bytes.empty()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    size |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (size > bytes.size()) return std::nullopt;
      const std::string_view text = bytes.substr(0, size);
      bytes.remove_prefix(size);
      return text;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string EncodeHeaders(const Headers& headers) {
  std::string out;
  for (const auto& [name, value] : headers) {
    AppendSized(name, out);
    AppendSized(value, out);
  }
  return out;
}

absl::StatusOr<Headers> DecodeHeaders(std::string_view bytes) {
  Headers headers;
  while (!bytes.empty()) {
    const auto name = TakeSized(bytes);
    const auto value = name ? TakeSized(bytes) : std::nullopt;
    if (!value) return DataLoss("the headers of a record are damaged");
    headers.emplace_back(*name, *value);
  }
  return headers;
}

}  // namespace earshot::eventlog
