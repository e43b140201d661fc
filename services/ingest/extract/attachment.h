// Decides whose a figure is: the metric that it says something about, or nobody's. Internal to the library.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "services/ingest/extract/reading.h"

namespace earshot::extract {

enum class Side {
  kNone,     // nobody's
  kRight,    // "a 5% reduction in share count"
  kLeft,     // "revenue was 5 billion"
  kChain,    // "…, or 5.1 billion dollars": the same as the figure before
  kCarried,  // "It was up 5%": the subject of the sentence before
};

// What the sentences before were about, by the sort of figure that was told of it; null for none.
struct Subjects {
  const catalog::Metric* last = nullptr;
  const catalog::Metric* percent = nullptr;   // of the last percentage
  const catalog::Metric* spending = nullptr;  // the last that is spent on
};

struct Attachment {
  Side side = Side::kNone;
  std::vector<size_t> metrics;               // items; empty for kCarried
  const catalog::Metric* carried = nullptr;  // for kCarried
  double cost = 0;                           // how much unknown stands between: 0 is none
  std::string reason;                        // for a reader
};

// One for each item of the reading; meaningful for figures.
std::vector<Attachment> Attach(const Reading& reading, const Subjects& before);

// "Europe revenue", "sales of widgets": the item is a metric of a part, or of a thing, that the catalogue does not
// know.
bool IsOfSomethingElse(const Reading& reading, size_t metric);

// Whether a figure in this unit can say anything about the metric.
bool Fits(const quantity::Quantity& quantity, const catalog::Metric& metric);

bool IsPercent(const quantity::Quantity& quantity);
bool IsPoints(const quantity::Quantity& quantity);
bool IsMoney(const quantity::Quantity& quantity);     // an ISO 4217 code
bool IsPerShare(const quantity::Quantity& quantity);  // <code>/share

}  // namespace earshot::extract
