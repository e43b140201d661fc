// One vector of the CEL conformance suite, read from a line of JSON, and run.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/expr/environment.h"
#include "common/expr/type.h"
#include "common/json/json.h"

namespace earshot::conformance {

enum class Outcome { kPass, kSkip, kFail };

struct VectorResult {
  Outcome outcome = Outcome::kFail;
  std::string why;  // of a failure or a skip
};

// "list(int)", "map(string, dyn)", "wrapper(int)", "tuple(int, T)": one capital letter is a type parameter.
absl::StatusOr<expr::Type> ParseVectorType(std::string_view text);

// {"int": "1"}, {"list": […]}, …: made in the arena.
absl::StatusOr<expr::Value> ParseVectorValue(const json::Json& json, expr::Arena& arena);

// Whether kind and value are the same: stricter than the language's own equality.
bool SameKindAndValue(expr::Value a, expr::Value b);

// Parse, check (unless the vector says no), evaluate, compare.
VectorResult RunVector(const json::Json& vector);

}  // namespace earshot::conformance
