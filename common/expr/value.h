// What expressions compute with. A Value is 16 bytes, trivially copyable, and never owns: null, bool, numbers,
// timestamps and durations are in it; strings, lists, maps, messages and errors are pointed to and live in an Arena, in
// the Program (constants) or with whoever provided the variables. A result is good while all three are.
//
//   Value v = program.Evaluate(activation, arena);
//   if (v.is_error()) … v.error().kind == ErrorKind::kAbsent …
//   else if (v.Is(Kind::kBool)) … v.bool_value() …
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace earshot::expr {

class Arena;
class ListValue;
class MapValue;
class MessageType;
class Value;

enum class Kind : uint8_t {
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTimestamp,
  kDuration,
  kType,  // the name of a type as a value: type(1) == int
  kList,
  kMap,
  kMessage,
  kAbsent,  // what a variable or field says that is not there; evaluation makes an error of it
  kError
};

// What a caller can tell errors apart by.
enum class ErrorKind : uint8_t {
  kAbsent,           // a variable or field is not there: "absent: previous"
  kUnknownName,      // unknown variable, function or field (only where the check was left out or the type is dyn)
  kNoSuchOverload,   // operands of kinds that the operator or function does not take
  kNoSuchKey,        // map without the key, list without the index
  kDivideByZero,     // also modulus
  kOverflow,         // a number, timestamp or duration out of its range
  kInvalidArgument,  // text that does not parse, a bad pattern, a repeated key
  kBudget            // the evaluation cost too much; && and || do not absorb it
};

// Lives in an Arena. `offset` and `end` are bytes in the source of the expression that failed.
struct Error {
  ErrorKind kind = ErrorKind::kInvalidArgument;
  std::string_view message;
  uint32_t offset = 0;
  uint32_t end = 0;  // 0 until evaluation has filled both in
};

// A message and its type. The message belongs to whoever provided it.
struct MessageRef {
  const MessageType* type = nullptr;
  const void* message = nullptr;
};

// Nanoseconds go with the sign of the seconds in a duration, and are 0 to 999,999,999 in a timestamp.
struct SecondsNanos {
  int64_t seconds = 0;
  int32_t nanos = 0;

  friend auto operator<=>(const SecondsNanos&, const SecondsNanos&) = default;
};

class Value {
 public:
  Value() = default;  // null

  static Value Null() { return Value(); }
  static Value Bool(bool value) { return Value(Kind::kBool, 0, static_cast<int64_t>(value)); }
  static Value Int(int64_t value) { return Value(Kind::kInt, 0, value); }
  static Value Uint(uint64_t value) { return Value(Kind::kUint, 0, static_cast<int64_t>(value)); }
  static Value Double(double value) {
    Value v(Kind::kDouble, 0, int64_t{0});
    v.double_ = value;
    return v;
  }
  // The text is not copied: it has to outlive the Value. Arena::MakeString copies.
  static Value String(std::string_view utf8) { return Text(Kind::kString, utf8); }
  static Value Bytes(std::string_view bytes) { return Text(Kind::kBytes, bytes); }
  static Value TypeName(std::string_view name) { return Text(Kind::kType, name); }
  static Value Timestamp(SecondsNanos at) {
    return Value(Kind::kTimestamp, static_cast<uint32_t>(at.nanos), at.seconds);
  }
  static Value Duration(SecondsNanos span) {
    return Value(Kind::kDuration, static_cast<uint32_t>(span.nanos), span.seconds);
  }
  // Clamped to the years 1 to 9999.
  static Value Timestamp(absl::Time at);
  static Value Duration(absl::Duration span);
  static Value List(const ListValue* list) { return Pointer(Kind::kList, list); }
  static Value Map(const MapValue* map) { return Pointer(Kind::kMap, map); }
  static Value Message(const MessageRef* message) { return Pointer(Kind::kMessage, message); }
  static Value Absent() { return Value(Kind::kAbsent, 0, int64_t{0}); }
  static Value MakeError(const Error* error) { return Pointer(Kind::kError, error); }

  Kind kind() const { return kind_; }
  bool Is(Kind kind) const { return kind_ == kind; }
  bool is_error() const { return kind_ == Kind::kError; }
  bool is_absent() const { return kind_ == Kind::kAbsent; }

  // Each only for its kind.
  bool bool_value() const { return int_ != 0; }
  int64_t int_value() const { return int_; }
  uint64_t uint_value() const { return static_cast<uint64_t>(int_); }
  double double_value() const { return double_; }
  std::string_view text() const { return {static_cast<const char*>(pointer_), aux_}; }  // string, bytes, type
  SecondsNanos time() const { return {int_, static_cast<int32_t>(aux_)}; }              // timestamp, duration
  const ListValue& list() const { return *static_cast<const ListValue*>(pointer_); }
  const MapValue& map() const { return *static_cast<const MapValue*>(pointer_); }
  const MessageRef& message() const { return *static_cast<const MessageRef*>(pointer_); }
  const Error& error() const { return *static_cast<const Error*>(pointer_); }

  absl::Time ToTime() const;          // timestamp
  absl::Duration ToDuration() const;  // duration

 private:
  Value(Kind kind, uint32_t aux, int64_t value) : kind_(kind), aux_(aux), int_(value) {}
  static Value Text(Kind kind, std::string_view text) {
    Value v(kind, static_cast<uint32_t>(text.size()), int64_t{0});
    v.pointer_ = text.data();
    return v;
  }
  static Value Pointer(Kind kind, const void* pointer) {
    Value v(kind, 0, int64_t{0});
    v.pointer_ = pointer;
    return v;
  }

  Kind kind_ = Kind::kNull;
  uint32_t aux_ = 0;  // length of a text, nanoseconds of a time
  union {
    int64_t int_ = 0;
    double double_;
    const void* pointer_;
  };
};
static_assert(sizeof(Value) == 16);

// A list. Implement it to show own data as a list without copying; Arena::MakeList for everything else.
// Must be thread-safe if the program's evaluations are.
class ListValue {
 public:
  virtual size_t size() const = 0;
  // `index` is less than size().
  virtual Value At(size_t index, Arena& arena) const = 0;

 protected:
  ~ListValue() = default;
};

struct MapEntry {
  Value key;
  Value value;
};

// A map with keys of kind bool, int, uint or string. 1, 1u and 1.0 find the same entry.
class MapValue {
 public:
  virtual size_t size() const = 0;
  // Nothing where there is no such key; also for a key of a kind that no entry can have.
  virtual std::optional<Value> Find(Value key, Arena& arena) const = 0;
  // In an order that stays the same; `index` is less than size().
  virtual MapEntry EntryAt(size_t index, Arena& arena) const = 0;

 protected:
  ~MapValue() = default;
};

// "int", "null_type", "google.protobuf.Timestamp", "list", the message's type; "error", "absent".
std::string_view KindName(Value value);
// "null_type", "int", … without regard to a value.
std::string_view KindName(Kind kind);

// For people and test output, in the manner of CEL literals: 1u, "text", b"\x00", [1, 2], {"a": 1}, timestamp("…").
// Messages are shown as `Observation{…}` with the fields that are present.
std::string DebugString(Value value);

}  // namespace earshot::expr
