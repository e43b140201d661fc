#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "common/expr/functions/library.h"
#include "common/expr/functions/text.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

// "%.2f": the precision is -1 where none is written.
struct Clause {
  int precision = -1;
  char verb = 's';
  size_t length = 0;  // of the clause, behind the '%'
};

std::optional<Clause> ParseClause(std::string_view text) {
  Clause clause;
  size_t at = 0;
  if (text.starts_with('.')) {
    int precision = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), precision);
    if (error != std::errc() || precision > 100) return std::nullopt;
    clause.precision = precision;
    at = static_cast<size_t>(end - text.data());
  }
  if (at >= text.size() || std::string_view("sdfeboxX").find(text[at]) == std::string_view::npos) return std::nullopt;
  clause.verb = text[at];
  clause.length = at + 1;
  return clause;
}

bool IsWhole(Value value) { return value.Is(Kind::kInt) || value.Is(Kind::kUint); }

// Digits of a whole number in another base, with its sign.
std::string WholeText(Value value, int base) {
  char digits[72];
  const auto end = value.Is(Kind::kInt) ? std::to_chars(digits, std::end(digits), value.int_value(), base)
                                        : std::to_chars(digits, std::end(digits), value.uint_value(), base);
  return std::string(digits, end.ptr);
}

std::string HexText(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::optional<double> AsDouble(Value value) {
  if (value.Is(Kind::kDouble)) return value.double_value();
  if (value.Is(Kind::kInt)) return static_cast<double>(value.int_value());
  if (value.Is(Kind::kUint)) return static_cast<double>(value.uint_value());
  return std::nullopt;
}

std::optional<std::string> FixedText(const Clause& clause, Value value) {
  const std::optional<double> number = AsDouble(value);
  if (!number) return std::nullopt;
  if (!std::isfinite(*number)) return DoubleText(*number);
  const int precision = clause.precision < 0 ? 6 : clause.precision;
  return clause.verb == 'e' ? fmt::format("{:.{}e}", *number, precision) : fmt::format("{:.{}f}", *number, precision);
}

// Nothing where the clause cannot show a value of that kind.
std::optional<std::string> ClauseText(CallContext& context, const Clause& clause, Value value) {
  switch (clause.verb) {
    case 's': {
      std::string text;
      AppendText(value, context.arena(), text);
      return text;
    }
    case 'd':
      if (IsWhole(value)) return WholeText(value, 10);
      if (value.Is(Kind::kDouble) && !std::isfinite(value.double_value())) return DoubleText(value.double_value());
      return std::nullopt;
    case 'f':
    case 'e':
      return FixedText(clause, value);
    case 'b':
      if (value.Is(Kind::kBool)) return value.bool_value() ? "1" : "0";
      return IsWhole(value) ? std::optional(WholeText(value, 2)) : std::nullopt;
    case 'o':
      return IsWhole(value) ? std::optional(WholeText(value, 8)) : std::nullopt;
    default:
      break;
  }
  std::optional<std::string> hex;
  if (IsWhole(value)) hex = WholeText(value, 16);
  if (value.Is(Kind::kString) || value.Is(Kind::kBytes)) hex = HexText(value.text());
  if (hex && clause.verb == 'X') {
    std::transform(hex->begin(), hex->end(), hex->begin(), [](char c) { return c >= 'a' ? c - 'a' + 'A' : c; });
  }
  return hex;
}

Value FormatText(CallContext& context, Arguments a) {
  const std::string_view pattern = a[0].text();
  const ListValue& values = a[1].list();
  std::string out;
  size_t next = 0;
  for (size_t at = 0; at < pattern.size();) {
    const size_t percent = std::min(pattern.find('%', at), pattern.size());
    out += pattern.substr(at, percent - at);
    if (percent == pattern.size()) break;
    at = percent + 1;
    if (pattern.substr(at).starts_with('%')) {
      out += '%';
      ++at;
      continue;
    }
    const auto clause = ParseClause(pattern.substr(at));
    if (!clause) {
      return context.Fail(ErrorKind::kInvalidArgument,
                          fmt::format("format(): '{}' is none of %s %d %f %e %b %o %x %X", pattern.substr(percent, 2)));
    }
    at += clause->length;
    if (next >= values.size()) {
      return context.Fail(ErrorKind::kInvalidArgument,
                          fmt::format("format() has more clauses than its {} values", values.size()));
    }
    const Value value = values.At(next++, context.arena());
    const auto text = ClauseText(context, *clause, value);
    if (!text) {
      return context.Fail(ErrorKind::kInvalidArgument,
                          fmt::format("format(): %{} cannot show {}", clause->verb, KindName(value)));
    }
    if (!context.ChargeText(text->size())) return context.BudgetError();
    out += *text;
  }
  return MakeText(context, out);
}

}  // namespace

void AddFormatFunction(Environment& env) {
  AddMethod(env, "format", {Type::String(), Type::List(Type::Dyn())}, Type::String(), FormatText);
}

}  // namespace earshot::expr
