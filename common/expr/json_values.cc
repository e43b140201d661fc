#include "common/expr/json_values.h"

#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "common/base/status.h"
#include "common/expr/collections.h"
#include "common/expr/message_type.h"
#include "common/expr/program.h"
#include "common/expr/time_text.h"

namespace earshot::expr {
namespace {

using json::Array;
using json::Json;
using json::Object;

// One type for all, dyn where they differ; dyn for none.
Type CommonType(const std::vector<Type>& types) {
  for (const Type& type : types) {
    if (type != types.front()) return Type::Dyn();
  }
  return types.empty() ? Type::Dyn() : types.front();
}

Json DoubleToJson(double value) {
  if (std::isnan(value)) return Json("NaN");
  if (std::isinf(value)) return Json(value > 0 ? "Infinity" : "-Infinity");
  return Json(value);
}

absl::StatusOr<Json> ListToJson(const ListValue& list, Arena& arena) {
  Array array;
  for (size_t i = 0; i < list.size(); ++i) {
    EARSHOT_ASSIGN_OR_RETURN(Json element, ToJson(list.At(i, arena), arena));
    array.push_back(std::move(element));
  }
  return Json(std::move(array));
}

absl::StatusOr<Json> MapToJson(const MapValue& map, Arena& arena) {
  Object object;
  for (size_t i = 0; i < map.size(); ++i) {
    const MapEntry entry = map.EntryAt(i, arena);
    EARSHOT_ASSIGN_OR_RETURN(Json value, ToJson(entry.value, arena));
    std::string key(entry.key.Is(Kind::kString) ? std::string(entry.key.text()) : DebugString(entry.key));
    if (entry.key.Is(Kind::kUint)) key.pop_back();  // 1u
    object.emplace_back(std::move(key), std::move(value));
  }
  return Json(std::move(object));
}

absl::StatusOr<Json> MessageToJson(const MessageRef& message, Arena& arena) {
  Object object;
  for (const Field& field : message.type->fields()) {
    const Value value = field.read(message.message, arena);
    if (value.is_absent()) continue;
    EARSHOT_ASSIGN_OR_RETURN(Json member, ToJson(value, arena));
    object.emplace_back(field.name, std::move(member));
  }
  return Json(std::move(object));
}

}  // namespace

Value FromJson(const Json& json, Arena& arena) {
  if (json.is_bool()) return Value::Bool(json.boolean());
  if (json.is_int()) return Value::Int(json.integer());
  if (json.is_uint()) return Value::Uint(json.unsigned_integer());
  if (json.is_double()) return Value::Double(json.number());
  if (json.is_string()) return arena.MakeString(json.string());
  if (json.is_array()) {
    std::span<Value> values = arena.NewArray<Value>(json.array().size());
    for (size_t i = 0; i < values.size(); ++i) values[i] = FromJson(json.array()[i], arena);
    return Value::List(arena.New<ArrayList>(values));
  }
  if (json.is_object()) {
    MapBuilder builder(arena, json.object().size());
    for (const auto& [key, value] : json.object()) builder.Add(arena.MakeString(key), FromJson(value, arena));
    return builder.Finish();
  }
  return Value::Null();
}

Type TypeOfJson(const Json& json) {
  if (json.is_bool()) return Type::Bool();
  if (json.is_int()) return Type::Int();
  if (json.is_uint()) return Type::Uint();
  if (json.is_double()) return Type::Double();
  if (json.is_string()) return Type::String();
  std::vector<Type> types;
  if (json.is_array()) {
    for (const Json& element : json.array()) types.push_back(TypeOfJson(element));
    return Type::List(CommonType(types));
  }
  if (json.is_object()) {
    for (const auto& [key, value] : json.object()) types.push_back(TypeOfJson(value));
    return Type::Map(Type::String(), CommonType(types));
  }
  return Type::Dyn();
}

absl::StatusOr<Json> ToJson(Value value, Arena& arena) {
  switch (value.kind()) {
    case Kind::kNull:
      return Json();
    case Kind::kBool:
      return Json(value.bool_value());
    case Kind::kInt:
      return Json(value.int_value());
    case Kind::kUint:
      return Json(value.uint_value());
    case Kind::kDouble:
      return DoubleToJson(value.double_value());
    case Kind::kString:
    case Kind::kType:
      return Json(value.text());
    case Kind::kBytes:
      return Json(absl::Base64Escape(ToAbsl(value.text())));
    case Kind::kTimestamp:
      return Json(FormatTimestamp(value.time()));
    case Kind::kDuration:
      return Json(FormatDuration(value.time()));
    case Kind::kList:
      return ListToJson(value.list(), arena);
    case Kind::kMap:
      return MapToJson(value.map(), arena);
    case Kind::kMessage:
      return MessageToJson(value.message(), arena);
    case Kind::kAbsent:
      return InvalidArgument("absent");
    case Kind::kError:
      return InvalidArgument("{}", value.error().message);
  }
  return Internal("a value of no kind");
}

absl::StatusOr<std::string> EvaluateToJson(std::string_view expression, std::string_view bindings_json) {
  const absl::StatusOr<Json> parsed = bindings_json.empty() ? Json(Object()) : json::Parse(bindings_json);
  if (!parsed.ok()) return InvalidArgument("bindings: {}", Message(parsed.status()));
  if (!parsed->is_object()) {
    return InvalidArgument("bindings: an object of names and values is wanted: {{\"x\": 1}}");
  }
  Environment env;
  Arena arena;
  Bindings bindings;
  for (const auto& [name, value] : parsed->object()) {
    bindings.Bind(env.AddVariable(name, TypeOfJson(value)), FromJson(value, arena));
  }
  EARSHOT_ASSIGN_OR_RETURN(const std::shared_ptr<const Program> program, CompileOrStatus(env, expression));
  const Value result = program->Evaluate(bindings, arena);
  if (result.is_error()) return InvalidArgument("{}", program->Describe(result.error()));
  EARSHOT_ASSIGN_OR_RETURN(const Json json, ToJson(result, arena));
  return json::Write(json);
}

}  // namespace earshot::expr
