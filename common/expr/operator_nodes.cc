#include <array>
#include <functional>
#include <type_traits>
#include <utility>

#include "common/expr/nodes.h"
#include "common/expr/operators.h"

namespace earshot::expr {
namespace {

// Ways to compute the common case without a call. Each has: bool Takes(left, right); Value Compute(left, right).
template <typename Op>
struct OnDoubles {
  static bool Takes(Value left, Value right) { return left.Is(Kind::kDouble) && right.Is(Kind::kDouble); }
  static Value Compute(Value left, Value right) {
    const auto result = Op{}(left.double_value(), right.double_value());
    if constexpr (std::is_same_v<decltype(result), const bool>) {
      return Value::Bool(result);
    } else {
      return Value::Double(result);
    }
  }
};

template <typename Op>
struct OnStrings {
  static bool Takes(Value left, Value right) { return left.Is(Kind::kString) && right.Is(Kind::kString); }
  static Value Compute(Value left, Value right) { return Value::Bool(Op{}(left.text(), right.text())); }
};

struct Never {
  static bool Takes(Value, Value) { return false; }
  static Value Compute(Value, Value) { return Value::Null(); }
};

template <typename Fast, Value (*general)(CallContext&, Value, Value)>
class BinaryNode final : public Node {
 public:
  BinaryNode(Span at, NodePtr left, NodePtr right) : at_(at), left_(std::move(left)), right_(std::move(right)) {}

  Value Evaluate(Frame& frame) const override {
    const Value left = left_->Evaluate(frame);
    if (left.is_error()) return left;
    const Value right = right_->Evaluate(frame);
    if (Fast::Takes(left, right)) return Fast::Compute(left, right);
    if (right.is_error()) return right;
    const Value result = general(frame, left, right);
    return result.is_error() ? frame.Locate(result, at_) : result;
  }

 private:
  Span at_;
  NodePtr left_;
  NodePtr right_;
};

class NegateNode final : public Node {
 public:
  NegateNode(Span at, NodePtr operand) : at_(at), operand_(std::move(operand)) {}

  Value Evaluate(Frame& frame) const override {
    const Value operand = operand_->Evaluate(frame);
    if (operand.is_error()) return operand;
    const Value result = Negate(frame, operand);
    return result.is_error() ? frame.Locate(result, at_) : result;
  }

 private:
  Span at_;
  NodePtr operand_;
};

template <typename Fast, Value (*general)(CallContext&, Value, Value)>
NodePtr MakeBinary(Span at, NodePtr left, NodePtr right) {
  return std::make_unique<BinaryNode<Fast, general>>(at, std::move(left), std::move(right));
}

struct BinaryFactory {
  std::string_view function;
  NodePtr (*make)(Span, NodePtr, NodePtr);
};

constexpr std::array kBinaryFactories = {
    BinaryFactory{"_+_", MakeBinary<OnDoubles<std::plus<>>, Add>},
    BinaryFactory{"_-_", MakeBinary<OnDoubles<std::minus<>>, Subtract>},
    BinaryFactory{"_*_", MakeBinary<OnDoubles<std::multiplies<>>, Multiply>},
    BinaryFactory{"_/_", MakeBinary<OnDoubles<std::divides<>>, Divide>},
    BinaryFactory{"_%_", MakeBinary<Never, Modulo>},
    BinaryFactory{"_<_", MakeBinary<OnDoubles<std::less<>>, LessThan>},
    BinaryFactory{"_<=_", MakeBinary<OnDoubles<std::less_equal<>>, AtMost>},
    BinaryFactory{"_>_", MakeBinary<OnDoubles<std::greater<>>, GreaterThan>},
    BinaryFactory{"_>=_", MakeBinary<OnDoubles<std::greater_equal<>>, AtLeast>},
    BinaryFactory{"_==_", MakeBinary<OnStrings<std::equal_to<>>, EqualTo>},
    BinaryFactory{"_!=_", MakeBinary<OnStrings<std::not_equal_to<>>, NotEqualTo>},
    BinaryFactory{"@in", MakeBinary<Never, In>},
};

}  // namespace

NodePtr MakeUnaryNode(Span at, std::string_view function, NodePtr operand) {
  if (function == "!_") return MakeNotNode(at, std::move(operand));
  if (function == "-_") return std::make_unique<NegateNode>(at, std::move(operand));
  return nullptr;
}

NodePtr MakeBinaryNode(Span at, std::string_view function, NodePtr left, NodePtr right) {
  for (const BinaryFactory& factory : kBinaryFactories) {
    if (factory.function == function) return factory.make(at, std::move(left), std::move(right));
  }
  return nullptr;
}

}  // namespace earshot::expr
