#include <cmath>
#include <limits>
#include <utility>

#include "common/expr/collections.h"
#include "common/expr/nodes.h"
#include "common/expr/well_known.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

class ListNode final : public Node {
 public:
  explicit ListNode(std::vector<NodePtr> elements) : elements_(std::move(elements)) {}

  Value Evaluate(Frame& frame) const override {
    std::span<Value> values = frame.arena().NewArray<Value>(elements_.size());
    for (size_t i = 0; i < elements_.size(); ++i) {
      values[i] = elements_[i]->Evaluate(frame);
      if (values[i].is_error()) return values[i];
    }
    return Value::List(frame.arena().New<ArrayList>(values));
  }

 private:
  std::vector<NodePtr> elements_;
};

class MapNode final : public Node {
 public:
  MapNode(Span at, std::vector<NodePtr> keys_and_values) : at_(at), parts_(std::move(keys_and_values)) {}

  Value Evaluate(Frame& frame) const override {
    MapBuilder builder(frame.arena(), parts_.size() / 2);
    for (size_t i = 0; i < parts_.size(); i += 2) {
      const Value key = parts_[i]->Evaluate(frame);
      if (key.is_error()) return key;
      const Value value = parts_[i + 1]->Evaluate(frame);
      if (value.is_error()) return value;
      const Value added = builder.Add(key, value);
      if (added.is_error()) return frame.Locate(added, at_);
    }
    return builder.Finish();
  }

 private:
  Span at_;
  std::vector<NodePtr> parts_;
};

Value DefaultOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
      return Value::Bool(false);
    case TypeKind::kInt:
      return Value::Int(0);
    case TypeKind::kUint:
      return Value::Uint(0);
    case TypeKind::kDouble:
      return Value::Double(0);
    case TypeKind::kString:
      return Value::String("");
    default:
      return Value::Bytes("");
  }
}

// google.protobuf.Int32Value{value: 1} is the number itself, within the range of the field.
class WrapperNode final : public Node {
 public:
  WrapperNode(Span at, std::string message, NodePtr value)
      : at_(at),
        message_(std::move(message)),
        default_(DefaultOf(WrappedType(message_)->kind())),
        single_(message_.ends_with("FloatValue")),
        narrow_(message_.ends_with("Int32Value")),
        value_(std::move(value)) {}

  Value Evaluate(Frame& frame) const override {
    if (value_ == nullptr) return default_;
    const Value value = value_->Evaluate(frame);
    if (value.is_error()) return value;
    if (value.Is(Kind::kNull)) return default_;
    if (value.kind() != default_.kind()) {
      return frame.FailAt(at_, ErrorKind::kNoSuchOverload, fmt::format("{} cannot hold {}", message_, KindName(value)));
    }
    if (single_) return Value::Double(static_cast<float>(value.double_value()));
    if (narrow_ && !FitsInto32Bits(value)) {
      return frame.FailAt(at_, ErrorKind::kOverflow,
                          fmt::format("{} is out of the range of {}", DebugString(value), message_));
    }
    return value;
  }

 private:
  static bool FitsInto32Bits(Value value) {
    if (value.Is(Kind::kUint)) return value.uint_value() <= std::numeric_limits<uint32_t>::max();
    return value.int_value() >= std::numeric_limits<int32_t>::min() &&
           value.int_value() <= std::numeric_limits<int32_t>::max();
  }

  Span at_;
  std::string message_;
  Value default_;
  bool single_;
  bool narrow_;
  NodePtr value_;
};

}  // namespace

NodePtr MakeListNode(std::vector<NodePtr> elements) { return std::make_unique<ListNode>(std::move(elements)); }
NodePtr MakeMapNode(Span at, std::vector<NodePtr> keys_and_values) {
  return std::make_unique<MapNode>(at, std::move(keys_and_values));
}
NodePtr MakeWrapperNode(Span at, std::string message, NodePtr value) {
  return std::make_unique<WrapperNode>(at, std::move(message), std::move(value));
}

}  // namespace earshot::expr
