#include "common/expr/planner.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/expr/grammar.h"
#include "common/expr/nodes.h"
#include "common/expr/regex.h"
#include "common/expr/well_known.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

constexpr uint64_t kFoldBudget = 1000;
constexpr size_t kNoLocal = std::numeric_limits<size_t>::max();

// An evaluation of constants has no variables.
class NoVariables final : public Activation {
 public:
  Value Find(VariableId, Arena&) const override { return Value::Absent(); }
};

// A part of the plan, and what it depends on.
struct Part {
  NodePtr node;
  uint64_t cost = 1;
  bool fixed = true;               // reads no variable and calls nothing impure
  size_t lowest_local = kNoLocal;  // the outermost loop variable that it reads
};

class Planner {
 public:
  Planner(std::string_view source, Arena& constants, bool traced)
      : source_(source), constants_(constants), traced_(traced) {}

  Plan Run(const Expr& root) {
    Part part = Make(root);
    plan_.root = std::move(part.node);
    plan_.cost = part.cost;
    return std::move(plan_);
  }

 private:
  std::string_view Text(const Expr& expr) const {
    return source_.substr(expr.span.begin, expr.span.end - expr.span.begin);
  }

  // A node of the expression, folded if it is constant, recorded if it is an operand.
  Part Make(const Expr& expr) {
    const bool path = traced_ && IsPath(expr);
    const bool operand = path || (traced_ && loops_ == 0 && IsCall(expr));
    if (path) ++inside_path_;
    Part part = Build(expr);
    if (path) --inside_path_;
    Fold(part);
    if (operand && part.node->constant() == nullptr && inside_path_ == 0) {
      part.node = MakeTraceNode(expr.span, Text(expr), std::move(part.node));
    }
    return part;
  }

