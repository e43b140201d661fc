#include "tests/conformance/cel_vector.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <vector>

#include "absl/strings/escaping.h"
#include "common/base/status.h"
#include "common/expr/activation.h"
#include "common/expr/program.h"
#include "fmt/format.h"

namespace earshot::conformance {
namespace {

using expr::Arena;
using expr::Environment;
using expr::Kind;
using expr::Type;
using expr::Value;
using json::Json;

template <typename T>
T NumberOf(std::string_view text) {
  T value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Reads "name(parameter, …)".
class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : text_(text) {}

  absl::StatusOr<Type> Read() {
    const size_t end = std::min(text_.find_first_of("(),", at_), text_.size());
    const std::string name(text_.substr(at_, end - at_));
    at_ = end;
    std::vector<Type> parameters;
    if (at_ < text_.size() && text_[at_] == '(') {
      do {
        ++at_;
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        EARSHOT_ASSIGN_OR_RETURN(Type parameter, Read());
        parameters.push_back(std::move(parameter));
      } while (at_ < text_.size() && text_[at_] == ',');
      if (at_ >= text_.size() || text_[at_] != ')') return InvalidArgument("'{}' is no type", text_);
      ++at_;
    }
    return Make(name, std::move(parameters));
  }

 private:
  static Type Make(const std::string& name, std::vector<Type> parameters) {
    if (name == "bool") return Type::Bool();
    if (name == "int") return Type::Int();
    if (name == "uint") return Type::Uint();
    if (name == "double") return Type::Double();
    if (name == "string") return Type::String();
    if (name == "bytes") return Type::Bytes();
    if (name == "null_type") return Type::Null();
    if (name == "dyn" || name == "any") return Type::Dyn();
    if (name == "timestamp") return Type::Timestamp();
    if (name == "duration") return Type::Duration();
    if (name == "list") return Type::List(parameters.at(0));
    if (name == "map") return Type::Map(parameters.at(0), parameters.at(1));
    if (name == "wrapper") return Type::Wrapper(parameters.at(0));
    if (name == "type") return Type::TypeOf(parameters.at(0));
    if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') return Type::Param(name);
    return Type::Opaque(name, std::move(parameters));
  }

  std::string_view text_;
  size_t at_ = 0;
};

absl::StatusOr<Value> ReadContainer(const std::string& key, const Json& json, Arena& arena) {
  if (key == "list") {
    std::vector<Value> values;
    for (const Json& element : json.array()) {
      EARSHOT_ASSIGN_OR_RETURN(values.emplace_back(), ParseVectorValue(element, arena));
    }
    return arena.MakeList(values);
  }
  std::vector<expr::MapEntry> entries;
  for (const Json& pair : json.array()) {
    expr::MapEntry& entry = entries.emplace_back();
    EARSHOT_ASSIGN_OR_RETURN(entry.key, ParseVectorValue(pair.array().at(0), arena));
    EARSHOT_ASSIGN_OR_RETURN(entry.value, ParseVectorValue(pair.array().at(1), arena));
  }
  return arena.MakeMap(entries);
}

bool SameTexts(Value a, Value b) { return a.text() == b.text(); }

bool SameDoubles(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

bool SameLists(const expr::ListValue& a, const expr::ListValue& b, Arena& arena) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!SameKindAndValue(a.At(i, arena), b.At(i, arena))) return false;
  }
  return true;
}

bool SameMaps(const expr::MapValue& a, const expr::MapValue& b, Arena& arena) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    const expr::MapEntry entry = a.EntryAt(i, arena);
    bool found = false;
    for (size_t j = 0; j < b.size() && !found; ++j) {
      const expr::MapEntry other = b.EntryAt(j, arena);
      found = SameKindAndValue(entry.key, other.key) && SameKindAndValue(entry.value, other.value);
    }
    if (!found) return false;
  }
  return true;
}

absl::Status DeclareFunction(const Json& declaration, Environment& env) {
  for (const Json& overload : declaration.Find("overloads")->array()) {
    expr::Overload function{.name = declaration.Find("name")->string()};
    for (const Json& param : overload.Find("params")->array()) {
      EARSHOT_ASSIGN_OR_RETURN(function.params.emplace_back(), ParseVectorType(param.string()));
    }
    EARSHOT_ASSIGN_OR_RETURN(function.result, ParseVectorType(overload.Find("result")->string()));
    function.receiver = overload.Find("instance")->boolean();
    env.AddFunction(std::move(function));
  }
  return absl::OkStatus();
}

absl::Status Declare(const Json& vector, Environment& env) {
  const Json* declarations = vector.Find("type_env");
  if (declarations == nullptr) return absl::OkStatus();
  for (const Json& declaration : declarations->array()) {
    if (declaration.Find("overloads") != nullptr) {
      EARSHOT_RETURN_IF_ERROR(DeclareFunction(declaration, env));
      continue;
    }
    EARSHOT_ASSIGN_OR_RETURN(const Type type, ParseVectorType(declaration.Find("type")->string()));
    env.AddVariable(declaration.Find("name")->string(), type);
  }
  return absl::OkStatus();
}

