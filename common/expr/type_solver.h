// Type inference: which types fit where, and what the type parameters of overloads and empty lists stand for.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "common/expr/function.h"
#include "common/expr/type.h"

namespace earshot::expr {

// Collects what is known about unbound types (TypeKind::kUnbound) while one expression is checked.
class TypeSolver {
 public:
  Type Fresh();

  // The overload's parameters and result with a fresh unbound type in place of each type parameter.
  struct Signature {
    std::vector<Type> params;
    Type result;
  };
  Signature Instantiate(const Overload& overload);

  // Whether a value of type `from` may stand where `to` is wanted. Binds unbound types if so, nothing if not.
  bool Assign(const Type& to, const Type& from);
  // The same for as many pairs at once.
  bool AssignAll(std::span<const Type> to, std::span<const Type> from);

  // One type for both, where elements of a list or values of a map have both: dyn if they do not fit.
  Type Join(const Type& a, const Type& b);

  // The type with what is known put in. Unbound types become dyn if `final`.
  Type Resolve(const Type& type, bool final = false) const;

 private:
  bool Fits(const Type& a, const Type& b);
  // Binds `unbound`, or widens what it is bound to, so that it covers `type`. `bound` says whether it was bound before.
  bool Bind(const Type& type, const Type& unbound, bool* bound);
  bool OccursIn(const Type& unbound, const Type& type) const;

  std::vector<Type> bindings_;  // by id; an unbound type stands for itself
};

// Whether it is dyn or has dyn in it.
bool HasDyn(const Type& type);

}  // namespace earshot::expr
