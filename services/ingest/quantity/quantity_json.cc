#include <cmath>

#include "common/text/utf8.h"
#include "fmt/format.h"
#include "services/ingest/quantity/quantity.h"

namespace earshot::quantity {
namespace {

void AppendJsonString(std::string_view text, std::string& out) {
  out.push_back('"');
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeUtf8(text, i);
    i += c.size;
    if (c.value == '"' || c.value == '\\') {
      out.push_back('\\');
      out.push_back(static_cast<char>(c.value));
    } else if (c.value < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
    } else {
      AppendUtf8(c.value, out);
    }
  }
  out.push_back('"');
}

std::string JsonNumber(double value) {
  constexpr double kExact = 9007199254740992;  // 2^53
  if (value == std::floor(value) && std::fabs(value) < kExact) return fmt::format("{}", static_cast<int64_t>(value));
  return fmt::format("{}", value);
}

std::string_view BoundName(v1::Bound bound) {
  switch (bound) {
    case v1::BOUND_APPROXIMATE:
      return "APPROXIMATE";
    case v1::BOUND_AT_LEAST:
      return "AT_LEAST";
    case v1::BOUND_AT_MOST:
      return "AT_MOST";
    case v1::BOUND_RANGE:
      return "RANGE";
    default:
      return "EXACT";
  }
}

}  // namespace

std::string QuantitiesToJson(std::string_view line, Language language) {
  std::string out = "[";
  for (const Quantity& quantity : FindQuantities(line, language)) {
    if (out.size() > 1) out += ", ";
    out += "{\"text\": ";
    AppendJsonString(line.substr(quantity.begin, quantity.end - quantity.begin), out);
    out += fmt::format(R"(, "begin": {}, "end": {}, "value": {}, "value_high": {}, "unit": "{}", "bound": "{}"}})",
                       quantity.begin, quantity.end, JsonNumber(quantity.value),
                       quantity.value_high ? JsonNumber(*quantity.value_high) : "null", quantity.unit,
                       BoundName(quantity.bound));
  }
  return out + "]";
}

}  // namespace earshot::quantity
