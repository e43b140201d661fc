// Two figures that are the ends of one range: "4% to 6%", "between 5 and 6 billion", 10到15亿, "$3.00-$3.20".
#pragma once

#include "services/ingest/quantity/figure.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

// Extends `left` over the right end of its range; leaves it alone where it has none. What only one end says (currency,
// scale, unit, "per share") holds for both. "From A to B" is a change, not a range, unless "range" or "anywhere" says
// so.
void JoinRange(const TokenRow& tokens, Figure& left, const FigureContext& context);

}  // namespace earshot::quantity
