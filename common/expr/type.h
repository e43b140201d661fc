// Static types of expressions. A Type is a small handle: copying it shares what it is made of.
//
//   Type::List(Type::Int()).ToString()  ->  "list(int)"
//   Type::Message("Observation")        a message type that the Environment knows by that name
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::expr {

enum class TypeKind : uint8_t {
  kDyn,  // anything; decided when evaluated
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTimestamp,
  kDuration,
  kType,     // type(T)
  kList,     // list(T)
  kMap,      // map(K, V)
  kWrapper,  // T or null
  kMessage,
  kOpaque,  // a named type with parameters of which only the name is known
  kParam,   // a type parameter of an overload: T
  kUnbound  // internal to the checker: a parameter not decided yet
};

// Immutable and thread-safe.
class Type {
 public:
  Type() = default;  // dyn

  static Type Dyn() { return Type(); }
  static Type Null() { return Type(TypeKind::kNull); }
  static Type Bool() { return Type(TypeKind::kBool); }
  static Type Int() { return Type(TypeKind::kInt); }
  static Type Uint() { return Type(TypeKind::kUint); }
  static Type Double() { return Type(TypeKind::kDouble); }
  static Type String() { return Type(TypeKind::kString); }
  static Type Bytes() { return Type(TypeKind::kBytes); }
  static Type Timestamp() { return Type(TypeKind::kTimestamp); }
  static Type Duration() { return Type(TypeKind::kDuration); }
  static Type TypeOf(Type type);
  static Type List(Type element);
  static Type Map(Type key, Type value);
  static Type Wrapper(Type primitive);
  static Type Message(std::string_view name);
  static Type Opaque(std::string_view name, std::vector<Type> parameters);
  static Type Param(std::string_view name);
  static Type Unbound(int id);

  TypeKind kind() const { return kind_; }
  bool Is(TypeKind kind) const { return kind_ == kind; }
  // Of a message, an opaque type or a type parameter; else empty.
  std::string_view name() const;
  // Of a list (1), map (2), wrapper (1), type (1) or opaque type; else empty.
  const std::vector<Type>& parameters() const;
  // Of kUnbound.
  int id() const { return id_; }

  // "int", "null_type", "list(int)", "map(string, dyn)", "wrapper(int)", "type(int)", "Observation".
  std::string ToString() const;

  friend bool operator==(const Type& a, const Type& b);

 private:
  struct Shape {
    std::string name;
    std::vector<Type> parameters;
  };

  explicit Type(TypeKind kind) : kind_(kind) {}
  Type(TypeKind kind, std::string_view name, std::vector<Type> parameters);

  TypeKind kind_ = TypeKind::kDyn;
  int id_ = 0;
  std::shared_ptr<const Shape> shape_;  // null for types without name and parameters
};

}  // namespace earshot::expr
