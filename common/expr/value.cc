#include "common/expr/value.h"

#include <algorithm>
#include <cmath>

#include "absl/time/time.h"
#include "common/expr/arena.h"
#include "common/expr/message_type.h"
#include "common/expr/time_text.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

std::string QuotedText(std::string_view text, bool bytes) {
  std::string out = bytes ? "b\"" : "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F || (bytes && byte > 0x7F)) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string DoubleLiteral(double d) {
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d > 0 ? "Infinity" : "-Infinity";
  std::string text = fmt::format("{}", d);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

// Writes values within values; memory that foreign lists and fields need is its own.
class DebugWriter {
 public:
  std::string Write(Value value) {
    switch (value.kind()) {
      case Kind::kNull:
        return "null";
      case Kind::kBool:
        return value.bool_value() ? "true" : "false";
      case Kind::kInt:
        return fmt::format("{}", value.int_value());
      case Kind::kUint:
        return fmt::format("{}u", value.uint_value());
      case Kind::kDouble:
        return DoubleLiteral(value.double_value());
      case Kind::kString:
      case Kind::kBytes:
        return QuotedText(value.text(), value.Is(Kind::kBytes));
      case Kind::kTimestamp:
        return fmt::format("timestamp(\"{}\")", FormatTimestamp(value.time()));
      case Kind::kDuration:
        return fmt::format("duration(\"{}\")", FormatDuration(value.time()));
      case Kind::kType:
        return std::string(value.text());
      case Kind::kList:
        return WriteList(value.list());
      case Kind::kMap:
        return WriteMap(value.map());
      case Kind::kMessage:
        return WriteMessage(value.message());
      case Kind::kAbsent:
        return "absent";
      case Kind::kError:
        return fmt::format("error({})", value.error().message);
    }
    return "";
  }

 private:
  std::string WriteList(const ListValue& list) {
    std::string out;
    for (size_t i = 0; i < list.size(); ++i) {
      out += fmt::format("{}{}", i > 0 ? ", " : "", Write(list.At(i, arena_)));
    }
    return fmt::format("[{}]", out);
  }

  std::string WriteMap(const MapValue& map) {
    std::string out;
    for (size_t i = 0; i < map.size(); ++i) {
      const MapEntry entry = map.EntryAt(i, arena_);
      out += fmt::format("{}{}: {}", i > 0 ? ", " : "", Write(entry.key), Write(entry.value));
    }
    return fmt::format("{{{}}}", out);
  }

  std::string WriteMessage(const MessageRef& message) {
    std::string out;
    for (const Field& field : message.type->fields()) {
      const Value value = field.read(message.message, arena_);
      if (!value.is_absent()) out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", field.name, Write(value));
    }
    return fmt::format("{}{{{}}}", message.type->name(), out);
  }

  Arena arena_;
};

constexpr int64_t kMinSeconds = -62'135'596'800;
constexpr int64_t kMaxSeconds = 253'402'300'799;

}  // namespace

Value Value::Timestamp(absl::Time at) {
  const absl::Time clamped = std::clamp(at, absl::FromUnixSeconds(kMinSeconds), absl::FromUnixSeconds(kMaxSeconds));
  const int64_t seconds = absl::ToUnixSeconds(clamped);
  const int64_t nanos = absl::ToInt64Nanoseconds(clamped - absl::FromUnixSeconds(seconds));
  return Timestamp(SecondsNanos{seconds, static_cast<int32_t>(nanos)});
}

Value Value::Duration(absl::Duration span) {
  absl::Duration rest;
  const int64_t seconds = absl::IDivDuration(span, absl::Seconds(1), &rest);
  return Duration(SecondsNanos{seconds, static_cast<int32_t>(absl::ToInt64Nanoseconds(rest))});
}

absl::Time Value::ToTime() const { return absl::FromUnixSeconds(time().seconds) + absl::Nanoseconds(time().nanos); }

absl::Duration Value::ToDuration() const { return absl::Seconds(time().seconds) + absl::Nanoseconds(time().nanos); }

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "null_type";
    case Kind::kBool:
      return "bool";
    case Kind::kInt:
      return "int";
    case Kind::kUint:
      return "uint";
    case Kind::kDouble:
      return "double";
    case Kind::kString:
      return "string";
    case Kind::kBytes:
      return "bytes";
    case Kind::kTimestamp:
      return "google.protobuf.Timestamp";
    case Kind::kDuration:
      return "google.protobuf.Duration";
    case Kind::kType:
      return "type";
    case Kind::kList:
      return "list";
    case Kind::kMap:
      return "map";
    case Kind::kMessage:
      return "message";
    case Kind::kAbsent:
      return "absent";
    case Kind::kError:
      return "error";
  }
  return "";
}

std::string_view KindName(Value value) {
  return value.Is(Kind::kMessage) ? std::string_view(value.message().type->name()) : KindName(value.kind());
}

std::string DebugString(Value value) { return DebugWriter().Write(value); }

}  // namespace earshot::expr
