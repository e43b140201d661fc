// Finds the figures of a text: amounts, percentages, multiples, counts, in English and Chinese, in digits and in words.
// Pure: no I/O, clock or metrics; thread-safe; linear in the length of the text.
//
// What is no quantity is not returned: dates, years, durations, ordinals, streaks, names with digits ("Qwen 2.5",
// "88VIP", "B2C"), phone numbers, list numbers, telephone keys ("press star one").
//
//   FindQuantities("a loss of nearly RMB 1.2 to 1.4 billion", Language::kEnglish)
//     ->  {begin 17, end 39, value -1.4e9, value_high -1.2e9, unit "CNY", bound RANGE, sign kWord}
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/language.h"
#include "earshot/v1/observation.pb.h"

namespace earshot::quantity {

// Why a value is negative.
enum class Sign {
  kNone,    // It is not.
  kSymbol,  // "-5%", "(1.2) million", "minus 3".
  kWord,    // "a loss of", "decreased 31%", "an outflow", 亏损, 下降. The words stand outside begin..end.
};

struct Quantity {
  // Bytes of the figure with its sign, currency, scale and unit words; for a range from the first figure to the last.
  // Words of a bound ("over", 以上) stand outside, except where they are inside the figure (10多亿).
  size_t begin = 0;
  size_t end = 0;

  // In base units: RMB 38.6 billion is 38600000000, 26% is 26. Of a range the numerically lower end.
  double value = 0;
  std::optional<double> value_high;

  // ISO 4217 code, `<code>/share`, `percent`, `percentage_points`, `basis_points`, `times`, `count`.
  std::string unit;

  v1::Bound bound = v1::BOUND_EXACT;

  Sign sign = Sign::kNone;

  // The figure is money, a count or a share by its own words. False for a bare number ("38.6 billion"): unit is
  // `count`, and who knows that the metric is money may take it as the reporting currency.
  bool has_unit = false;

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

struct QuantityOptions {
  // ISO 4217 code of the currency that the company reports in. Decides what a shared sign means: `¥` is JPY where that
  // is reported and else CNY; `$` and 元 are the reported currency where it is a dollar or a yuan, else USD and CNY.
  std::string_view currency = "CNY";
};

// Sorted by begin, without overlap. Any bytes will do; what is no UTF-8 separates words.
std::vector<Quantity> FindQuantities(std::string_view text, Language language, const QuantityOptions& options = {});

// What `earshot quantities` prints for a line: a JSON array of {text, begin, end, value, value_high, unit, bound}.
// value_high is null where there is none; bytes of text that are no UTF-8 become U+FFFD.
std::string QuantitiesToJson(std::string_view line, Language language);

}  // namespace earshot::quantity
