// Equality and order of values, as the language has them: numbers compare across int, uint and double by
// value; values of different kinds are otherwise unequal and have no order.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "common/expr/arena.h"
#include "common/expr/value.h"

namespace earshot::expr {

// An int beside a double is rounded to one, as the language's tests have it; NaN has no order with anything.
std::partial_ordering CompareNumbers(Value a, Value b);  // both int, uint or double
std::partial_ordering CompareIntDouble(int64_t a, double b);
std::partial_ordering CompareUintDouble(uint64_t a, double b);

inline bool IsNumber(Kind kind) { return kind == Kind::kInt || kind == Kind::kUint || kind == Kind::kDouble; }

// Visits at most *budget values, which it takes off; nothing if that was not enough. Elements of foreign lists and maps
// may be made in `arena`.
std::optional<bool> Equal(Value a, Value b, Arena& arena, uint64_t* budget);

// Nothing where the two kinds have no order.
std::optional<std::partial_ordering> Order(Value a, Value b);

// Equality of map keys, none of which is a list, map or message: a double is the key of the very same whole number.
bool SameKey(Value a, Value b);

}  // namespace earshot::expr
