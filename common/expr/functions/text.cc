#include "common/expr/functions/text.h"

#include <cmath>
#include <map>
#include <utility>

#include "common/expr/message_type.h"
#include "common/expr/time_text.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

void AppendListText(const ListValue& list, Arena& arena, std::string& out) {
  out += '[';
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ", ";
    AppendText(list.At(i, arena), arena, out);
  }
  out += ']';
}

void AppendMapText(const MapValue& map, Arena& arena, std::string& out) {
  std::map<std::string, std::string> entries;
  for (size_t i = 0; i < map.size(); ++i) {
    const MapEntry entry = map.EntryAt(i, arena);
    std::string key;
    AppendText(entry.key, arena, key);
    AppendText(entry.value, arena, entries[std::move(key)]);
  }
  out += '{';
  const char* separator = "";
  for (const auto& [key, value] : entries) {
    out += fmt::format("{}{}: {}", std::exchange(separator, ", "), key, value);
  }
  out += '}';
}

}  // namespace

std::string DoubleText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{}", value);
}

void AppendText(Value value, Arena& arena, std::string& out) {
  switch (value.kind()) {
    case Kind::kNull:
      out += "null";
      break;
    case Kind::kBool:
      out += value.bool_value() ? "true" : "false";
      break;
    case Kind::kInt:
      out += fmt::format("{}", value.int_value());
      break;
    case Kind::kUint:
      out += fmt::format("{}", value.uint_value());
      break;
    case Kind::kDouble:
      out += DoubleText(value.double_value());
      break;
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kType:
      out += value.text();
      break;
    case Kind::kTimestamp:
      out += FormatTimestamp(value.time());
      break;
    case Kind::kDuration:
      out += FormatDuration(value.time());
      break;
    case Kind::kList:
      AppendListText(value.list(), arena, out);
      break;
    case Kind::kMap:
      AppendMapText(value.map(), arena, out);
      break;
    case Kind::kMessage:
    case Kind::kAbsent:
    case Kind::kError:
      out += DebugString(value);
      break;
  }
}

Value MakeText(CallContext& context, std::string_view text) {
  if (!context.ChargeText(text.size())) return context.BudgetError();
  return context.arena().MakeString(text);
}

}  // namespace earshot::expr
