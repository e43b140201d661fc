// Words that make a figure negative: "a loss of", "decreased by", "a 5% decline", 亏损, 下降.
#pragma once

#include "services/ingest/quantity/figure.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

enum class SignCue {
  kNone,
  kMinus,     // "negative", "minus": belongs to this number alone
  kDecrease,  // a change downwards
  kLoss,      // money lost or flown out
};

// The cue beside a figure. "Fell to 5%" has none: the 5% is a level. Losses bear on money alone, and "loan losses" or a
// "loss ratio" are none.
SignCue FindSignCue(const TokenRow& tokens, const Figure& figure);

}  // namespace earshot::quantity
