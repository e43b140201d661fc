// The dialect of CEL that all expressions of Earshot share, whatever their variables are: conditions and annotations of
// rules as well as filters of streams and lists.
//
//   expr::Environment environment;
//   dialect::AddTo(environment);
//   const auto o = environment.AddVariable("o", expr::Type::Message("Observation"));
//   bindings.Bind(o, arena.MakeMessage(dialect::ObservationType(), &observation));
//
// Types: Observation, with Speaker and Evidence. Fields are flat and named as in earshot.v1.Observation; enumerations
// are their short names ("AMOUNT", "ACTUAL"). In addition: quote and language of the evidence; quarters (how many the
// period has); per_quarter and per_year (an amount spread over its period).
// What is absent (the value of a STATE) is an error when read, and `has` is false.
// Functions besides the standard library: bn(38.6), mn(250).
#pragma once

#include "common/expr/environment.h"

namespace earshot::dialect {

void AddTo(expr::Environment& environment);

// The type of the message values that stand for an earshot.v1.Observation. Lives as long as the process.
const expr::MessageType& ObservationType();

}  // namespace earshot::dialect