  static bool IsPath(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kIdent:
        return expr.meaning == Meaning::kVariable;
      case ExprKind::kSelect:
        return expr.meaning == Meaning::kVariable || IsPath(*expr.children[0]);
      case ExprKind::kHas:
        return IsPath(*expr.children[0]);
      case ExprKind::kCall:
        return expr.name == "_[_]" && IsPath(*expr.children[0]) && expr.children[1]->kind == ExprKind::kLiteral;
      default:
        return false;
    }
  }

  static bool IsCall(const Expr& expr) {
    const bool named = expr.kind == ExprKind::kCall && !IsOperatorName(expr.name);
    return named || expr.kind == ExprKind::kLoop;
  }

  void Fold(Part& part) {
    if (!part.fixed || part.lowest_local != kNoLocal || part.node->constant() != nullptr) return;
    const NoVariables none;
    Frame frame(constants_, kFoldBudget, none, 0, plan_.locals, nullptr);
    const Value value = part.node->Evaluate(frame);
    if (value.is_error()) return;
    part.node = MakeConstantNode(value);
    part.cost = 1;
  }

  // Takes over what a child depends on.
  NodePtr Adopt(Part& parent, Part child) {
    parent.cost += child.cost;
    parent.fixed &= child.fixed;
    parent.lowest_local = std::min(parent.lowest_local, child.lowest_local);
    return std::move(child.node);
  }
  NodePtr Child(Part& parent, const Expr& expr, size_t index) { return Adopt(parent, Make(*expr.children[index])); }
  std::vector<NodePtr> Children(Part& parent, const Expr& expr) {
    std::vector<NodePtr> nodes;
    for (size_t i = 0; i < expr.children.size(); ++i) nodes.push_back(Child(parent, expr, i));
    return nodes;
  }

  Part Build(const Expr& expr) {
    Part part;
    switch (expr.kind) {
      case ExprKind::kLiteral:
        part.node = MakeConstantNode(expr.value);
        break;
      case ExprKind::kIdent:
        BuildName(part, expr);
        break;
      case ExprKind::kSelect:
        BuildSelect(part, expr);
        break;
      case ExprKind::kHas:
        part.node = MakeHasNode(expr.place, Child(part, expr, 0), expr.name);
        break;
      case ExprKind::kCall:
        BuildCall(part, expr);
        break;
      case ExprKind::kAnd:
      case ExprKind::kOr:
        BuildLogic(part, expr);
        break;
      case ExprKind::kConditional:
        BuildConditional(part, expr);
        break;
      case ExprKind::kList:
        part.node = MakeListNode(Children(part, expr));
        break;
      case ExprKind::kMap:
        part.node = MakeMapNode(expr.place, Children(part, expr));
        break;
      case ExprKind::kMessage:
        BuildMessage(part, expr);
        break;
      case ExprKind::kLoop:
        BuildLoop(part, expr);
        break;
    }
    return part;
  }

  size_t VariableSlot(VariableId id) {
    const auto found = std::find(plan_.variables.begin(), plan_.variables.end(), id);
    if (found != plan_.variables.end()) return static_cast<size_t>(found - plan_.variables.begin());
    plan_.variables.push_back(id);
    return plan_.variables.size() - 1;
  }

  void BuildName(Part& part, const Expr& expr) {
    switch (expr.meaning) {
      case Meaning::kVariable:
        part.node = MakeVariableNode(expr.span, Text(expr), VariableSlot(expr.id), expr.id);
        part.fixed = false;
        break;
      case Meaning::kLocal:
        part.node = MakeLocalNode(expr.span, Text(expr), expr.id);
        part.lowest_local = expr.id;
        break;
      case Meaning::kTypeName:
        part.node = MakeConstantNode(Value::TypeName(expr.type_name));
        break;
      default:
        part.node = MakeUnknownNode(expr.place, fmt::format("unknown variable '{}'", expr.name));
        break;
    }
  }

  void BuildSelect(Part& part, const Expr& expr) {
    if (expr.meaning == Meaning::kVariable || expr.meaning == Meaning::kTypeName) return BuildName(part, expr);
    NodePtr operand = Child(part, expr, 0);
    part.node = expr.meaning == Meaning::kField
                    ? MakeFieldNode(expr.span, Text(expr), std::move(operand), expr.message, expr.field)
                    : MakeSelectNode(expr.span, Text(expr), std::move(operand), expr.name);
  }

  void BuildCall(Part& part, const Expr& expr) {
    std::vector<NodePtr> arguments = Children(part, expr);
    if (expr.name == "_[_]") {
      part.node = MakeIndexNode(expr.span, Text(expr), std::move(arguments[0]), std::move(arguments[1]));
    } else if (IsOperatorName(expr.name) && arguments.size() == 1) {
      part.node = MakeUnaryNode(expr.place, expr.name, std::move(arguments[0]));
    } else if (IsOperatorName(expr.name)) {
      part.node = MakeBinaryNode(expr.place, expr.name, std::move(arguments[0]), std::move(arguments[1]));
    } else if (expr.overloads.empty()) {
      part.node = MakeUnknownNode(expr.place, fmt::format("unknown function '{}'", expr.name));
    } else if (!BuildMatches(part, expr, arguments)) {
      for (const Overload* overload : expr.overloads) part.fixed &= overload->pure && overload->call != nullptr;
      part.node = MakeCallNode(expr.place, expr.name, expr.overloads, std::move(arguments));
    }
  }

  // A constant pattern is compiled once, here.
  bool BuildMatches(Part& part, const Expr& expr, std::vector<NodePtr>& arguments) {
    if (expr.name != "matches" || arguments.size() != 2) return false;
    const Value* pattern = arguments[1]->constant();
    if (pattern == nullptr || !pattern->Is(Kind::kString)) return false;
    auto compiled = CompilePattern(pattern->text());
    if (!compiled->ok()) {
      plan_.errors.push_back({expr.children[1]->span, fmt::format("bad pattern: {}", compiled->error()), ""});
      return false;
    }
    part.node = MakeMatchesNode(expr.place, std::move(arguments[0]), std::move(compiled));
    return true;
  }

  // A constant operand that decides makes the whole constant; it outweighs errors too.
  void BuildLogic(Part& part, const Expr& expr) {
    const bool deciding = expr.kind == ExprKind::kOr;
    std::vector<NodePtr> operands = Children(part, expr);
    const bool decided = std::any_of(operands.begin(), operands.end(), [&](const NodePtr& operand) {
      const Value* value = operand->constant();
      return value != nullptr && value->Is(Kind::kBool) && value->bool_value() == deciding;
    });
    if (decided) {
      part = Part{MakeConstantNode(Value::Bool(deciding))};
    } else {
      part.node = deciding ? MakeOrNode(expr.place, std::move(operands)) : MakeAndNode(expr.place, std::move(operands));
    }
  }

  void BuildConditional(Part& part, const Expr& expr) {
    NodePtr condition = Child(part, expr, 0);
    const Value* known = condition->constant();
    if (known != nullptr && known->Is(Kind::kBool)) {
      part = Make(*expr.children[known->bool_value() ? 1 : 2]);
      return;
    }
    NodePtr yes = Child(part, expr, 1);
    NodePtr no = Child(part, expr, 2);
    part.node = MakeConditionalNode(expr.place, std::move(condition), std::move(yes), std::move(no));
  }

  void BuildMessage(Part& part, const Expr& expr) {
    const bool well_formed = expr.fields.empty() || (expr.fields.size() == 1 && expr.fields[0] == "value");
    if (!WrappedType(expr.name).has_value() || !well_formed) {
      part.node = MakeUnknownNode(expr.place, fmt::format("'{}' cannot be made", expr.name));
      return;
    }
    part.node = MakeWrapperNode(expr.place, expr.name, expr.fields.empty() ? nullptr : Child(part, expr, 0));
  }

  void BuildLoop(Part& part, const Expr& expr) {
    LoopParts parts{.kind = expr.loop, .at = expr.place};
    parts.slot = expr.id;
    parts.two_variables = expr.loop_variables.size() == 2;
    plan_.locals = std::max(plan_.locals, expr.id + expr.loop_variables.size());
    parts.range = Child(part, expr, 0);
    ++loops_;
    Part turn;
    if (expr.has_filter) parts.filter = Adopt(turn, Make(*expr.children[1]));
    parts.body = Adopt(turn, Make(*expr.children.back()));
    --loops_;
    parts.cost = turn.cost;
    part.fixed &= turn.fixed;
    if (turn.lowest_local < expr.id) part.lowest_local = std::min(part.lowest_local, turn.lowest_local);
    part.node = MakeLoopNode(std::move(parts));
  }

  std::string_view source_;
  Arena& constants_;
  bool traced_;
  int loops_ = 0;
  int inside_path_ = 0;
  Plan plan_;
};

}  // namespace

Plan MakePlan(const Expr& root, std::string_view source, Arena& constants, bool traced) {
  return Planner(source, constants, traced).Run(root);
}

}  // namespace earshot::expr
