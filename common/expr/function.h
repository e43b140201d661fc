// Functions: an overload is a name, types, and C++ code that computes a Value from Values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/expr/arena.h"
#include "common/expr/type.h"
#include "common/expr/value.h"

namespace earshot::expr {

using Arguments = std::span<const Value>;

// What a function may use while it runs: memory for its result, and the budget.
class CallContext {
 public:
  CallContext(Arena& arena, uint64_t budget) : arena_(arena), budget_(budget) {}

  Arena& arena() { return arena_; }

  // Takes `cost` (about: nodes visited, elements compared, 16 bytes copied) off the budget. Once it says false the
  // evaluation is over: return BudgetError().
  bool Charge(uint64_t cost) {
    if (cost > budget_) {
      budget_ = 0;
      return false;
    }
    budget_ -= cost;
    return true;
  }
  bool ChargeText(size_t bytes) { return Charge(bytes / 16 + 1); }
  uint64_t budget_left() const { return budget_; }

  Value Fail(ErrorKind kind, std::string_view message) { return arena_.MakeError(kind, message); }
  Value BudgetError();

 private:
  Arena& arena_;
  uint64_t budget_;
};

// Pure and thread-safe. Gets values of the parameters' types and neither errors nor absent values; returns an error by
// context.Fail(). Text that it makes goes into context.arena().
using FunctionBody = Value (*)(CallContext& context, Arguments arguments);

struct Overload {
  std::string name;
  std::vector<Type> params;  // Type::Param("T") for a type parameter
  Type result;
  FunctionBody call = nullptr;  // null: declared only; calling it is an error
  bool receiver = false;        // called as `first.name(rest…)`
  bool variadic = false;        // the last parameter may be given any number of times from once
  bool pure = true;             // false: depends on more than its arguments; is not folded
};

}  // namespace earshot::expr
