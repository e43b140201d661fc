// One figure: sign, currency, number, scale, unit. Ranges, bounds and signs by word are found around it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "common/text/language.h"
#include "earshot/v1/observation.pb.h"
#include "services/ingest/quantity/number.h"
#include "services/ingest/quantity/token.h"
#include "services/ingest/quantity/unit.h"

namespace earshot::quantity {

struct Figure {
  size_t first = 0;  // tokens, half-open
  size_t last = 0;
  size_t number_first = 0;
  Number number;
  double value = 0;
  std::optional<double> high;
  UnitKind kind = UnitKind::kNone;
  std::string_view code;
  bool per_share = false;
  bool currency_before = false;
  bool parts_before = false;          // 百分之
  bool negative = false;              // by a sign
  bool decreasing = false;            // by its own word: "halved"
  bool counted = false;               // a counted thing follows
  bool idiom = false;                 // "doubled", 一半, "double-digit": a figure without a number
  v1::Bound bound = v1::BOUND_EXACT;  // as the figure's own words say
};

struct FigureContext {
  Language language = Language::kEnglish;
  std::string_view currency;  // reported
};

// The figure that begins at token i, quantity or not; none where no number stands there.
std::optional<Figure> ParseFigure(const TokenRow& tokens, size_t i, const FigureContext& context);

// The idiom that begins at token i.
std::optional<Figure> ParseIdiom(const TokenRow& tokens, size_t i);

}  // namespace earshot::quantity
