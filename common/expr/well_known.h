// Types that have names in the language without being declared.
#pragma once

#include <optional>
#include <string_view>

#include "common/expr/environment.h"
#include "common/expr/type.h"

namespace earshot::expr {

struct NamedType {
  Type type;
  std::string_view runtime_name;  // what type() says; lives as long as the environment
};

// "int", "list", "google.protobuf.Timestamp", message types of the environment.
std::optional<NamedType> FindTypeByName(const Environment& env, std::string_view name);

// "google.protobuf.Int32Value" -> int; nothing for any other name.
std::optional<Type> WrappedType(std::string_view message);

}  // namespace earshot::expr
