// Words around a figure that say how sharp it is: "over", "nearly", "or more", 以上, 左右, 不到.
#pragma once

#include "earshot/v1/observation.pb.h"
#include "services/ingest/quantity/figure.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

// The bound of a figure by its neighbours and its own words.
v1::Bound FindBound(const TokenRow& tokens, const Figure& figure);

// The first token of the words of a bound in front of token i (articles between them and i included); i for none.
size_t SkipBoundBefore(const TokenRow& tokens, size_t i);

}  // namespace earshot::quantity
