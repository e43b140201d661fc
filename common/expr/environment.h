// What expressions may speak of: variables, message types and functions, over the language's own standard library.
// Filled once, then shared by any number of compilations.
//
//   Environment env;                                        // standard library, strings and math extensions
//   const MessageType& type = env.AddMessage(MessageType::For<Observation>("Observation")…);
//   VariableId o = env.AddVariable("o", Type::Message("Observation"));
//   env.AddFunction({.name = "bn", .params = {Type::Double()}, .result = Type::Double(),
//                    .call = [](CallContext&, Arguments a) { return Value::Double(a[0].double_value() * 1e9); }});
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_map.h"
#include "common/expr/function.h"
#include "common/expr/message_type.h"
#include "common/expr/type.h"

namespace earshot::expr {

// Index of a variable in its environment, counted from 0 in order of declaration.
using VariableId = size_t;

struct Variable {
  std::string name;
  Type type;
  VariableId id = 0;
};

// Not thread-safe while it is filled; const use is. Programs keep what they need of it: it must outlive them.
class Environment {
 public:
  // With the standard library and the extensions "strings", "math" and the two-variable macros.
  Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // `name` may be qualified ("a.b.c"). Declaring a name again replaces its type and keeps its id.
  VariableId AddVariable(std::string_view name, Type type);

  // Also makes the type's name usable as a value (`type(o) == Observation`). The reference stays good.
  const MessageType& AddMessage(MessageType type);

  // The same for a type that several environments have in common: it must outlive them.
  void ShareMessage(const MessageType& type);

  // Adds an overload: of a function if `receiver` is false, else of a method (`x.f(y)`: x is the first parameter).
  void AddFunction(Overload overload);

  const Variable* FindVariable(std::string_view name) const;
  const MessageType* FindMessage(std::string_view name) const;
  // All overloads of the name, functions and methods; empty if there is none.
  std::span<const Overload* const> FindOverloads(std::string_view name) const;

  const std::deque<Variable>& variables() const { return variables_; }
  // Every name that a call could mean, for suggestions.
  std::vector<std::string_view> FunctionNames() const;

 private:
  std::deque<Variable> variables_;
  StringMap<VariableId> variable_ids_;
  std::deque<MessageType> messages_;
  StringMap<const MessageType*> messages_by_name_;
  std::deque<Overload> overloads_;
  StringMap<std::vector<const Overload*>> overloads_by_name_;
};

}  // namespace earshot::expr
