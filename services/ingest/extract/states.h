// Changes of state that are told without a number: "turned profitable", "the loss narrowed", "growth accelerated".
// Internal to the library.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/catalog/catalog.h"
#include "services/ingest/extract/attachment.h"
#include "services/ingest/extract/reading.h"

namespace earshot::extract {

struct StateFact {
  v1::State state = v1::STATE_UNSPECIFIED;
  const catalog::Metric* metric = nullptr;
  size_t at = 0;       // item of the words that tell it
  size_t subject = 0;  // item of the metric; `at` where it is not named
  bool plan = false;   // a record that is planned, whatever the verbs
  std::string reason;
};

struct StateQuestion {
  const Reading& reading;
  const std::vector<Attachment>& attachments;
  const catalog::Catalog& catalog;
  const catalog::Metric* carried;  // subject of the sentence before; null for none
};

// In the order of the text; a state of a metric once.
std::vector<StateFact> FindStates(const StateQuestion& question);

}  // namespace earshot::extract
