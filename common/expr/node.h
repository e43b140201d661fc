// The planned form of an expression: a tree of nodes, evaluated over a frame.
//
// Every node gives a Value, an error value included; no node gives an absent one. A node looks at the kinds of what its
// children gave before it uses them: static types only choose nodes, they are never trusted with memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "common/expr/activation.h"
#include "common/expr/ast.h"
#include "common/expr/function.h"
#include "common/expr/trace.h"
#include "common/expr/value.h"

namespace earshot::expr {

// One evaluation: memory, budget, variables read so far, variables of loops.
class Frame final : public CallContext {
 public:
  Frame(Arena& arena, uint64_t budget, const Activation& activation, size_t variables, size_t locals, Trace* trace);

  // `slot` counts the variables of the program; asks the activation the first time.
  Value Variable(size_t slot, VariableId id) {
    if (slot < kCached && (read_ & (uint64_t{1} << slot)) != 0) return variables_[slot];
    return ReadVariable(slot, id);
  }

  Value& local(size_t slot) { return locals_[slot]; }
  Trace* trace() { return trace_; }

  Value FailAt(Span at, ErrorKind kind, std::string_view message);
  // Tells an error that knows no place where it happened.
  Value Locate(Value error, Span at);

 private:
  static constexpr size_t kInline = 8;
  static constexpr size_t kCached = 64;

  Value ReadVariable(size_t slot, VariableId id);

  const Activation& activation_;
  Trace* trace_;
  uint64_t read_ = 0;
  std::span<Value> variables_;
  std::span<Value> locals_;
  std::array<Value, kInline> inline_variables_;
  std::array<Value, kInline> inline_locals_;
};

// Immutable and thread-safe.
class Node {
 public:
  virtual ~Node() = default;
  virtual Value Evaluate(Frame& frame) const = 0;
  // The value if it is always the same, else null.
  virtual const Value* constant() const { return nullptr; }
};

using NodePtr = std::unique_ptr<const Node>;

// Whether || and && must hand it on whatever their other operands are.
inline bool IsHardError(Value value) { return value.is_error() && value.error().kind == ErrorKind::kBudget; }

}  // namespace earshot::expr
