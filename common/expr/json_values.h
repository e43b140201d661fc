// Values from and to JSON, and an expression evaluated over JSON: `earshot cel`.
//
// JSON -> Value: whole numbers are int (uint where they fit only there), others double.
// Value -> JSON: int and uint as numbers, bytes as base64, timestamps RFC 3339, durations "1.5s", types by name,
// NaN and infinities as "NaN", "Infinity", "-Infinity"; keys of maps as text. Messages: their present fields.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/expr/arena.h"
#include "common/expr/type.h"
#include "common/expr/value.h"
#include "common/json/json.h"

namespace earshot::expr {

// Copies into the arena.
Value FromJson(const json::Json& json, Arena& arena);

// dyn for null and mixed lists and maps; else as narrow as the JSON lets one know.
Type TypeOfJson(const json::Json& json);

// An error value has no JSON: INVALID_ARGUMENT with its message.
absl::StatusOr<json::Json> ToJson(Value value, Arena& arena);

// Declares each key of the object `bindings_json` ("" and "{}" for none) as a variable, compiles and evaluates.
// INVALID_ARGUMENT for bad JSON, an expression that does not compile and one that fails, with a caret.
absl::StatusOr<std::string> EvaluateToJson(std::string_view expression, std::string_view bindings_json);

}  // namespace earshot::expr
