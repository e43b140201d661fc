#include "services/cli/figure.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "fmt/format.h"

namespace earshot::cli {
namespace {

struct Magnitude {
  double factor;
  std::string_view name;
};
constexpr std::array kMagnitudes = {Magnitude{1e12, "tn"}, Magnitude{1e9, "bn"}, Magnitude{1e6, "m"}};

constexpr std::string_view kMinus = "\u2212";

// Without zeros at the end: 26, 3.5, 0.25.
std::string TrimmedNumber(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::string Grouped(double value) {
  std::string text = TrimmedNumber(value, 2);
  const size_t point = std::min(text.find('.'), text.size());
  for (size_t i = point; i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

// One decimal below a hundred, so that 5.0 bn does not look like a guess; above, only where there is one.
std::string ScaledNumber(double value) {
  for (const Magnitude& magnitude : kMagnitudes) {
    // What rounds up to the next magnitude is written in it: 999.96 m is 1.0 bn.
    if (value < magnitude.factor * 0.99995) continue;
    const double scaled = value / magnitude.factor;
    const std::string number = scaled < 99.95 ? fmt::format("{:.1f}", scaled) : TrimmedNumber(scaled, 1);
    return fmt::format("{} {}", number, magnitude.name);
  }
  return Grouped(value);
}

std::string UnsignedFigure(double value, std::string_view unit) {
  if (unit == "percent") return TrimmedNumber(value, 2) + " %";
  if (unit == "percentage_points") return TrimmedNumber(value, 2) + " pp";
  if (unit == "basis_points") return TrimmedNumber(value, 1) + " bp";
  if (unit == "times") return TrimmedNumber(value, 2) + "×";
  if (unit == "count" || unit.empty()) return ScaledNumber(value);
  if (unit.ends_with("/share")) return fmt::format("{:.2f} {}", value, unit);
  return fmt::format("{} {}", ScaledNumber(value), unit);
}

std::string_view BoundWord(v1::Bound bound) {
  switch (bound) {
    case v1::BOUND_APPROXIMATE:
      return "about ";
    case v1::BOUND_AT_LEAST:
      return "over ";
    case v1::BOUND_AT_MOST:
      return "up to ";
    default:
      return "";
  }
}

std::string_view BasisWord(v1::Basis basis) {
  switch (basis) {
    case v1::BASIS_YEAR_OVER_YEAR:
      return " yoy";
    case v1::BASIS_QUARTER_OVER_QUARTER:
      return " qoq";
    default:
      return "";
  }
}

std::string StateWords(v1::State state) {
  std::string words = v1::State_Name(state).substr(sizeof("STATE_") - 1);
  for (char& c : words) c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (const size_t at = words.find("break even"); at != std::string::npos) words[at + 5] = '-';
  return words;
}

bool IsChange(v1::Kind kind) { return kind == v1::KIND_GROWTH || kind == v1::KIND_DELTA; }

}  // namespace

std::string FormatFigure(double value, std::string_view unit) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  return fmt::format("{}{}", value < 0 ? kMinus : "", UnsignedFigure(std::abs(value), unit));
}

std::string FormatObservedFigure(const v1::Observation& observation) {
  if (observation.kind() == v1::KIND_STATE || !observation.has_value()) return StateWords(observation.state());
  std::string figure = FormatFigure(observation.value(), observation.unit());
  if (observation.has_value_high()) {
    figure += fmt::format(" to {}", FormatFigure(observation.value_high(), observation.unit()));
  }
  const std::string_view sign = IsChange(observation.kind()) && observation.value() > 0 ? "+" : "";
  return fmt::format("{}{}{}{}", BoundWord(observation.bound()), sign, figure, BasisWord(observation.basis()));
}

std::string FormatSubject(const v1::Observation& observation) {
  std::string subject = fmt::format("{}, {}", observation.metric(), observation.segment());
  if (!observation.period().empty()) subject += fmt::format(", {}", observation.period());
  return subject;
}

}  // namespace earshot::cli
