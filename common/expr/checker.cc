#include "common/expr/checker.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "common/expr/call_resolution.h"
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

// A name of one letter is near to every other: no suggestion for it.
std::string_view Suggest(std::string_view name, std::span<const std::string_view> known) {
  return name.size() > 1 ? Nearest(name, known) : "";
}

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
    Fail(expr.place, fmt::format("unknown variable '{}'", expr.name), Suggest(expr.name, names));
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
      Fail(expr.place, fmt::format("{} has no field '{}'", operand.name(), expr.name), Suggest(expr.name, names));
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
    if (expr.receiver && !IsLocal(*expr.children[0])) FoldNamespace(env_, expr);
    std::vector<Type> arguments;
    for (const ExprPtr& child : expr.children) arguments.push_back(Visit(*child));
    auto resolved = ResolveCall(env_, solver_, expr, arguments);
    if (auto* error = std::get_if<CheckError>(&resolved)) {
      errors_.push_back(std::move(*error));
      return Type::Dyn();
    }
    return std::get<Type>(resolved);
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
