#include "common/expr/activation.h"

namespace earshot::expr {

void Bindings::Bind(VariableId id, Value value) {
  if (id >= values_.size()) values_.resize(id + 1, Value::Absent());
  values_[id] = value;
}

void Bindings::BindLazily(VariableId id, std::function<Value(Arena&)> make) {
  makers_.emplace_back(id, std::move(make));
}

void Bindings::Clear() {
  values_.assign(values_.size(), Value::Absent());
  makers_.clear();
}

Value Bindings::Find(VariableId id, Arena& arena) const {
  if (id < values_.size() && !values_[id].is_absent()) return values_[id];
  for (const auto& [maker_id, make] : makers_) {
    if (maker_id == id) return make(arena);
  }
  return Value::Absent();
}

}  // namespace earshot::expr
