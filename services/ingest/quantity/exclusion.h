// Which numbers are no quantities: dates, years, durations, streaks, ordinals, ranks, names with digits, telephone
// numbers and keys, list numbers, "one" as a pronoun.
#pragma once

#include "services/ingest/quantity/figure.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

bool IsQuantity(const TokenRow& tokens, const Figure& figure);

}  // namespace earshot::quantity
