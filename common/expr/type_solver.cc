#include "common/expr/type_solver.h"

#include <algorithm>
#include <map>
#include <string>

namespace earshot::expr {
namespace {

bool IsLessSpecificOrEqual(const Type& a, const Type& b) {
  if (a.Is(TypeKind::kDyn) || a.Is(TypeKind::kUnbound)) return true;
  if (b.Is(TypeKind::kDyn) || b.Is(TypeKind::kUnbound) || a.kind() != b.kind()) return false;
  if (a.Is(TypeKind::kType)) return true;
  if (a.name() != b.name() || a.parameters().size() != b.parameters().size()) return false;
  for (size_t i = 0; i < a.parameters().size(); ++i) {
    if (!IsLessSpecificOrEqual(a.parameters()[i], b.parameters()[i])) return false;
  }
  return true;
}

const Type& MostGeneral(const Type& a, const Type& b) { return IsLessSpecificOrEqual(a, b) ? a : b; }

bool TakesNull(TypeKind kind) {
  return kind == TypeKind::kNull || kind == TypeKind::kWrapper || kind == TypeKind::kMessage ||
         kind == TypeKind::kOpaque || kind == TypeKind::kTimestamp || kind == TypeKind::kDuration;
}

Type Rebuild(const Type& type, std::vector<Type> parameters) {
  switch (type.kind()) {
    case TypeKind::kList:
      return Type::List(std::move(parameters[0]));
    case TypeKind::kMap:
      return Type::Map(std::move(parameters[0]), std::move(parameters[1]));
    case TypeKind::kType:
      return Type::TypeOf(std::move(parameters[0]));
    case TypeKind::kWrapper:
      return Type::Wrapper(std::move(parameters[0]));
    case TypeKind::kOpaque:
      return Type::Opaque(type.name(), std::move(parameters));
    default:
      return type;
  }
}

template <typename Replace>
Type TransformType(const Type& type, const Replace& replace) {
  if (type.Is(TypeKind::kParam) || type.Is(TypeKind::kUnbound)) return replace(type);
  if (type.parameters().empty()) return type;
  std::vector<Type> parameters;
  for (const Type& parameter : type.parameters()) parameters.push_back(TransformType(parameter, replace));
  return Rebuild(type, std::move(parameters));
}

}  // namespace

bool HasDyn(const Type& type) {
  return type.Is(TypeKind::kDyn) || type.Is(TypeKind::kUnbound) ||
         std::any_of(type.parameters().begin(), type.parameters().end(), HasDyn);
}

Type TypeSolver::Fresh() {
  Type type = Type::Unbound(static_cast<int>(bindings_.size()));
  bindings_.push_back(type);
  return type;
}

TypeSolver::Signature TypeSolver::Instantiate(const Overload& overload) {
  std::map<std::string, Type, std::less<>> fresh;
  const auto replace = [&](const Type& type) {
    if (!type.Is(TypeKind::kParam)) return type;
    auto found = fresh.find(type.name());
    if (found == fresh.end()) found = fresh.emplace(type.name(), Fresh()).first;
    return found->second;
  };
  Signature signature;
  for (const Type& param : overload.params) signature.params.push_back(TransformType(param, replace));
  signature.result = TransformType(overload.result, replace);
  return signature;
}

bool TypeSolver::Assign(const Type& to, const Type& from) { return AssignAll({&to, 1}, {&from, 1}); }

bool TypeSolver::AssignAll(std::span<const Type> to, std::span<const Type> from) {
  const std::vector<Type> before = bindings_;
  for (size_t i = 0; i < to.size(); ++i) {
    if (Fits(to[i], from[i])) continue;
    bindings_ = before;
    return false;
  }
  return true;
}

bool TypeSolver::OccursIn(const Type& unbound, const Type& type) const {
  if (type == unbound) return true;
  if (type.Is(TypeKind::kUnbound)) {
    const Type& bound = bindings_[static_cast<size_t>(type.id())];
    return bound != type && OccursIn(unbound, bound);
  }
  return std::any_of(type.parameters().begin(), type.parameters().end(),
                     [&](const Type& parameter) { return OccursIn(unbound, parameter); });
}

bool TypeSolver::Bind(const Type& type, const Type& unbound, bool* bound) {
  *bound = true;
  if (type == unbound) return true;
  const size_t id = static_cast<size_t>(unbound.id());
  if (const Type known = bindings_[id]; known != unbound) {
    if (type == known) return true;
    if (!Fits(type, known)) return false;
    const Type general = MostGeneral(type, known);
    if (!OccursIn(unbound, general)) bindings_[id] = general;
    return true;
  }
  *bound = false;
  if (OccursIn(unbound, type)) return false;
  bindings_[id] = type;
  return true;
}

bool TypeSolver::Fits(const Type& a, const Type& b) {
  bool bound = false;
  if (b.Is(TypeKind::kUnbound)) {
    if (Bind(a, b, &bound)) return true;
    if (bound) return false;
  }
  if (a.Is(TypeKind::kUnbound)) return Bind(b, a, &bound);
  if (a.Is(TypeKind::kDyn) || b.Is(TypeKind::kDyn)) return true;
  if (a.Is(TypeKind::kNull)) return TakesNull(b.kind());
  if (b.Is(TypeKind::kNull)) return TakesNull(a.kind());
  if (a.Is(TypeKind::kWrapper) && !b.Is(TypeKind::kWrapper)) return a.parameters()[0] == b;
  if (b.Is(TypeKind::kWrapper) && !a.Is(TypeKind::kWrapper)) return b.parameters()[0] == a;
  if (a.kind() != b.kind()) return false;
  if (a.Is(TypeKind::kType)) return true;
  if (a.name() != b.name() || a.parameters().size() != b.parameters().size()) return false;
  for (size_t i = 0; i < a.parameters().size(); ++i) {
    if (!Fits(a.parameters()[i], b.parameters()[i])) return false;
  }
  return true;
}

Type TypeSolver::Join(const Type& a, const Type& b) {
  if (!Assign(a, b)) return Type::Dyn();
  return MostGeneral(a, b);
}

Type TypeSolver::Resolve(const Type& type, bool final) const {
  return TransformType(type, [&](const Type& open) {
    if (!open.Is(TypeKind::kUnbound)) return open;
    const Type& bound = bindings_[static_cast<size_t>(open.id())];
    if (bound != open) return Resolve(bound, final);
    return final ? Type::Dyn() : open;
  });
}

}  // namespace earshot::expr
