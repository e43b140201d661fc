// What an evaluation read: the operands, in the order of the text. For explanations: `o.value = 38.6e9`.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "common/expr/value.h"

namespace earshot::expr {

// A maximal path of a variable, fields and constant indices (`o.value`, `plan.per_quarter`, `labels["desk"]`), or a
// call or loop that depends on a variable (`size(history)`, `history.exists(p, …)`). Of what stands in the body of a
// loop only the paths that do not start at the loop's own variable: all others have one value per turn.
struct Operand {
  size_t offset = 0;  // bytes in the source
  size_t end = 0;
  std::string_view text;  // the piece of the program's source
  Value value;            // may be an error: what was absent
};

// Filled by Program::Evaluate. Texts point into the program; values are good as long as a result is.
class Trace {
 public:
  // Ordered by offset, outer before inner; each piece of text once. Only what was read: `a` and not `b` of `a || b` if
  // `a` was true.
  const std::vector<Operand>& operands() const { return operands_; }

  void Record(Operand operand);
  void Clear() { operands_.clear(); }

 private:
  std::vector<Operand> operands_;
};

}  // namespace earshot::expr
