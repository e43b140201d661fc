// Which overloads a call may mean.
#pragma once

#include <variant>
#include <vector>

#include "common/expr/ast.h"
#include "common/expr/checker.h"
#include "common/expr/environment.h"
#include "common/expr/type_solver.h"

namespace earshot::expr {

// `math.abs(x)` parses as a method of `math`. Where functions of such a qualified name exist, the call is made one of
// them. The head of the qualified name must not be a loop's variable.
void FoldNamespace(const Environment& env, Expr& call);

// Sets call.overloads to those that take the arguments, in order of declaration, and gives the type of the result: dyn
// where they differ. Where none takes them, all of the name are set, to be tried when evaluated, and the error is
// given.
std::variant<Type, CheckError> ResolveCall(const Environment& env, TypeSolver& solver, Expr& call,
                                           const std::vector<Type>& arguments);

}  // namespace earshot::expr
