#include <optional>
#include <utility>

#include "common/expr/collections.h"
#include "common/expr/nodes.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

// Goes over a range, sets the loop's variables, and lets the kind of loop (Gather) make something of the body's values.
// Gather: Gather(frame, size); optional<Value> Take(frame, value): the loop's result if that decides it; Value
// Finish().
template <typename Gather>
class LoopNode final : public Node {
 public:
  explicit LoopNode(LoopParts parts) : parts_(std::move(parts)) {}

  Value Evaluate(Frame& frame) const override {
    const Value range = parts_.range->Evaluate(frame);
    if (range.is_error()) return range;
    if (!range.Is(Kind::kList) && !range.Is(Kind::kMap)) {
      return frame.FailAt(parts_.at, ErrorKind::kNoSuchOverload,
                          fmt::format("no such overload: a loop over {}", KindName(range)));
    }
    const size_t size = range.Is(Kind::kList) ? range.list().size() : range.map().size();
    Gather gather(frame, size);
    for (size_t i = 0; i < size; ++i) {
      if (!frame.Charge(parts_.cost)) return frame.Locate(frame.BudgetError(), parts_.at);
      SetVariables(frame, range, i);
      if (parts_.filter != nullptr) {
        const Value keep = parts_.filter->Evaluate(frame);
        if (keep.is_error()) return keep;
        if (!keep.Is(Kind::kBool)) return NoBool(frame, keep);
        if (!keep.bool_value()) continue;
      }
      if (const auto decided = Step(frame, gather)) return *decided;
    }
    return gather.Finish(frame);
  }

 private:
  void SetVariables(Frame& frame, Value range, size_t i) const {
    Value& first = frame.local(parts_.slot);
    if (range.Is(Kind::kList)) {
      const Value element = range.list().At(i, frame.arena());
      first = parts_.two_variables ? Value::Int(static_cast<int64_t>(i)) : element;
      if (parts_.two_variables) frame.local(parts_.slot + 1) = element;
    } else {
      const MapEntry entry = range.map().EntryAt(i, frame.arena());
      first = entry.key;
      if (parts_.two_variables) frame.local(parts_.slot + 1) = entry.value;
    }
  }

  std::optional<Value> Step(Frame& frame, Gather& gather) const {
    Value value = parts_.body->Evaluate(frame);
    if (IsHardError(value)) return value;
    if (Gather::kWantsBool && !value.Is(Kind::kBool) && !value.is_error()) value = NoBool(frame, value);
    auto decided = gather.Take(frame, frame.local(parts_.slot), value);
    if (decided.has_value() && decided->is_error()) *decided = frame.Locate(*decided, parts_.at);
    return decided;
  }

  Value NoBool(Frame& frame, Value value) const {
    return frame.FailAt(parts_.at, ErrorKind::kNoSuchOverload,
                        fmt::format("no such overload: the condition of a loop is {}, not bool", KindName(value)));
  }

  LoopParts parts_;
};

// all (deciding = false) and exists (deciding = true): a turn that decides outweighs the errors of others.
template <bool deciding>
class GatherLogic {
 public:
  static constexpr bool kWantsBool = true;
  GatherLogic(Frame&, size_t) {}

  std::optional<Value> Take(Frame&, Value, Value value) {
    if (value.is_error()) {
      if (!result_.is_error()) result_ = value;
    } else if (value.bool_value() == deciding) {
      return value;
    }
    return std::nullopt;
  }
  Value Finish(Frame&) { return result_; }

 private:
  Value result_ = Value::Bool(!deciding);
};

class GatherOne {
 public:
  static constexpr bool kWantsBool = true;
  GatherOne(Frame&, size_t) {}

  std::optional<Value> Take(Frame&, Value, Value value) {
    if (value.is_error()) return value;
    if (value.bool_value()) ++count_;
    return std::nullopt;
  }
  Value Finish(Frame&) { return Value::Bool(count_ == 1); }

 private:
  size_t count_ = 0;
};

class GatherList {
 public:
  static constexpr bool kWantsBool = false;
  GatherList(Frame& frame, size_t size) : values_(frame.arena().NewArray<Value>(size)) {}

  std::optional<Value> Take(Frame&, Value, Value value) {
    if (value.is_error()) return value;
    values_[size_++] = value;
    return std::nullopt;
  }
  Value Finish(Frame& frame) { return Value::List(frame.arena().New<ArrayList>(values_.first(size_))); }

 protected:
  std::span<Value> values_;
  size_t size_ = 0;
};

class GatherKept : public GatherList {
 public:
  static constexpr bool kWantsBool = true;
  using GatherList::GatherList;

  std::optional<Value> Take(Frame&, Value element, Value keep) {
    if (keep.is_error()) return keep;
    if (keep.bool_value()) values_[size_++] = element;
    return std::nullopt;
  }
};

class GatherMap {
 public:
  static constexpr bool kWantsBool = false;
  GatherMap(Frame& frame, size_t size) : builder_(frame.arena(), size) {}

  std::optional<Value> Take(Frame&, Value key, Value value) {
    if (value.is_error()) return value;
    const Value added = builder_.Add(key, value);
    if (added.is_error()) return added;
    return std::nullopt;
  }
  Value Finish(Frame&) { return builder_.Finish(); }

 private:
  MapBuilder builder_;
};

}  // namespace

NodePtr MakeLoopNode(LoopParts parts) {
  switch (parts.kind) {
    case LoopKind::kAll:
      return std::make_unique<LoopNode<GatherLogic<false>>>(std::move(parts));
    case LoopKind::kExists:
      return std::make_unique<LoopNode<GatherLogic<true>>>(std::move(parts));
    case LoopKind::kExistsOne:
      return std::make_unique<LoopNode<GatherOne>>(std::move(parts));
    case LoopKind::kFilter:
      return std::make_unique<LoopNode<GatherKept>>(std::move(parts));
    case LoopKind::kMap:
    case LoopKind::kTransformList:
      return std::make_unique<LoopNode<GatherList>>(std::move(parts));
    case LoopKind::kTransformMap:
      return std::make_unique<LoopNode<GatherMap>>(std::move(parts));
  }
  return nullptr;
}

}  // namespace earshot::expr
