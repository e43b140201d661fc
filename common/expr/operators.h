// The operators of the language over values of any kind. Operands of kinds that an operator does not take are an error.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/expr/function.h"
#include "common/expr/value.h"

namespace earshot::expr {

Value Add(CallContext& context, Value a, Value b);
Value Subtract(CallContext& context, Value a, Value b);
Value Multiply(CallContext& context, Value a, Value b);
Value Divide(CallContext& context, Value a, Value b);
Value Modulo(CallContext& context, Value a, Value b);
Value Negate(CallContext& context, Value a);

// Each a bool, or an error.
Value EqualTo(CallContext& context, Value a, Value b);
Value NotEqualTo(CallContext& context, Value a, Value b);
Value LessThan(CallContext& context, Value a, Value b);
Value AtMost(CallContext& context, Value a, Value b);
Value GreaterThan(CallContext& context, Value a, Value b);
Value AtLeast(CallContext& context, Value a, Value b);
Value In(CallContext& context, Value element, Value container);

// container[key]: element of a list, value of a map.
Value Index(CallContext& context, Value container, Value key);

// "no such overload: int + string".
Value NoSuchOperator(CallContext& context, std::string_view symbol, Value a, Value b);

}  // namespace earshot::expr
