// Turns a checked syntax tree into a tree of nodes: names become slots, calls become code, constants are folded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "common/expr/checker.h"
#include "common/expr/node.h"

namespace earshot::expr {

struct Plan {
  NodePtr root;
  std::vector<VariableId> variables;  // by slot; in order of appearance
  size_t locals = 0;                  // slots for the variables of loops
  uint64_t cost = 0;                  // of one walk without the turns of loops
  std::vector<CheckError> errors;     // constant patterns that are none
};

// `source` and the tree's literals have to outlive the plan; folded constants are made in `constants`. With `traced`,
// nodes record what they read.
Plan MakePlan(const Expr& root, std::string_view source, Arena& constants, bool traced);

}  // namespace earshot::expr
