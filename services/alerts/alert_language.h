// An alert as the expressions of filters see it: the message type `Alert` and the variable `alert`.
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
  const expr::MessageType& observation() const { return *observation_; }

  // `alert` must outlive what is evaluated with it; what is made goes into the arena.
  expr::Bindings Bind(const v1::Alert& alert, expr::Arena& arena) const;

 private:
  AlertLanguage();

  expr::Environment environment_;
  const expr::MessageType* observation_ = nullptr;
  const expr::MessageType* alert_ = nullptr;
  expr::VariableId variable_ = 0;
};

}  // namespace earshot::alerts
