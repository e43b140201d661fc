// The number inside a figure: digits or words with their scale, before any currency or unit is looked at.
#pragma once

#include <cstddef>
#include <optional>

#include "earshot/v1/observation.pb.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

struct Number {
  size_t last = 0;             // token behind the number
  double mantissa = 0;         // 38.6 of "38.6 billion"
  double scale = 1;            // 1e9 of "38.6 billion"; 1 where groups were added up ("two thousand five hundred")
  double value = 0;            // mantissa * scale, or the sum
  std::optional<double> high;  // of a pair of neighbouring digits: 六七十 is 60 to 70
  v1::Bound bound = v1::BOUND_EXACT;  // from inside the number: 十多亿, 十几万
  bool spelled = false;               // in words
  bool chinese = false;               // with Chinese characters
  bool scaled = false;                // with a word of scale: thousand and more; in Chinese 百 and more
  bool refused = false;               // looks like a number and is none: "twenty twenty-five", 二零二五
};

// What is before the number on which its reading depends.
struct NumberContext {
  bool currency = false;  // "$5m" is 5 million, "5m" may be metres
};

// The number that begins at token i; none where there is no numeral.
std::optional<Number> ParseEnglishNumber(const TokenRow& tokens, size_t i, const NumberContext& context);
std::optional<Number> ParseChineseNumber(const TokenRow& tokens, size_t i);

// Chinese where a Chinese numeral begins or follows the digits, else English.
std::optional<Number> ParseNumber(const TokenRow& tokens, size_t i, const NumberContext& context);

// Whether a number in digits may be read at all: not a version ("1.2.3"), not longer than a number is.
bool IsReadable(const Token& token);

// mantissa * scale without the dust of binary fractions: 38.6 * 1e9 is 38600000000.
double Scaled(double mantissa, double scale);

}  // namespace earshot::quantity
