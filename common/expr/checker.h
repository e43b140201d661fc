// Gives every expression a type and every name a meaning, and reports what fits nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/expr/ast.h"
#include "common/expr/environment.h"

namespace earshot::expr {

// A finding of the checker; line and column are filled in by the caller.
struct CheckError {
  Span at;
  std::string message;
  std::string suggestion;
};

// Annotates the tree: types, meanings, overloads, slots of loop variables. What is wrong is typed dyn and left to be
// decided when evaluated, so that planning can go on where the caller does not care for the errors.
std::vector<CheckError> Check(const Environment& env, Expr& root);

}  // namespace earshot::expr
