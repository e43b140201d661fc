#include "common/expr/call_resolution.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "common/expr/grammar.h"
#include "common/text/suggest.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

// ">" for "_>_", "bn" for "bn".
std::string CallName(std::string_view function) {
  if (function == "_[_]") return "[]";
  std::string name(function);
  if (IsOperatorName(function)) std::erase_if(name, [](char c) { return c == '_' || c == '@'; });
  return name;
}

std::vector<std::string_view> CallableNames(const Environment& env, bool receiver) {
  std::vector<std::string_view> names;
  for (const std::string_view name : env.FunctionNames()) {
    const auto overloads = env.FindOverloads(name);
    const bool style = std::any_of(overloads.begin(), overloads.end(),
                                   [&](const Overload* overload) { return overload->receiver == receiver; });
    if (style && !IsOperatorName(name)) names.push_back(name);
  }
  return names;
}

// Whether functions begin with `qualifier.` and no variable can be meant.
bool IsNamespace(const Environment& env, std::string_view qualifier) {
  if (env.FindVariable(qualifier.substr(0, qualifier.find('.'))) != nullptr) return false;
  const std::string prefix = fmt::format("{}.", qualifier);
  const auto names = env.FunctionNames();
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return name.starts_with(prefix); });
}

std::vector<const Overload*> OverloadsInStyle(const Environment& env, const Expr& call) {
  std::vector<const Overload*> named;
  for (const Overload* overload : env.FindOverloads(call.name)) {
    if (overload->receiver == call.receiver) named.push_back(overload);
  }
  return named;
}

// Once all arguments are known exactly, the first overload that takes them is the one.
std::optional<Type> ChooseOverloads(TypeSolver& solver, Expr& call, const std::vector<const Overload*>& named,
                                    const std::vector<Type>& arguments) {
  const bool exact =
      std::none_of(arguments.begin(), arguments.end(), [&](const Type& type) { return HasDyn(solver.Resolve(type)); });
  std::optional<Type> result;
  for (const Overload* overload : named) {
    TypeSolver::Signature signature = solver.Instantiate(*overload);
    if (overload->variadic && signature.params.size() < arguments.size()) {
      signature.params.resize(arguments.size(), Type(signature.params.back()));
    }
    if (signature.params.size() != arguments.size()) continue;
    if (!solver.AssignAll(signature.params, arguments)) continue;
    call.overloads.push_back(overload);
    const Type resolved = solver.Resolve(signature.result);
    result = !result.has_value() || *result == resolved ? resolved : Type::Dyn();
    if (exact) break;
  }
  return result;
}

// People write `value * 2` and mean 2.0.
std::string_view MixHint(const TypeSolver& solver, const Expr& call, const std::vector<Type>& arguments) {
  if (!IsOperatorName(call.name) || arguments.size() != 2) return "";
  std::set<TypeKind> kinds;
  for (const Type& argument : arguments) kinds.insert(solver.Resolve(argument).kind());
  const bool numbers = std::all_of(kinds.begin(), kinds.end(), [](TypeKind kind) {
    return kind == TypeKind::kInt || kind == TypeKind::kUint || kind == TypeKind::kDouble;
  });
  if (!numbers || kinds.size() != 2) return "";
  return kinds.contains(TypeKind::kDouble) ? "; the two do not mix: write 2.0 for 2, or double(…)"
                                           : "; the two do not mix: write 2u for 2, or int(…)";
}

CheckError NoOverload(const TypeSolver& solver, const Expr& call, const std::vector<Type>& arguments) {
  std::string list;
  for (const Type& argument : arguments) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", solver.Resolve(argument).ToString());
  }
  return {call.place,
          fmt::format("'{}' does not take ({}){}", CallName(call.name), list, MixHint(solver, call, arguments)), ""};
}

}  // namespace

void FoldNamespace(const Environment& env, Expr& call) {
  const std::string qualifier = QualifiedName(*call.children[0]);
  if (qualifier.empty()) return;
  std::string name = fmt::format("{}.{}", qualifier, call.name);
  if (env.FindOverloads(name).empty() && !IsNamespace(env, qualifier)) return;
  call.name = std::move(name);
  call.receiver = false;
  call.place.begin = call.children[0]->span.begin;
  call.children.erase(call.children.begin());
}

std::variant<Type, CheckError> ResolveCall(const Environment& env, TypeSolver& solver, Expr& call,
                                           const std::vector<Type>& arguments) {
  std::vector<const Overload*> named = OverloadsInStyle(env, call);
  if (named.empty()) {
    return CheckError{call.place, fmt::format("unknown {} '{}'", call.receiver ? "method" : "function", call.name),
                      std::string(Nearest(call.name, CallableNames(env, call.receiver)))};
  }
  if (const std::optional<Type> result = ChooseOverloads(solver, call, named, arguments)) return *result;
  call.overloads = std::move(named);
  return NoOverload(solver, call, arguments);
}

}  // namespace earshot::expr
