// Reads one rule file, in the shape of Prometheus:
//
//   groups:
//     - name: alibaba
//       labels: {desk: china}      # for all its rules
//       limit: 10                  # alerts a rule and call
//       rules:
//         - alert: CapexAbovePlan
//           match: {company: BABA, metric: capex, kind: AMOUNT, stance: ACTUAL}
//           when: o.value > plan.per_quarter
//           labels: {severity: critical}
//           annotations:
//             summary: "'CapEx of %.1f bn'.format([o.value / bn(1)])"
#pragma once

#include <string>
#include <vector>

#include "common/base/string_map.h"
#include "common/yaml/document.h"
#include "services/rules/engine/rule.h"
#include "services/rules/engine/vocabulary.h"

namespace earshot::rule_engine {

// Appends the file's rules. What is wrong is reported to the document's diagnostics, and the rules with it are left
// out. `locations`: where each rule's name has been seen, over all files.
void ReadRuleFile(const yaml::Document& document, const Vocabulary* vocabulary, StringMap<std::string>& locations,
                  std::vector<Rule>& rules);

}  // namespace earshot::rule_engine
