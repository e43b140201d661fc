// A change of an alert in the total order of all changes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "earshot/v1/alert.pb.h"

namespace earshot::alerts {

struct Change {
  // From 1, without gaps: a repeated record takes no number. The same on every instance, as it depends on the log only.
  int64_t sequence = 0;
  // Offset of its record in `earshot.alerts.v1`.
  int64_t position = 0;
  v1::Alert alert;
};

using ChangePtr = std::shared_ptr<const Change>;

// A record of the log, decoded.
struct IncomingAlert {
  int64_t position = 0;
  v1::Alert alert;
};

// What became of a record.
enum class Outcome {
  kTaken,
  kDuplicate,  // its name and revision are known, with the same content
  kConflict,   // its name and revision are known, with other content: the first stays
  kStale,      // a higher revision of its name came before it
};

}  // namespace earshot::alerts
