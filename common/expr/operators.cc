#include "common/expr/operators.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "common/expr/collections.h"
#include "common/expr/compare.h"
#include "common/expr/time_text.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value OverflowError(CallContext& context) { return context.Fail(ErrorKind::kOverflow, "integer overflow"); }

Value ConcatenateText(CallContext& context, Value a, Value b) {
  const size_t size = a.text().size() + b.text().size();
  if (!context.ChargeText(size)) return context.BudgetError();
  std::span<char> room = context.arena().NewArray<char>(size);
  std::memcpy(room.data(), a.text().data(), a.text().size());
  std::memcpy(room.data() + a.text().size(), b.text().data(), b.text().size());
  const std::string_view text(room.data(), size);
  return a.Is(Kind::kString) ? Value::String(text) : Value::Bytes(text);
}

Value ConcatenateLists(CallContext& context, const ListValue& a, const ListValue& b) {
  if (!context.Charge(a.size() + b.size())) return context.BudgetError();
  std::span<Value> elements = context.arena().NewArray<Value>(a.size() + b.size());
  for (size_t i = 0; i < a.size(); ++i) elements[i] = a.At(i, context.arena());
  for (size_t i = 0; i < b.size(); ++i) elements[a.size() + i] = b.At(i, context.arena());
  return Value::List(context.arena().New<ArrayList>(elements));
}

Value AddTimes(CallContext& context, Value a, Value b) {
  if (a.Is(Kind::kDuration) && b.Is(Kind::kDuration)) return MakeDuration(context, AddSpans(a.time(), b.time()));
  if (a.Is(Kind::kTimestamp) && b.Is(Kind::kDuration)) return MakeTimestamp(context, AddSpans(a.time(), b.time()));
  if (a.Is(Kind::kDuration) && b.Is(Kind::kTimestamp)) return MakeTimestamp(context, AddSpans(b.time(), a.time()));
  return NoSuchOperator(context, "+", a, b);
}

Value SubtractTimes(CallContext& context, Value a, Value b) {
  if (a.Is(Kind::kDuration) && b.Is(Kind::kDuration)) return MakeDuration(context, SubtractSpans(a.time(), b.time()));
  if (a.Is(Kind::kTimestamp) && b.Is(Kind::kTimestamp)) return MakeDuration(context, SubtractSpans(a.time(), b.time()));
  if (a.Is(Kind::kTimestamp) && b.Is(Kind::kDuration)) return MakeTimestamp(context, SubtractSpans(a.time(), b.time()));
  return NoSuchOperator(context, "-", a, b);
}

// `op` is one of __builtin_*_overflow.
template <typename T, typename Op>
std::optional<T> Checked(T a, T b, Op op) {
  T result;
  if (op(a, b, &result)) return std::nullopt;
  return result;
}

template <typename Op>
Value CheckedInt(CallContext& context, Value a, Value b, Op op) {
  if (const auto result = Checked(a.int_value(), b.int_value(), op)) return Value::Int(*result);
  return OverflowError(context);
}

template <typename Op>
Value CheckedUint(CallContext& context, Value a, Value b, Op op) {
  if (const auto result = Checked(a.uint_value(), b.uint_value(), op)) return Value::Uint(*result);
  return OverflowError(context);
}

constexpr auto kAddOverflow = [](auto a, auto b, auto* out) { return __builtin_add_overflow(a, b, out); };
constexpr auto kSubtractOverflow = [](auto a, auto b, auto* out) { return __builtin_sub_overflow(a, b, out); };
constexpr auto kMultiplyOverflow = [](auto a, auto b, auto* out) { return __builtin_mul_overflow(a, b, out); };

bool DividesBeyondRange(Value a, Value b) {
  return b.int_value() == -1 && a.int_value() == std::numeric_limits<int64_t>::min();
}

template <typename Holds>
Value Compared(CallContext& context, std::string_view symbol, Value a, Value b, Holds holds) {
  const auto order = Order(a, b);
  if (!order.has_value()) return NoSuchOperator(context, symbol, a, b);
  return Value::Bool(holds(*order));
}

// Equal() with the context's budget.
std::optional<bool> ChargedEqual(CallContext& context, Value a, Value b) {
  uint64_t budget = context.budget_left();
  const std::optional<bool> equal = Equal(a, b, context.arena(), &budget);
  if (!equal.has_value() || !context.Charge(context.budget_left() - budget - 1)) return std::nullopt;
  return equal;
}

Value IndexList(CallContext& context, const ListValue& list, Value key) {
  std::optional<uint64_t> index;
  if (key.Is(Kind::kInt) && key.int_value() >= 0) index = static_cast<uint64_t>(key.int_value());
  if (key.Is(Kind::kUint)) index = key.uint_value();
  if (key.Is(Kind::kDouble) && key.double_value() >= 0 && key.double_value() < 0x1p53 &&
      std::trunc(key.double_value()) == key.double_value()) {
    index = static_cast<uint64_t>(key.double_value());
  }
  if (!IsNumber(key.kind())) return NoSuchOperator(context, "[]", Value::List(&list), key);
  if (!index.has_value() || *index >= list.size()) {
    return context.Fail(ErrorKind::kNoSuchKey,
                        fmt::format("no index {} in a list of {}", DebugString(key), list.size()));
  }
  return list.At(*index, context.arena());
}

}  // namespace

Value NoSuchOperator(CallContext& context, std::string_view symbol, Value a, Value b) {
  return context.Fail(ErrorKind::kNoSuchOverload,
                      fmt::format("no such overload: {} {} {}", KindName(a), symbol, KindName(b)));
}

