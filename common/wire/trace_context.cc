#include "common/wire/trace_context.h"

#include <algorithm>
#include <cstdint>

#include "absl/random/random.h"
#include "fmt/format.h"

namespace earshot::wire {
namespace {

constexpr size_t kTraceparentSize = 55;

uint64_t RandomBits() {
  thread_local absl::BitGen generator;
  uint64_t bits = 0;
  while (bits == 0) bits = absl::Uniform<uint64_t>(generator);
  return bits;
}

bool IsLowerHex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsId(std::string_view text) { return IsLowerHex(text) && text.find_first_not_of('0') != std::string_view::npos; }

bool HasDashes(std::string_view text) { return text[2] == '-' && text[35] == '-' && text[52] == '-'; }

bool IsVersionAndLength(std::string_view text) {
  const std::string_view version = text.substr(0, 2);
  if (!IsLowerHex(version) || version == "ff") return false;
  if (version == "00") return text.size() == kTraceparentSize;
  return text.size() == kTraceparentSize || text[kTraceparentSize] == '-';
}

}  // namespace

std::string TraceContext::ToString() const {
  return fmt::format("00-{}-{}-{}", trace_id, parent_id, sampled ? "01" : "00");
}

TraceContext TraceContext::Child() const {
  TraceContext child = *this;
  child.parent_id = fmt::format("{:016x}", RandomBits());
  return child;
}

TraceContext TraceContext::New() {
  return {.trace_id = fmt::format("{:016x}{:016x}", RandomBits(), RandomBits()),
          .parent_id = fmt::format("{:016x}", RandomBits()),
          .sampled = true};
}

std::optional<TraceContext> ParseTraceparent(std::string_view text) {
  if (text.size() < kTraceparentSize || !HasDashes(text) || !IsVersionAndLength(text)) return std::nullopt;
  const std::string_view trace_id = text.substr(3, 32);
  const std::string_view parent_id = text.substr(36, 16);
  const std::string_view flags = text.substr(53, 2);
  if (!IsId(trace_id) || !IsId(parent_id) || !IsLowerHex(flags)) return std::nullopt;
  const bool sampled = flags[1] <= '9' ? (flags[1] - '0') % 2 != 0 : (flags[1] - 'a') % 2 != 0;
  return TraceContext{std::string(trace_id), std::string(parent_id), sampled};
}

std::string ContinueTrace(std::string_view text) {
  const std::optional<TraceContext> parent = ParseTraceparent(text);
  return parent ? parent->Child().ToString() : TraceContext::New().ToString();
}

}  // namespace earshot::wire
