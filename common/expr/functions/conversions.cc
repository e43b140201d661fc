#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

#include "common/expr/functions/library.h"
#include "common/expr/functions/text.h"
#include "common/expr/time_text.h"
#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value SameValue(CallContext&, Arguments a) { return a[0]; }

Value OutOfRange(CallContext& context, Value value, std::string_view type) {
  return context.Fail(ErrorKind::kOverflow, fmt::format("{} is out of the range of {}", DebugString(value), type));
}

Value NoNumber(CallContext& context, Value text, std::string_view type) {
  return context.Fail(ErrorKind::kInvalidArgument, fmt::format("{} is no {}", DebugString(text), type));
}

template <typename T>
std::optional<T> ParseWhole(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Value IntFromUint(CallContext& context, Arguments a) {
  if (a[0].uint_value() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return OutOfRange(context, a[0], "int");
  }
  return Value::Int(a[0].int_value());
}

Value IntFromDouble(CallContext& context, Arguments a) {
  const double d = a[0].double_value();
  if (!(d > -0x1p63 && d < 0x1p63)) return OutOfRange(context, a[0], "int");
  return Value::Int(static_cast<int64_t>(d));
}

Value IntFromString(CallContext& context, Arguments a) {
  if (const auto value = ParseWhole<int64_t>(a[0].text())) return Value::Int(*value);
  return NoNumber(context, a[0], "int");
}

Value IntFromTimestamp(CallContext&, Arguments a) { return Value::Int(a[0].time().seconds); }

Value UintFromInt(CallContext& context, Arguments a) {
  if (a[0].int_value() < 0) return OutOfRange(context, a[0], "uint");
  return Value::Uint(a[0].uint_value());
}

Value UintFromDouble(CallContext& context, Arguments a) {
  const double d = a[0].double_value();
  if (!(d > -1 && d < 0x1p64)) return OutOfRange(context, a[0], "uint");
  return Value::Uint(static_cast<uint64_t>(d));
}

Value UintFromString(CallContext& context, Arguments a) {
  if (const auto value = ParseWhole<uint64_t>(a[0].text())) return Value::Uint(*value);
  return NoNumber(context, a[0], "uint");
}

Value DoubleFromInt(CallContext&, Arguments a) { return Value::Double(static_cast<double>(a[0].int_value())); }
Value DoubleFromUint(CallContext&, Arguments a) { return Value::Double(static_cast<double>(a[0].uint_value())); }

Value DoubleFromString(CallContext& context, Arguments a) {
  if (const auto value = ParseWhole<double>(a[0].text())) return Value::Double(*value);
  return NoNumber(context, a[0], "double");
}

Value TextOf(CallContext& context, Arguments a) {
  if (a[0].Is(Kind::kBytes) && FindInvalidUtf8(a[0].text()).has_value()) {
    return context.Fail(ErrorKind::kInvalidArgument, "the bytes are not valid UTF-8");
  }
  std::string text;
  AppendText(a[0], context.arena(), text);
  return MakeText(context, text);
}

Value BytesFromString(CallContext&, Arguments a) { return Value::Bytes(a[0].text()); }

Value BoolFromString(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == yes) return Value::Bool(true);
  }
  for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == no) return Value::Bool(false);
  }
  return NoNumber(context, a[0], "bool");
}

Value TypeNameOf(CallContext&, Arguments a) { return Value::TypeName(KindName(a[0])); }

}  // namespace

void AddConversions(Environment& env) {
  const Type any = Type::Param("A");
  AddFunction(env, "dyn", {any}, Type::Dyn(), SameValue);
  AddFunction(env, "type", {any}, Type::TypeOf(any), TypeNameOf);

  AddFunction(env, "int", {Type::Int()}, Type::Int(), SameValue);
  AddFunction(env, "int", {Type::Uint()}, Type::Int(), IntFromUint);
  AddFunction(env, "int", {Type::Double()}, Type::Int(), IntFromDouble);
  AddFunction(env, "int", {Type::String()}, Type::Int(), IntFromString);
  AddFunction(env, "int", {Type::Timestamp()}, Type::Int(), IntFromTimestamp);

  AddFunction(env, "uint", {Type::Uint()}, Type::Uint(), SameValue);
  AddFunction(env, "uint", {Type::Int()}, Type::Uint(), UintFromInt);
  AddFunction(env, "uint", {Type::Double()}, Type::Uint(), UintFromDouble);
  AddFunction(env, "uint", {Type::String()}, Type::Uint(), UintFromString);

  AddFunction(env, "double", {Type::Double()}, Type::Double(), SameValue);
  AddFunction(env, "double", {Type::Int()}, Type::Double(), DoubleFromInt);
  AddFunction(env, "double", {Type::Uint()}, Type::Double(), DoubleFromUint);
  AddFunction(env, "double", {Type::String()}, Type::Double(), DoubleFromString);

  for (const Type& type : {Type::Bool(), Type::Int(), Type::Uint(), Type::Double(), Type::String(), Type::Bytes(),
                           Type::Timestamp(), Type::Duration()}) {
    AddFunction(env, "string", {type}, Type::String(), TextOf);
  }
  AddFunction(env, "bytes", {Type::Bytes()}, Type::Bytes(), SameValue);
  AddFunction(env, "bytes", {Type::String()}, Type::Bytes(), BytesFromString);
  AddFunction(env, "bool", {Type::Bool()}, Type::Bool(), SameValue);
  AddFunction(env, "bool", {Type::String()}, Type::Bool(), BoolFromString);
}

}  // namespace earshot::expr
