#include "common/expr/checker.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "common/expr/type_solver.h"
#include "common/expr/well_known.h"
#include "common/text/suggest.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Type LiteralType(Value value) {
  switch (value.kind()) {
    case Kind::kBool:
      return Type::Bool();
    case Kind::kInt:
      return Type::Int();
    case Kind::kUint:
      return Type::Uint();
    case Kind::kDouble:
      return Type::Double();
    case Kind::kString:
      return Type::String();
    case Kind::kBytes:
      return Type::Bytes();
    default:
      return Type::Null();
  }
}

// "'>'" for "_>_", "'bn'" for "bn".
std::string CallName(std::string_view function) {
  if (function == "_[_]") return "[]";
  std::string name(function);
  if (function.starts_with('_') || function.ends_with('_')) std::erase(name, '_');
  return name;
}

bool IsOperator(std::string_view function) { return function.ends_with("_") || function == "_[_]"; }

class Checker {
 public:
  explicit Checker(const Environment& env) : env_(env) {}

  std::vector<CheckError> Run(Expr& root) {
    Visit(root);
    Finalize(root);
    std::stable_sort(errors_.begin(), errors_.end(),
                     [](const CheckError& a, const CheckError& b) { return a.at.begin < b.at.begin; });
    return std::move(errors_);
  }

 private:
  struct Local {
    std::string_view name;
    Type type;
    size_t slot;
  };

  void Fail(Span at, std::string message, std::string_view suggestion = "") {
    errors_.push_back({at, std::move(message), std::string(suggestion)});
  }

  const Type& Visit(Expr& expr) {
    expr.type = Deduce(expr);
    return expr.type;
  }

