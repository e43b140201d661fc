#include "common/expr/compare.h"

#include <cmath>
#include <utility>

#include "common/expr/message_type.h"

namespace earshot::expr {
namespace {

std::partial_ordering Flip(std::partial_ordering order) { return 0 <=> order; }

bool EqualScalars(Value a, Value b) {
  if (IsNumber(a.kind()) && IsNumber(b.kind())) return CompareNumbers(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return a.bool_value() == b.bool_value();
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kType:
      return a.text() == b.text();
    case Kind::kTimestamp:
    case Kind::kDuration:
      return a.time() == b.time();
    default:
      return false;
  }
}

class EqualityWalk {
 public:
  EqualityWalk(Arena& arena, uint64_t* budget) : arena_(arena), budget_(budget) {}

  bool exhausted() const { return exhausted_; }

  bool Equal(Value a, Value b) {
    if (exhausted_ || *budget_ == 0) {
      exhausted_ = true;
      return false;
    }
    --*budget_;
    if (a.kind() != b.kind()) return EqualScalars(a, b);
    if (a.Is(Kind::kList)) return EqualLists(a.list(), b.list());
    if (a.Is(Kind::kMap)) return EqualMaps(a.map(), b.map());
    if (a.Is(Kind::kMessage)) return EqualMessages(a.message(), b.message());
    return EqualScalars(a, b);
  }

 private:
  bool EqualLists(const ListValue& a, const ListValue& b) {
    if (a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i) {
      if (!Equal(a.At(i, arena_), b.At(i, arena_))) return false;
    }
    return true;
  }

  bool EqualMaps(const MapValue& a, const MapValue& b) {
    if (a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i) {
      const MapEntry entry = a.EntryAt(i, arena_);
      const std::optional<Value> other = b.Find(entry.key, arena_);
      if (!other.has_value() || !Equal(entry.value, *other)) return false;
    }
    return true;
  }

  // The same object, or all fields equal, present or not alike.
  bool EqualMessages(const MessageRef& a, const MessageRef& b) {
    if (a.type != b.type) return false;
    if (a.message == b.message) return true;
    for (const Field& field : a.type->fields()) {
      const Value x = field.read(a.message, arena_);
      const Value y = field.read(b.message, arena_);
      if (x.is_absent() != y.is_absent()) return false;
      if (!x.is_absent() && !Equal(x, y)) return false;
    }
    return true;
  }

  Arena& arena_;
  uint64_t* budget_;
  bool exhausted_ = false;
};

}  // namespace

std::partial_ordering CompareIntDouble(int64_t a, double b) {
  if (b < -0x1p63) return std::partial_ordering::greater;
  if (b > 0x1p63) return std::partial_ordering::less;
  return static_cast<double>(a) <=> b;
}

std::partial_ordering CompareUintDouble(uint64_t a, double b) {
  if (b < 0) return std::partial_ordering::greater;
  if (b > 0x1p64) return std::partial_ordering::less;
  return static_cast<double>(a) <=> b;
}

std::partial_ordering CompareNumbers(Value a, Value b) {
  if (a.Is(Kind::kDouble)) {
    if (b.Is(Kind::kDouble)) return a.double_value() <=> b.double_value();
    return Flip(CompareNumbers(b, a));
  }
  if (b.Is(Kind::kDouble)) {
    return a.Is(Kind::kInt) ? CompareIntDouble(a.int_value(), b.double_value())
                            : CompareUintDouble(a.uint_value(), b.double_value());
  }
  if (a.kind() == b.kind()) {
    return a.Is(Kind::kInt) ? a.int_value() <=> b.int_value() : a.uint_value() <=> b.uint_value();
  }
  if (a.Is(Kind::kUint)) return Flip(CompareNumbers(b, a));
  return a.int_value() < 0 ? std::strong_ordering::less : static_cast<uint64_t>(a.int_value()) <=> b.uint_value();
}

std::optional<bool> Equal(Value a, Value b, Arena& arena, uint64_t* budget) {
  EqualityWalk walk(arena, budget);
  const bool equal = walk.Equal(a, b);
  if (walk.exhausted()) return std::nullopt;
  return equal;
}

std::optional<std::partial_ordering> Order(Value a, Value b) {
  if (IsNumber(a.kind()) && IsNumber(b.kind())) return CompareNumbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kBool:
      return a.bool_value() <=> b.bool_value();
    case Kind::kString:
    case Kind::kBytes:
      return a.text() <=> b.text();
    case Kind::kTimestamp:
    case Kind::kDuration:
      return a.time() <=> b.time();
    default:
      return std::nullopt;
  }
}

bool SameKey(Value a, Value b) {
  if (b.Is(Kind::kDouble)) std::swap(a, b);
  if (!a.Is(Kind::kDouble) || b.Is(Kind::kDouble)) return EqualScalars(a, b);
  const double d = a.double_value();
  if (d >= -0x1p63 && d < 0x1p63 && std::trunc(d) == d) return EqualScalars(Value::Int(static_cast<int64_t>(d)), b);
  if (d >= 0 && d < 0x1p64 && std::trunc(d) == d) return EqualScalars(Value::Uint(static_cast<uint64_t>(d)), b);
  return false;
}

}  // namespace earshot::expr
