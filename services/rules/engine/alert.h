// The message that a rule's decision is published as.
#pragma once

#include <string>

#include "earshot/v1/alert.pb.h"
#include "earshot/v1/call_event.pb.h"
#include "services/rules/engine/evaluation.h"
#include "services/rules/engine/rule.h"

namespace earshot::rule_engine {

// `alerts/{alert}`: what the alert is about, hashed; never of time or chance. `about` is the observation, or the
// original where that is a translation.
std::string AlertNameOf(const Rule& rule, std::string_view company, const v1::Observation& about);

// The first revision of an alert that fires. Its times are those of the event.
v1::Alert MakeAlert(const Rule& rule, const v1::CallEvent& event, const v1::Observation& about, const Subject& subject,
                    Evaluator& evaluator);

}  // namespace earshot::rule_engine
