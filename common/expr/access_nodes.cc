#include <utility>

#include "common/expr/message_type.h"
#include "common/expr/nodes.h"
#include "common/expr/operators.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

class ConstantNode final : public Node {
 public:
  explicit ConstantNode(Value value) : value_(value) {}
  Value Evaluate(Frame&) const override { return value_; }
  const Value* constant() const override { return &value_; }

 private:
  Value value_;
};

class UnknownNode final : public Node {
 public:
  UnknownNode(Span at, std::string message) : at_(at), message_(std::move(message)) {}
  Value Evaluate(Frame& frame) const override { return frame.FailAt(at_, ErrorKind::kUnknownName, message_); }

 private:
  Span at_;
  std::string message_;
};

// What may turn out to be absent, or an error that knows no place.
class PlaceNode : public Node {
 public:
  PlaceNode(Span at, std::string_view text) : at_(at), text_(text) {}

 protected:
  Value Present(Frame& frame, Value value) const {
    if (value.kind() < Kind::kAbsent) [[likely]] {
      return value;
    }
    if (value.is_error()) return frame.Locate(value, at_);
    return frame.FailAt(at_, ErrorKind::kAbsent, fmt::format("absent: {}", text_));
  }
  Span at() const { return at_; }

 private:
  Span at_;
  std::string_view text_;
};

class VariableNode final : public PlaceNode {
 public:
  VariableNode(Span at, std::string_view text, size_t slot, VariableId id)
      : PlaceNode(at, text), slot_(slot), id_(id) {}
  Value Evaluate(Frame& frame) const override { return Present(frame, frame.Variable(slot_, id_)); }

 private:
  size_t slot_;
  VariableId id_;
};

class LocalNode final : public PlaceNode {
 public:
  LocalNode(Span at, std::string_view text, size_t slot) : PlaceNode(at, text), slot_(slot) {}
  Value Evaluate(Frame& frame) const override { return Present(frame, frame.local(slot_)); }

 private:
  size_t slot_;
};

// What a name stands for in a value: a field of a message, a key of a map. Absent where it is not there.
Value SelectByName(Frame& frame, Value operand, std::string_view name) {
  if (operand.Is(Kind::kMap)) return operand.map().Find(Value::String(name), frame.arena()).value_or(Value::Absent());
  if (!operand.Is(Kind::kMessage)) {
    return frame.Fail(ErrorKind::kNoSuchOverload,
                      fmt::format("{} has no fields, and none '{}'", KindName(operand), name));
  }
  const MessageRef& message = operand.message();
  const Field* field = message.type->FindField(name);
  if (field != nullptr) return field->read(message.message, frame.arena());
  return frame.Fail(ErrorKind::kUnknownName, fmt::format("{} has no field '{}'", message.type->name(), name));
}

class SelectNode final : public PlaceNode {
 public:
  SelectNode(Span at, std::string_view text, NodePtr operand, std::string name)
      : PlaceNode(at, text), operand_(std::move(operand)), name_(std::move(name)) {}

  Value Evaluate(Frame& frame) const override {
    const Value operand = operand_->Evaluate(frame);
    if (operand.is_error()) return operand;
    const Value value = SelectByName(frame, operand, name_);
    if (!value.is_absent() || !operand.Is(Kind::kMap)) return Present(frame, value);
    return frame.FailAt(at(), ErrorKind::kNoSuchKey, fmt::format("no such key: \"{}\"", name_));
  }

 private:
  NodePtr operand_;
  std::string name_;
};

class FieldNode final : public PlaceNode {
 public:
  FieldNode(Span at, std::string_view text, NodePtr operand, const MessageType* type, const Field* field)
      : PlaceNode(at, text), operand_(std::move(operand)), type_(type), read_(field->read), field_(field) {}

  Value Evaluate(Frame& frame) const override {
    const Value operand = operand_->Evaluate(frame);
    if (operand.Is(Kind::kMessage) && operand.message().type == type_) [[likely]] {
      return Present(frame, read_(operand.message().message, frame.arena()));
    }
    if (operand.is_error()) return operand;
    return Present(frame, SelectByName(frame, operand, field_->name));
  }

 private:
  NodePtr operand_;
  const MessageType* type_;
  FieldReader read_;
  const Field* field_;
};

class HasNode final : public Node {
 public:
  HasNode(Span at, NodePtr operand, std::string name) : at_(at), operand_(std::move(operand)), name_(std::move(name)) {}

  Value Evaluate(Frame& frame) const override {
    const Value operand = operand_->Evaluate(frame);
    if (operand.is_error()) {
      return operand.error().kind == ErrorKind::kAbsent ? Value::Bool(false) : operand;
    }
    const Value value = SelectByName(frame, operand, name_);
    return value.is_error() ? frame.Locate(value, at_) : Value::Bool(!value.is_absent());
  }

 private:
  Span at_;
  NodePtr operand_;
  std::string name_;
};

class IndexNode final : public PlaceNode {
 public:
  IndexNode(Span at, std::string_view text, NodePtr container, NodePtr key)
      : PlaceNode(at, text), container_(std::move(container)), key_(std::move(key)) {}

  Value Evaluate(Frame& frame) const override {
    const Value container = container_->Evaluate(frame);
    if (container.is_error()) return container;
    const Value key = key_->Evaluate(frame);
    if (key.is_error()) return key;
    return Present(frame, Index(frame, container, key));
  }

 private:
  NodePtr container_;
  NodePtr key_;
};

class TraceNode final : public Node {
 public:
  TraceNode(Span at, std::string_view text, NodePtr node) : at_(at), text_(text), node_(std::move(node)) {}

  Value Evaluate(Frame& frame) const override {
    const Value value = node_->Evaluate(frame);
    if (frame.trace() != nullptr) frame.trace()->Record({at_.begin, at_.end, text_, value});
    return value;
  }

 private:
  Span at_;
  std::string_view text_;
  NodePtr node_;
};

}  // namespace

NodePtr MakeConstantNode(Value value) { return std::make_unique<ConstantNode>(value); }
NodePtr MakeUnknownNode(Span at, std::string message) { return std::make_unique<UnknownNode>(at, std::move(message)); }
NodePtr MakeVariableNode(Span at, std::string_view text, size_t slot, VariableId id) {
  return std::make_unique<VariableNode>(at, text, slot, id);
}
NodePtr MakeLocalNode(Span at, std::string_view text, size_t slot) {
  return std::make_unique<LocalNode>(at, text, slot);
}
NodePtr MakeFieldNode(Span at, std::string_view text, NodePtr operand, const MessageType* type, const Field* field) {
  return std::make_unique<FieldNode>(at, text, std::move(operand), type, field);
}
NodePtr MakeSelectNode(Span at, std::string_view text, NodePtr operand, std::string name) {
  return std::make_unique<SelectNode>(at, text, std::move(operand), std::move(name));
}
NodePtr MakeHasNode(Span at, NodePtr operand, std::string name) {
  return std::make_unique<HasNode>(at, std::move(operand), std::move(name));
}
NodePtr MakeIndexNode(Span at, std::string_view text, NodePtr container, NodePtr key) {
  return std::make_unique<IndexNode>(at, text, std::move(container), std::move(key));
}
NodePtr MakeTraceNode(Span at, std::string_view text, NodePtr node) {
  return std::make_unique<TraceNode>(at, text, std::move(node));
}

}  // namespace earshot::expr