absl::Status Bind(const Json& vector, const Environment& env, Arena& arena, expr::Bindings& bindings) {
  for (const auto& [name, json] : vector.Find("bindings")->object()) {
    const expr::Variable* variable = env.FindVariable(name);
    if (variable == nullptr) continue;
    EARSHOT_ASSIGN_OR_RETURN(const Value value, ParseVectorValue(json, arena));
    bindings.Bind(variable->id, value);
  }
  return absl::OkStatus();
}

VectorResult Fail(std::string why) { return {Outcome::kFail, std::move(why)}; }

VectorResult Compare(const Json& expected, Value got, Arena& arena) {
  if (expected.Find("error") != nullptr) {
    return got.is_error() ? VectorResult{Outcome::kPass, ""}
                          : Fail(fmt::format("want an error, got {}", DebugString(got)));
  }
  const Json* wanted = expected.Find("value");
  if (wanted == nullptr) return {Outcome::kPass, ""};
  const auto want = ParseVectorValue(*wanted, arena);
  if (!want.ok()) return Fail(std::string(Message(want.status())));
  if (SameKindAndValue(*want, got)) return {Outcome::kPass, ""};
  return Fail(fmt::format("want {}, got {}", DebugString(*want), DebugString(got)));
}

VectorResult EvaluateVector(const Json& vector, const Environment& env, const expr::Program& program) {
  const Json& expected = *vector.Find("expected");
  if (const Json* deduced = expected.Find("deduced_type"); deduced != nullptr) {
    const std::string got = program.result_type().ToString();
    if (got != deduced->string()) return Fail(fmt::format("want type {}, got {}", deduced->string(), got));
  }
  if (const Json* check_only = vector.Find("check_only"); check_only != nullptr && check_only->boolean()) {
    return {Outcome::kPass, ""};
  }
  Arena arena;
  expr::Bindings bindings(env);
  if (const auto bound = Bind(vector, env, arena, bindings); !bound.ok()) return Fail(std::string(Message(bound)));
  return Compare(expected, program.Evaluate(bindings, arena), arena);
}

}  // namespace

absl::StatusOr<Type> ParseVectorType(std::string_view text) { return TypeReader(text).Read(); }

absl::StatusOr<Value> ParseVectorValue(const Json& json, Arena& arena) {
  const auto& [key, value] = json.object().at(0);
  if (key == "null") return Value::Null();
  if (key == "bool") return Value::Bool(value.boolean());
  if (key == "int") return Value::Int(NumberOf<int64_t>(value.string()));
  if (key == "uint") return Value::Uint(NumberOf<uint64_t>(value.string()));
  if (key == "double") return Value::Double(NumberOf<double>(value.string()));
  if (key == "string") return arena.MakeString(value.string());
  if (key == "type") return Value::TypeName(arena.CopyText(value.string()));
  if (key == "bytes") {
    std::string bytes;
    if (!absl::Base64Unescape(value.string(), &bytes)) return InvalidArgument("'{}' is no base64", value.string());
    return arena.MakeBytes(bytes);
  }
  if (key == "timestamp" || key == "duration") {
    const expr::SecondsNanos time{NumberOf<int64_t>(value.Find("s")->string()),
                                  static_cast<int32_t>(value.Find("ns")->integer())};
    return key == "timestamp" ? Value::Timestamp(time) : Value::Duration(time);
  }
  if (key == "list" || key == "map") return ReadContainer(key, value, arena);
  return InvalidArgument("a value of type '{}' is not known", key);
}

bool SameKindAndValue(Value a, Value b) {
  if (a.kind() != b.kind()) return false;
  Arena arena;
  switch (a.kind()) {
    case Kind::kDouble:
      return SameDoubles(a.double_value(), b.double_value());
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kType:
      return SameTexts(a, b);
    case Kind::kTimestamp:
    case Kind::kDuration:
      return a.time() == b.time();
    case Kind::kList:
      return SameLists(a.list(), b.list(), arena);
    case Kind::kMap:
      return SameMaps(a.map(), b.map(), arena);
    case Kind::kNull:
      return true;
    case Kind::kMessage:
    case Kind::kAbsent:
    case Kind::kError:
      return false;
    default:
      return a.int_value() == b.int_value();
  }
}

VectorResult RunVector(const Json& vector) {
  if (!vector.Find("container")->string().empty()) return {Outcome::kSkip, "containers are not supported"};
  Environment env;
  if (const auto declared = Declare(vector, env); !declared.ok()) return Fail(std::string(Message(declared)));
  const std::string& source = vector.Find("expr")->string();
  const bool check = !vector.Find("disable_check")->boolean();
  const expr::CompileResult compiled = Compile(env, source, {.check = check});
  if (!compiled.ok()) {
    const bool may_fail = !check && vector.Find("expected")->Find("error") != nullptr;
    if (may_fail) return {Outcome::kPass, ""};
    return Fail(RenderDiagnostics(source, compiled.diagnostics));
  }
  return EvaluateVector(vector, env, *compiled.program);
}

}  // namespace earshot::conformance
