// What a figure says about its metric: kind, signed value, unit, basis, adjustment. Internal to the library.
#pragma once

#include <optional>
#include <string>

#include "common/catalog/catalog.h"
#include "services/ingest/extract/attachment.h"
#include "services/ingest/extract/reading.h"

namespace earshot::extract {

struct FigureFacts {
  const catalog::Metric* metric = nullptr;  // after "adjusted", "per share" and refinements
  v1::Kind kind = v1::KIND_UNSPECIFIED;
  double value = 0;
  std::optional<double> value_high;
  std::string unit;
  v1::Basis basis = v1::BASIS_UNSPECIFIED;
  v1::Adjustment adjustment = v1::ADJUSTMENT_REPORTED;
  std::string reason;  // why it is nothing, where kind is unspecified
};

struct FigureQuestion {
  const Reading& reading;
  size_t at;      // the figure's item
  size_t metric;  // the metric's item; `at` where the subject is carried
  const catalog::Metric& subject;
  const catalog::Catalog& catalog;
  std::string_view currency;
};

FigureFacts ReadFigure(const FigureQuestion& question);

// Whether the figure stands behind "compared to" or "from": the value of another time.
bool IsCompared(const Reading& reading, size_t at);

// Whether a time is what something is compared with: "from April", "over the fourth quarter of 2020".
bool IsComparedWith(const Reading& reading, size_t time);

// +1, -1, or 0 where no word of change belongs to the figure.
int Direction(const Reading& reading, size_t at, size_t metric);

}  // namespace earshot::extract