  Type Deduce(Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kLiteral:
        return LiteralType(expr.value);
      case ExprKind::kIdent:
        return Ident(expr);
      case ExprKind::kSelect:
        return Select(expr);
      case ExprKind::kHas:
        Visit(*expr.children[0]);
        Access(expr);
        return Type::Bool();
      case ExprKind::kCall:
        return Call(expr);
      case ExprKind::kAnd:
      case ExprKind::kOr:
        for (const ExprPtr& child : expr.children)
          Want(*child, Type::Bool(), expr.kind == ExprKind::kAnd ? "&&" : "||");
        return Type::Bool();
      case ExprKind::kConditional:
        return Conditional(expr);
      case ExprKind::kList: {
        Type element = solver_.Fresh();
        for (const ExprPtr& child : expr.children) element = solver_.Join(element, Visit(*child));
        return Type::List(element);
      }
      case ExprKind::kMap:
        return Map(expr);
      case ExprKind::kMessage:
        return Message(expr);
      case ExprKind::kLoop:
        return Loop(expr);
    }
    return Type::Dyn();
  }

  void Want(Expr& expr, const Type& want, std::string_view by) {
    const Type got = Visit(expr);
    if (solver_.Assign(want, got)) return;
    Fail(expr.span, fmt::format("'{}' takes {}, this is {}", by, want.ToString(), Shown(got)));
  }

  std::string Shown(const Type& type) const { return solver_.Resolve(type).ToString(); }

  // A name as a variable of a loop, a variable, or a type; nothing if it is none.
  std::optional<Type> Resolve(Expr& expr, const std::string& name, bool plain) {
    if (plain && !expr.rooted) {
      for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
        if (local->name != name) continue;
        expr.meaning = Meaning::kLocal;
        expr.id = local->slot;
        return local->type;
      }
    }
    if (const Variable* variable = env_.FindVariable(name)) {
      expr.meaning = Meaning::kVariable;
      expr.id = variable->id;
      return variable->type;
    }
    if (const auto type = FindTypeByName(env_, name)) {
      expr.meaning = Meaning::kTypeName;
      expr.type_name = type->runtime_name;
      return Type::TypeOf(type->type);
    }
    return std::nullopt;
  }

  bool IsLocal(const Expr& expr) const {
    const Expr* head = &expr;
    while (head->kind == ExprKind::kSelect) head = head->children[0].get();
    return head->kind == ExprKind::kIdent && !head->rooted &&
           std::any_of(locals_.begin(), locals_.end(), [&](const Local& local) { return local.name == head->name; });
  }

  Type Ident(Expr& expr) {
    if (auto type = Resolve(expr, expr.name, true)) return *std::move(type);
    std::vector<std::string_view> names;
    for (const Variable& variable : env_.variables()) names.push_back(variable.name);
    for (const Local& local : locals_) names.push_back(local.name);
    Fail(expr.place, fmt::format("unknown variable '{}'", expr.name), Nearest(expr.name, names));
    return Type::Dyn();
  }

  Type Select(Expr& expr) {
    if (const std::string name = QualifiedName(expr); !name.empty() && !IsLocal(expr)) {
      if (auto type = Resolve(expr, name, false)) return *std::move(type);
    }
    Visit(*expr.children[0]);
    return Access(expr);
  }

  // A field of children[0], for kSelect and kHas.
  Type Access(Expr& expr) {
    expr.meaning = Meaning::kDynamic;
    const Type operand = solver_.Resolve(expr.children[0]->type);
    switch (operand.kind()) {
      case TypeKind::kDyn:
      case TypeKind::kUnbound:
        return Type::Dyn();
      case TypeKind::kMap:
        if (!solver_.Assign(operand.parameters()[0], Type::String())) {
          Fail(expr.place, fmt::format("a {} has no field '{}'; its keys are no strings", Shown(operand), expr.name));
        }
        return operand.parameters()[1];
      case TypeKind::kMessage:
        return MessageField(expr, operand);
      default:
        Fail(expr.place, fmt::format("{} has no fields, and none '{}'", Shown(operand), expr.name));
        return Type::Dyn();
    }
  }

  Type MessageField(Expr& expr, const Type& operand) {
    const MessageType* message = env_.FindMessage(operand.name());
    const Field* field = message == nullptr ? nullptr : message->FindField(expr.name);
    if (field == nullptr) {
      std::vector<std::string_view> names;
      if (message != nullptr) {
        for (const expr::Field& known : message->fields()) names.push_back(known.name);
      }
      Fail(expr.place, fmt::format("{} has no field '{}'", operand.name(), expr.name), Nearest(expr.name, names));
      return Type::Dyn();
    }
    expr.meaning = Meaning::kField;
    expr.field = field;
    expr.message = message;
    return field->type;
  }

  Type Conditional(Expr& expr) {
    Want(*expr.children[0], Type::Bool(), "?:");
    const Type yes = Visit(*expr.children[1]);
    const Type no = Visit(*expr.children[2]);
    const Type both = solver_.Fresh();
    const std::array wanted = {both, both};
    const std::array got = {yes, no};
    if (solver_.AssignAll(wanted, got)) return both;
    Fail(expr.place, fmt::format("the two results of '?:' are of different types: {} and {}", Shown(yes), Shown(no)));
    return Type::Dyn();
  }

  Type Map(Expr& expr) {
    Type key = solver_.Fresh();
    Type value = solver_.Fresh();
    for (size_t i = 0; i < expr.children.size(); i += 2) {
      const Type got = Visit(*expr.children[i]);
      const TypeKind kind = solver_.Resolve(got).kind();
      const bool may = kind == TypeKind::kBool || kind == TypeKind::kInt || kind == TypeKind::kUint ||
                       kind == TypeKind::kString || kind == TypeKind::kDyn || kind == TypeKind::kUnbound;
      if (!may) Fail(expr.children[i]->span, fmt::format("a map's key cannot be {}", Shown(got)));
      key = solver_.Join(key, got);
      value = solver_.Join(value, Visit(*expr.children[i + 1]));
    }
    return Type::Map(key, value);
  }

  Type Message(Expr& expr) {
    const std::optional<Type> wrapped = WrappedType(expr.name);
    for (size_t i = 0; i < expr.children.size(); ++i) {
      const Type got = Visit(*expr.children[i]);
      if (!wrapped.has_value()) continue;
      if (expr.fields[i] != "value") {
        Fail(expr.children[i]->span, fmt::format("{} has no field '{}'", expr.name, expr.fields[i]), "value");
      } else if (!solver_.Assign(*wrapped, got)) {
        Fail(expr.children[i]->span, fmt::format("'value' takes {}, this is {}", wrapped->ToString(), Shown(got)));
      }
    }
    if (wrapped.has_value()) return Type::Wrapper(*wrapped);
    Fail(expr.place, fmt::format("'{}' cannot be made; of messages only wrappers can", expr.name));
    return Type::Dyn();
  }

  // What a loop goes over: elements of a list, keys of a map; with two variables also the index or the value.
  std::pair<Type, Type> LoopTypes(Expr& expr) {
    const Type range = solver_.Resolve(Visit(*expr.children[0]));
    const bool two = expr.loop_variables.size() == 2;
    switch (range.kind()) {
      case TypeKind::kList:
        return two ? std::pair(Type::Int(), range.parameters()[0]) : std::pair(range.parameters()[0], Type::Dyn());
      case TypeKind::kMap:
        return {range.parameters()[0], range.parameters()[1]};
      case TypeKind::kDyn:
      case TypeKind::kUnbound:
        break;
      default:
        Fail(expr.children[0]->span, fmt::format("{}() goes over lists and maps, this is {}", expr.name, Shown(range)));
    }
    return {Type::Dyn(), Type::Dyn()};
  }

  Type Loop(Expr& expr) {
    const auto [first, second] = LoopTypes(expr);
    expr.id = locals_.size();
    locals_.push_back({expr.loop_variables[0], first, locals_.size()});
    if (expr.loop_variables.size() == 2) locals_.push_back({expr.loop_variables[1], second, locals_.size()});
    if (expr.has_filter) Want(*expr.children[1], Type::Bool(), expr.name);
    Expr& body = *expr.children.back();
    Type result = Type::Bool();
    switch (expr.loop) {
      case LoopKind::kAll:
      case LoopKind::kExists:
      case LoopKind::kExistsOne:
        Want(body, Type::Bool(), expr.name);
        break;
      case LoopKind::kFilter:
        Want(body, Type::Bool(), expr.name);
        result = Type::List(first);
        break;
      case LoopKind::kMap:
      case LoopKind::kTransformList:
        result = Type::List(Visit(body));
        break;
      case LoopKind::kTransformMap:
        result = Type::Map(first, Visit(body));
        break;
    }
    locals_.resize(expr.id);
    return result;
  }

  Type Call(Expr& expr) {
    if (expr.receiver) FoldNamespace(expr);
    std::vector<Type> arguments;
    for (const ExprPtr& child : expr.children) arguments.push_back(Visit(*child));
    std::vector<const Overload*> named;
    for (const Overload* overload : env_.FindOverloads(expr.name)) {
      if (overload->receiver == expr.receiver) named.push_back(overload);
    }
    if (named.empty()) {
      expr.meaning = Meaning::kNone;
      Fail(expr.place, fmt::format("unknown {} '{}'", expr.receiver ? "method" : "function", expr.name),
           Nearest(expr.name, CallableNames(expr.receiver)));
      return Type::Dyn();
    }
    expr.meaning = Meaning::kDynamic;
    const std::optional<Type> result = ChooseOverloads(expr, named, arguments);
    if (result.has_value()) return *result;
    expr.overloads = std::move(named);
    FailCall(expr, arguments);
    return Type::Dyn();
  }

  // `math.abs(x)` parses as a method of `math`; if there is a function of the whole name, it is that.
  void FoldNamespace(Expr& expr) {
    const std::string qualifier = QualifiedName(*expr.children[0]);
    if (qualifier.empty() || IsLocal(*expr.children[0])) return;
    std::string name = fmt::format("{}.{}", qualifier, expr.name);
    if (env_.FindOverloads(name).empty()) return;
    expr.name = std::move(name);
    expr.receiver = false;
    expr.place.begin = expr.children[0]->span.begin;
    expr.children.erase(expr.children.begin());
  }

  // Fills expr.overloads with those that may apply. The result type if there are any.
  std::optional<Type> ChooseOverloads(Expr& expr, const std::vector<const Overload*>& named,
                                      const std::vector<Type>& arguments) {
    std::optional<Type> result;
    const bool exact = std::none_of(arguments.begin(), arguments.end(),
                                    [&](const Type& type) { return HasDyn(solver_.Resolve(type)); });
    for (const Overload* overload : named) {
      TypeSolver::Signature signature = solver_.Instantiate(*overload);
      if (overload->variadic && signature.params.size() < arguments.size()) {
        signature.params.resize(arguments.size(), Type(signature.params.back()));
      }
      if (signature.params.size() != arguments.size()) continue;
      if (!solver_.AssignAll(signature.params, arguments)) continue;
      expr.overloads.push_back(overload);
      const Type this_result = solver_.Resolve(signature.result);
      if (!result.has_value()) {
        result = this_result;
      } else if (*result != this_result) {
        result = Type::Dyn();
      }
      if (exact) break;
    }
    return result;
  }

  std::vector<std::string_view> CallableNames(bool receiver) const {
    std::vector<std::string_view> names;
    for (const std::string_view name : env_.FunctionNames()) {
      const auto overloads = env_.FindOverloads(name);
      const bool style = std::any_of(overloads.begin(), overloads.end(),
                                     [&](const Overload* overload) { return overload->receiver == receiver; });
      if (style && !IsOperator(name)) names.push_back(name);
    }
    return names;
  }

  void FailCall(const Expr& expr, const std::vector<Type>& arguments) {
    std::string list;
    for (const Type& argument : arguments) list += fmt::format("{}{}", list.empty() ? "" : ", ", Shown(argument));
    std::string message = fmt::format("'{}' does not take ({})", CallName(expr.name), list);
    if (const std::string_view hint = MixHint(expr, arguments); !hint.empty()) message += fmt::format("; {}", hint);
    Fail(expr.place, std::move(message));
  }

  std::string_view MixHint(const Expr& expr, const std::vector<Type>& arguments) const {
    if (!IsOperator(expr.name) || arguments.size() != 2) return "";
    std::set<TypeKind> kinds;
    for (const Type& argument : arguments) kinds.insert(solver_.Resolve(argument).kind());
    const bool numbers = std::all_of(kinds.begin(), kinds.end(), [](TypeKind kind) {
      return kind == TypeKind::kInt || kind == TypeKind::kUint || kind == TypeKind::kDouble;
    });
    if (!numbers || kinds.size() != 2) return "";
    return kinds.contains(TypeKind::kDouble) ? "the two do not mix: write 2.0 for 2, or double(…)"
                                             : "the two do not mix: write 2u for 2, or int(…)";
  }

  void Finalize(Expr& expr) {
    expr.type = solver_.Resolve(expr.type, true);
    for (const ExprPtr& child : expr.children) Finalize(*child);
  }

  const Environment& env_;
  TypeSolver solver_;
  std::vector<Local> locals_;
  std::vector<CheckError> errors_;
};

}  // namespace

std::vector<CheckError> Check(const Environment& env, Expr& root) { return Checker(env).Run(root); }

}  // namespace earshot::expr
