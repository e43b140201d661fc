// An alert as the expressions of filters see it: the variable `alert` and its message type,
// over the dialect that rules speak (common/dialect).
#pragma once

#include "common/expr/activation.h"
#include "common/expr/environment.h"
#include "earshot/v1/alert.pb.h"

namespace earshot::alerts {

// Immutable; one for the process; thread-safe.
class AlertLanguage {
 public:
  static const AlertLanguage& Get();

  const expr::Environment& environment() const { return environment_; }

  // `alert` must outlive what is evaluated with it; what is made goes into the arena.
  expr::Bindings Bind(const v1::Alert& alert, expr::Arena& arena) const;

 private:
  AlertLanguage();

  expr::Environment environment_;
  const expr::MessageType* alert_ = nullptr;
  expr::VariableId variable_ = 0;
};

}  // namespace earshot::alerts
