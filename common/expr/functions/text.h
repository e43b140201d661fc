// Values as text, and text as values.
#pragma once

#include <string>
#include <string_view>

#include "common/expr/function.h"
#include "common/expr/value.h"

namespace earshot::expr {

// "1.5", "1e+20", "NaN", "-Infinity": shortest text that reads back as the same number.
std::string DoubleText(double value);

// What string() and "%s" say: strings and bytes as they are, lists "[1, a]", maps "{a: 1}" ordered by their keys' text.
void AppendText(Value value, Arena& arena, std::string& out);

// A string value, charged for.
Value MakeText(CallContext& context, std::string_view text);

}  // namespace earshot::expr
