// One rule, read and compiled.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/expr/program.h"
#include "services/rules/engine/match.h"

namespace earshot::rule_engine {

struct Annotation {
  std::string name;
  std::shared_ptr<const expr::Program> text;
};

// Immutable and thread-safe.
struct Rule {
  std::string name;  // unique in its set
  std::string group;
  std::string location;  // `baba.yaml:7:9`
  std::string revision;  // hash of everything that can change a decision or what an alert says
  Match match;
  std::shared_ptr<const expr::Program> when;
  std::map<std::string, std::string> labels;  // the group's and its own, which win
  std::vector<Annotation> annotations;        // in the order of their names
  int limit = 0;                              // alerts of this rule a call; 0: no limit
};

}  // namespace earshot::rule_engine
