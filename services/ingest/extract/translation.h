// Pairs what a translation says with what it translates, and tells where the two differ. Internal to the library.
#pragma once

#include <vector>

#include "earshot/v1/call_event.pb.h"
#include "earshot/v1/observation.pb.h"

namespace earshot::extract {

// Sets translation_of of those of `translated` that render one of `originals`; returns where they disagree.
std::vector<v1::Discrepancy> PairTranslation(const std::vector<v1::Observation>& originals,
                                             std::vector<v1::Observation>& translated);

}  // namespace earshot::extract
