#include "common/expr/functions/library.h"

#include <utility>

namespace earshot::expr {

void AddFunction(Environment& env, std::string_view name, std::initializer_list<Type> params, Type result,
                 FunctionBody call) {
  env.AddFunction({.name = std::string(name), .params = params, .result = std::move(result), .call = call});
}

void AddMethod(Environment& env, std::string_view name, std::initializer_list<Type> params, Type result,
               FunctionBody call) {
  env.AddFunction(
      {.name = std::string(name), .params = params, .result = std::move(result), .call = call, .receiver = true});
}

}  // namespace earshot::expr
