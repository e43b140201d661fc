#include "common/expr/node.h"

namespace earshot::expr {

Value CallContext::BudgetError() {
  budget_ = 0;
  return arena_.MakeError(ErrorKind::kBudget, "the evaluation costs more than its budget");
}

Frame::Frame(Arena& arena, uint64_t budget, const Activation& activation, size_t variables, size_t locals, Trace* trace)
    : CallContext(arena, budget), activation_(activation), trace_(trace) {
  const auto room = [&arena](size_t count, std::array<Value, kInline>& in_place) -> std::span<Value> {
    if (count <= kInline) return in_place;
    std::span<Value> values = arena.NewArray<Value>(count);
    std::uninitialized_fill(values.begin(), values.end(), Value::Null());
    return values;
  };
  variables_ = room(std::min(variables, kCached), inline_variables_);
  locals_ = room(locals, inline_locals_);
}

Value Frame::ReadVariable(size_t slot, VariableId id) {
  const Value value = activation_.Find(id, arena());
  if (slot < kCached) {
    variables_[slot] = value;
    read_ |= uint64_t{1} << slot;
  }
  return value;
}

Value Frame::FailAt(Span at, ErrorKind kind, std::string_view message) {
  return Locate(arena().MakeError(kind, message), at);
}

Value Frame::Locate(Value error, Span at) {
  if (error.error().end != 0) return error;
  Error located = error.error();
  located.offset = static_cast<uint32_t>(at.begin);
  located.end = static_cast<uint32_t>(at.end);
  return Value::MakeError(arena().New<Error>(located));
}

}  // namespace earshot::expr
