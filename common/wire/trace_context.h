// W3C trace context, version 00: `00-<32 hex trace id>-<16 hex parent id>-<2 hex flags>`, lowercase, 55 characters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace earshot::wire {

inline constexpr std::string_view kTraceparentKey = "traceparent";

struct TraceContext {
  std::string trace_id;   // 32 hex digits, not all zero
  std::string parent_id;  // 16 hex digits, not all zero
  bool sampled = false;

  std::string ToString() const;

  // The same trace, a new parent.
  TraceContext Child() const;

  // Random ids.
  static TraceContext New();
};

// Nothing where `text` is not a valid traceparent: uppercase, all-zero ids, version ff, a wrong length. A version
// above 00 may carry more behind the flags, which is dropped.
std::optional<TraceContext> ParseTraceparent(std::string_view text);

// The traceparent of the next hop: a child of `text`, or a new trace where `text` is not valid.
std::string ContinueTrace(std::string_view text);

}  // namespace earshot::wire
