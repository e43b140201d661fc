// The typed part of a rule: which observations it is about at all.
//
//   match: {company: BABA, metric: [capex, investment], kind: AMOUNT, stance: ACTUAL, role: "*"}
//
// A key that is not there, and "*", mean any. Values of one key are alternatives, all keys must agree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_map.h"
#include "common/yaml/document.h"
#include "earshot/v1/observation.pb.h"
#include "services/rules/engine/vocabulary.h"

namespace earshot::rule_engine {

// Immutable once read; thread-safe.
class Match {
 public:
  // Reports what is wrong; the result is good only if nothing was reported. `vocabulary` null: words are not checked.
  static Match Read(const yaml::Node& node, const Vocabulary* vocabulary);

  bool Matches(const v1::Observation& observation) const;

  // For the index: what the rule names, empty for any.
  const std::vector<std::string>& companies() const { return companies_.words; }
  const std::vector<std::string>& metrics() const { return metrics_.words; }

  // The same text for the same meaning: goes into the rule's revision.
  const std::string& canonical() const { return canonical_; }

 private:
  struct Words {
    std::vector<std::string> words;  // sorted; empty: any
    bool Has(std::string_view word) const;
  };
  struct Numbers {
    uint32_t bits = 0;  // by number of the enum's value; 0: any
    bool Has(int number) const { return bits == 0 || (bits >> number & 1) != 0; }
  };
  friend class MatchReader;

  Words companies_, segments_, metrics_, languages_;
  Numbers kinds_, bases_, stances_, states_, roles_, adjustments_, sections_;
  std::string canonical_;
};

}  // namespace earshot::rule_engine
