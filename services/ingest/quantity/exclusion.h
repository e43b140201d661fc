// Which numbers are no quantities: dates, years, durations, streaks, ordinals, ranks, names with digits, telephone
// numbers and keys, list numbers, "one" as a pronoun.
#pragma once

#include "services/ingest/quantity/figure.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

// "2024", "31" beside a month: judged without what follows, so that "in 2020 to $150 million" is no range.
bool IsDateOrYear(const TokenRow& tokens, const Figure& figure);

bool IsQuantity(const TokenRow& tokens, const Figure& figure);

}  // namespace earshot::quantity