Value Add(CallContext& context, Value a, Value b) {
  if (a.kind() != b.kind()) return AddTimes(context, a, b);
  switch (a.kind()) {
    case Kind::kInt:
      return CheckedInt(context, a, b, kAddOverflow);
    case Kind::kUint:
      return CheckedUint(context, a, b, kAddOverflow);
    case Kind::kDouble:
      return Value::Double(a.double_value() + b.double_value());
    case Kind::kString:
    case Kind::kBytes:
      return ConcatenateText(context, a, b);
    case Kind::kList:
      return ConcatenateLists(context, a.list(), b.list());
    default:
      return AddTimes(context, a, b);
  }
}

Value Subtract(CallContext& context, Value a, Value b) {
  if (a.kind() != b.kind()) return SubtractTimes(context, a, b);
  switch (a.kind()) {
    case Kind::kInt:
      return CheckedInt(context, a, b, kSubtractOverflow);
    case Kind::kUint:
      return CheckedUint(context, a, b, kSubtractOverflow);
    case Kind::kDouble:
      return Value::Double(a.double_value() - b.double_value());
    default:
      return SubtractTimes(context, a, b);
  }
}

Value Multiply(CallContext& context, Value a, Value b) {
  if (a.kind() != b.kind()) return NoSuchOperator(context, "*", a, b);
  switch (a.kind()) {
    case Kind::kInt:
      return CheckedInt(context, a, b, kMultiplyOverflow);
    case Kind::kUint:
      return CheckedUint(context, a, b, kMultiplyOverflow);
    case Kind::kDouble:
      return Value::Double(a.double_value() * b.double_value());
    default:
      return NoSuchOperator(context, "*", a, b);
  }
}

Value Divide(CallContext& context, Value a, Value b) {
  if (a.kind() != b.kind()) return NoSuchOperator(context, "/", a, b);
  if (a.Is(Kind::kDouble)) return Value::Double(a.double_value() / b.double_value());
  if (!a.Is(Kind::kInt) && !a.Is(Kind::kUint)) return NoSuchOperator(context, "/", a, b);
  if (b.int_value() == 0) return context.Fail(ErrorKind::kDivideByZero, "divide by zero");
  if (a.Is(Kind::kUint)) return Value::Uint(a.uint_value() / b.uint_value());
  if (DividesBeyondRange(a, b)) return OverflowError(context);
  return Value::Int(a.int_value() / b.int_value());
}

Value Modulo(CallContext& context, Value a, Value b) {
  if (a.kind() != b.kind() || (!a.Is(Kind::kInt) && !a.Is(Kind::kUint))) return NoSuchOperator(context, "%", a, b);
  if (b.int_value() == 0) return context.Fail(ErrorKind::kDivideByZero, "modulus by zero");
  if (a.Is(Kind::kUint)) return Value::Uint(a.uint_value() % b.uint_value());
  if (DividesBeyondRange(a, b)) return OverflowError(context);
  return Value::Int(a.int_value() % b.int_value());
}

Value Negate(CallContext& context, Value a) {
  if (a.Is(Kind::kDouble)) return Value::Double(-a.double_value());
  if (!a.Is(Kind::kInt)) {
    return context.Fail(ErrorKind::kNoSuchOverload, fmt::format("no such overload: -{}", KindName(a)));
  }
  return CheckedInt(context, Value::Int(0), a, kSubtractOverflow);
}

Value EqualTo(CallContext& context, Value a, Value b) {
  const auto equal = ChargedEqual(context, a, b);
  return equal.has_value() ? Value::Bool(*equal) : context.BudgetError();
}

Value NotEqualTo(CallContext& context, Value a, Value b) {
  const auto equal = ChargedEqual(context, a, b);
  return equal.has_value() ? Value::Bool(!*equal) : context.BudgetError();
}

Value LessThan(CallContext& context, Value a, Value b) {
  return Compared(context, "<", a, b, [](std::partial_ordering order) { return order < 0; });
}
Value AtMost(CallContext& context, Value a, Value b) {
  return Compared(context, "<=", a, b, [](std::partial_ordering order) { return order <= 0; });
}
Value GreaterThan(CallContext& context, Value a, Value b) {
  return Compared(context, ">", a, b, [](std::partial_ordering order) { return order > 0; });
}
Value AtLeast(CallContext& context, Value a, Value b) {
  return Compared(context, ">=", a, b, [](std::partial_ordering order) { return order >= 0; });
}

Value In(CallContext& context, Value element, Value container) {
  if (container.Is(Kind::kMap)) return Value::Bool(container.map().Find(element, context.arena()).has_value());
  if (!container.Is(Kind::kList)) return NoSuchOperator(context, "in", element, container);
  const ListValue& list = container.list();
  for (size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.BudgetError();
    const auto equal = ChargedEqual(context, list.At(i, context.arena()), element);
    if (!equal.has_value()) return context.BudgetError();
    if (*equal) return Value::Bool(true);
  }
  return Value::Bool(false);
}

Value Index(CallContext& context, Value container, Value key) {
  if (container.Is(Kind::kList)) return IndexList(context, container.list(), key);
  if (!container.Is(Kind::kMap)) return NoSuchOperator(context, "[]", container, key);
  if (const auto value = container.map().Find(key, context.arena())) return *value;
  return context.Fail(ErrorKind::kNoSuchKey, fmt::format("no such key: {}", DebugString(key)));
}

}  // namespace earshot::expr
