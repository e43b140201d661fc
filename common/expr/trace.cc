#include "common/expr/trace.h"

#include <algorithm>
#include <utility>

namespace earshot::expr {

void Trace::Record(Operand operand) {
  const auto before = [](const Operand& a, const Operand& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.end > b.end;
  };
  const auto at = std::lower_bound(operands_.begin(), operands_.end(), operand, before);
  if (at != operands_.end() && at->offset == operand.offset && at->end == operand.end) return;
  operands_.insert(at, operand);
}

}  // namespace earshot::expr
