// Whether something happened, is expected or is committed to, and for which time. Internal to the library.
#pragma once

#include <optional>

#include "services/ingest/extract/figure_facts.h"
#include "services/ingest/extract/reading.h"

namespace earshot::extract {

// Nothing where it is a hypothesis ("if", "could"): then it is no observation.
// `at`: the item of the figure or of the words of a state.
std::optional<v1::Stance> ReadStance(const Reading& reading, size_t at, const catalog::Metric& metric);

struct PeriodChoice {
  fiscal::Period period;
  bool said = false;  // in this sentence
};

// What the sentences before told of time.
struct TimeScope {
  std::optional<fiscal::Period> instant;  // "As of the end of January": for the balances behind it
  std::optional<fiscal::Period> future;   // "For 2026, we expect": for the guidance behind it
};

PeriodChoice ChoosePeriod(const Reading& reading, size_t at, const catalog::Metric& metric, v1::Kind kind,
                          v1::Stance stance, const CallTime& call, const TimeScope& scope);

// What the sentence tells those behind it.
void Advance(const Reading& reading, TimeScope& scope);

}  // namespace earshot::extract
