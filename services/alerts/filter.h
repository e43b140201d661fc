// The filter of a stream or list: a CEL expression over `alert`, such as
//
//   alert.company == "ACME" && alert.labels["severity"] == "critical" && alert.state != "WITHDRAWN"
//
// Fields are those of earshot.v1.Alert without operands, times and trace; an enum is its short name ("FIRING",
// "AMOUNT"). `alert.observation` is what `o` is in a rule (common/dialect). An alert for which the expression
// cannot be told (a label that is not there, the value of an observation without one) does not pass.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/expr/program.h"
#include "earshot/v1/alert.pb.h"

namespace earshot::alerts {

// Immutable and thread-safe, as is a copy.
class Filter {
 public:
  // Empty: everything passes. INVALID_ARGUMENT with line, column and caret where it does not compile or is no
  // condition.
  static absl::StatusOr<Filter> Compile(std::string_view text);

  bool Passes(const v1::Alert& alert) const;

  // As it was given.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::shared_ptr<const expr::Program> program_;  // null: everything passes
};

}  // namespace earshot::alerts
