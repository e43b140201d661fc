#include <utility>

#include "common/expr/nodes.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value NoBool(Frame& frame, Span at, std::string_view symbol, Value value) {
  return frame.FailAt(at, ErrorKind::kNoSuchOverload,
                      fmt::format("no such overload: '{}' takes bool, not {}", symbol, KindName(value)));
}

// && (deciding = false) and || (deciding = true): one operand that decides outweighs errors of all others.
template <bool deciding>
class LogicNode final : public Node {
 public:
  LogicNode(Span at, std::vector<NodePtr> operands) : at_(at), operands_(std::move(operands)) {}

  Value Evaluate(Frame& frame) const override {
    Value result = Value::Bool(!deciding);
    for (const NodePtr& operand : operands_) {
      const Value value = operand->Evaluate(frame);
      if (value.Is(Kind::kBool)) [[likely]] {
        if (value.bool_value() == deciding) return value;
        continue;
      }
      if (IsHardError(value)) return value;
      if (result.is_error()) continue;
      result = value.is_error() ? value : NoBool(frame, at_, deciding ? "||" : "&&", value);
    }
    return result;
  }

 private:
  Span at_;
  std::vector<NodePtr> operands_;
};

class NotNode final : public Node {
 public:
  NotNode(Span at, NodePtr operand) : at_(at), operand_(std::move(operand)) {}

  Value Evaluate(Frame& frame) const override {
    const Value value = operand_->Evaluate(frame);
    if (value.Is(Kind::kBool)) return Value::Bool(!value.bool_value());
    return value.is_error() ? value : NoBool(frame, at_, "!", value);
  }

 private:
  Span at_;
  NodePtr operand_;
};

class ConditionalNode final : public Node {
 public:
  ConditionalNode(Span at, NodePtr condition, NodePtr yes, NodePtr no)
      : at_(at), condition_(std::move(condition)), yes_(std::move(yes)), no_(std::move(no)) {}

  Value Evaluate(Frame& frame) const override {
    const Value condition = condition_->Evaluate(frame);
    if (condition.Is(Kind::kBool)) return (condition.bool_value() ? yes_ : no_)->Evaluate(frame);
    return condition.is_error() ? condition : NoBool(frame, at_, "?:", condition);
  }

 private:
  Span at_;
  NodePtr condition_;
  NodePtr yes_;
  NodePtr no_;
};

}  // namespace

NodePtr MakeAndNode(Span at, std::vector<NodePtr> operands) {
  return std::make_unique<LogicNode<false>>(at, std::move(operands));
}
NodePtr MakeOrNode(Span at, std::vector<NodePtr> operands) {
  return std::make_unique<LogicNode<true>>(at, std::move(operands));
}
NodePtr MakeNotNode(Span at, NodePtr operand) { return std::make_unique<NotNode>(at, std::move(operand)); }
NodePtr MakeConditionalNode(Span at, NodePtr condition, NodePtr yes, NodePtr no) {
  return std::make_unique<ConditionalNode>(at, std::move(condition), std::move(yes), std::move(no));
}

}  // namespace earshot::expr
