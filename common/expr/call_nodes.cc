#include <utility>

#include "common/expr/nodes.h"
#include "common/expr/regex.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

// What an argument has to be when the call is made.
bool TakesKind(const Type& param, Value value) {
  switch (param.kind()) {
    case TypeKind::kNull:
      return value.Is(Kind::kNull);
    case TypeKind::kBool:
      return value.Is(Kind::kBool);
    case TypeKind::kInt:
      return value.Is(Kind::kInt);
    case TypeKind::kUint:
      return value.Is(Kind::kUint);
    case TypeKind::kDouble:
      return value.Is(Kind::kDouble);
    case TypeKind::kString:
      return value.Is(Kind::kString);
    case TypeKind::kBytes:
      return value.Is(Kind::kBytes);
    case TypeKind::kTimestamp:
      return value.Is(Kind::kTimestamp);
    case TypeKind::kDuration:
      return value.Is(Kind::kDuration);
    case TypeKind::kType:
      return value.Is(Kind::kType);
    case TypeKind::kList:
      return value.Is(Kind::kList);
    case TypeKind::kMap:
      return value.Is(Kind::kMap);
    case TypeKind::kWrapper:
      return value.Is(Kind::kNull) || TakesKind(param.parameters()[0], value);
    case TypeKind::kMessage:
      return value.Is(Kind::kMessage) && value.message().type->name() == param.name();
    case TypeKind::kDyn:
    case TypeKind::kOpaque:
    case TypeKind::kParam:
    case TypeKind::kUnbound:
      return true;
  }
  return false;
}

bool TakesArguments(const Overload& overload, Arguments arguments) {
  const size_t params = overload.params.size();
  if (arguments.size() != params && !(overload.variadic && arguments.size() > params)) return false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!TakesKind(overload.params[std::min(i, params - 1)], arguments[i])) return false;
  }
  return true;
}

class CallNode final : public Node {
 public:
  CallNode(Span at, std::string name, std::vector<const Overload*> overloads, std::vector<NodePtr> arguments)
      : at_(at), name_(std::move(name)), overloads_(std::move(overloads)), arguments_(std::move(arguments)) {}

  Value Evaluate(Frame& frame) const override {
    std::array<Value, kInline> in_place;
    std::span<Value> values = in_place;
    if (arguments_.size() > kInline) values = frame.arena().NewArray<Value>(arguments_.size());
    for (size_t i = 0; i < arguments_.size(); ++i) {
      values[i] = arguments_[i]->Evaluate(frame);
      if (values[i].is_error()) return values[i];
    }
    return Call(frame, values.first(arguments_.size()));
  }

 private:
  static constexpr size_t kInline = 4;

  Value Call(Frame& frame, Arguments arguments) const {
    for (const Overload* overload : overloads_) {
      if (!TakesArguments(*overload, arguments)) continue;
      if (overload->call == nullptr) {
        return frame.FailAt(at_, ErrorKind::kUnknownName, fmt::format("the function '{}' has no body", name_));
      }
      const Value result = overload->call(frame, arguments);
      return result.is_error() ? frame.Locate(result, at_) : result;
    }
    return NoOverload(frame, arguments);
  }

  Value NoOverload(Frame& frame, Arguments arguments) const {
    std::string kinds;
    for (const Value argument : arguments) kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", KindName(argument));
    return frame.FailAt(at_, ErrorKind::kNoSuchOverload, fmt::format("no such overload: '{}' of ({})", name_, kinds));
  }

  Span at_;
  std::string name_;
  std::vector<const Overload*> overloads_;
  std::vector<NodePtr> arguments_;
};

// matches() with a pattern that is known beforehand.
class MatchesNode final : public Node {
 public:
  MatchesNode(Span at, NodePtr text, std::unique_ptr<const re2::RE2> pattern)
      : at_(at), text_(std::move(text)), pattern_(std::move(pattern)) {}

  Value Evaluate(Frame& frame) const override {
    const Value text = text_->Evaluate(frame);
    if (text.is_error()) return text;
    if (!text.Is(Kind::kString)) {
      return frame.FailAt(at_, ErrorKind::kNoSuchOverload,
                          fmt::format("no such overload: 'matches' of ({}, string)", KindName(text)));
    }
    const Value result = MatchPattern(frame, text.text(), *pattern_);
    return result.is_error() ? frame.Locate(result, at_) : result;
  }

 private:
  Span at_;
  NodePtr text_;
  std::unique_ptr<const re2::RE2> pattern_;
};

}  // namespace

NodePtr MakeCallNode(Span at, std::string name, std::vector<const Overload*> overloads,
                     std::vector<NodePtr> arguments) {
  return std::make_unique<CallNode>(at, std::move(name), std::move(overloads), std::move(arguments));
}
NodePtr MakeMatchesNode(Span at, NodePtr text, std::unique_ptr<const re2::RE2> pattern) {
  return std::make_unique<MatchesNode>(at, std::move(text), std::move(pattern));
}

}  // namespace earshot::expr
