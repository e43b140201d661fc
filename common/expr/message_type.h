// Message types: a name and fields, each read by a function from the host's own object (a Protobuf message, a struct).
// The checker knows the fields by name and type; the planner keeps the function, so that reading a field is one call.
//
//   const MessageType observation = MessageType::For<Observation>("Observation")
//       .Field("metric", Type::String(), [](const Observation& o) { return Value::String(o.metric()); })
//       .Field("value", Type::Double(), [](const Observation& o) {
//          return o.has_value() ? Value::Double(o.value()) : Value::Absent(); })
//       .Field("tags", Type::List(Type::String()), [](const Observation& o, Arena& arena) { … arena.MakeList(…) });
//
// A field that says Absent is an error of kind kAbsent when read ("absent: o.value"), and `has(o.value)` is false.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "common/expr/arena.h"
#include "common/expr/type.h"
#include "common/expr/value.h"

namespace earshot::expr {

// Must be pure and thread-safe; strings may point into the message, what is made goes into the arena.
using FieldReader = Value (*)(const void* message, Arena& arena);

struct Field {
  std::string name;
  Type type;
  FieldReader read = nullptr;
};

template <typename T>
class MessageTypeBuilder;

// Immutable and thread-safe. The Environment keeps it; Values point to it.
class MessageType {
 public:
  MessageType(std::string name, std::vector<Field> fields) : name_(std::move(name)), fields_(std::move(fields)) {}

  template <typename T>
  static MessageTypeBuilder<T> For(std::string_view name) {
    return MessageTypeBuilder<T>(name);
  }

  const std::string& name() const { return name_; }
  std::span<const expr::Field> fields() const { return fields_; }
  // Null if there is none.
  const expr::Field* FindField(std::string_view name) const;

 private:
  std::string name_;
  std::vector<expr::Field> fields_;
};

// T: the C++ type of the message. `read` is a lambda without captures: (const T&) or (const T&, Arena&) -> Value.
template <typename T>
class MessageTypeBuilder {
 public:
  explicit MessageTypeBuilder(std::string_view name) : name_(name) {}

  template <typename Read>
  MessageTypeBuilder&& Field(std::string_view name, Type type, Read) && {
    static_assert(std::is_empty_v<Read> && std::is_default_constructible_v<Read>, "a reader must not capture");
    fields_.push_back({std::string(name), std::move(type), [](const void* message, Arena& arena) -> Value {
                         const T& typed = *static_cast<const T*>(message);
                         if constexpr (std::is_invocable_v<Read, const T&, Arena&>) {
                           return Read{}(typed, arena);
                         } else {
                           return Read{}(typed);
                         }
                       }});
    return std::move(*this);
  }

  MessageType Build() && { return MessageType(std::move(name_), std::move(fields_)); }
  operator MessageType() && { return std::move(*this).Build(); }  // NOLINT: reads as one declaration

 private:
  std::string name_;
  std::vector<expr::Field> fields_;
};

}  // namespace earshot::expr
