// Where an evaluation finds its variables. Each is asked for when it is first read, at most once per evaluation.
#pragma once

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/expr/arena.h"
#include "common/expr/environment.h"
#include "common/expr/value.h"

namespace earshot::expr {

// Evaluations of several threads may share one only if Find is thread-safe.
class Activation {
 public:
  virtual ~Activation() = default;

  // The variable's value, of its declared type; Value::Absent() where it has none, an error value where it cannot be
  // told. What has to be made goes into the arena.
  virtual Value Find(VariableId id, Arena& arena) const = 0;
};

// Variables by id. What is not bound is absent.
class Bindings final : public Activation {
 public:
  Bindings() = default;
  explicit Bindings(const Environment& env) : values_(env.variables().size(), Value::Absent()) {}

  void Bind(VariableId id, Value value);
  // `make` is called when the variable is read.
  void BindLazily(VariableId id, std::function<Value(Arena&)> make);
  void Clear();

  Value Find(VariableId id, Arena& arena) const override;

 private:
  std::vector<Value> values_;
  std::vector<std::pair<VariableId, std::function<Value(Arena&)>>> makers_;
};

}  // namespace earshot::expr
