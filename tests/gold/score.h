// Holds what was extracted from a call against what a person wrote down of it.
//
// An observation meets a line of gold where line of the transcript, metric, segment, kind, figure (within half a
// percent) and unit agree, for a state the state; a reading that the line lists as "ALT field=value" in its note counts
// too. One meets one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "earshot/v1/observation.pb.h"

namespace earshot::gold {

// A line of gold, or an observation in the same words.
struct Fact {
  int line = 0;
  int tier = 1;
  std::map<std::string, std::string>
      fields;  // metric, segment, kind, state, unit, bound, basis, stance, period, adjustment, role, lang
  std::optional<double> value;
  std::optional<double> value_high;
  std::string note;
  std::string quote;
};

// JSON lines. kInvalidArgument with the number of the line that is none.
absl::StatusOr<std::vector<Fact>> ReadFacts(std::string_view json_lines);

Fact ToFact(const v1::Observation& observation);

// Percentages by name: "recall", "recall en", "recall zh", "recall states", "precision numbers", and of the met lines
// of tier 1 "bound", "basis", "stance", "period", "adjustment", "role". Precision is over both tiers. `misses` gets a
// line each.
std::map<std::string, double> Score(const std::vector<Fact>& gold, const std::vector<Fact>& extracted,
                                    std::vector<std::string>& misses);

}  // namespace earshot::gold
