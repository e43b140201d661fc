// The syntax tree. The parser makes it, the checker annotates it, the planner reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/expr/function.h"
#include "common/expr/message_type.h"
#include "common/expr/type.h"
#include "common/expr/value.h"

namespace earshot::expr {

enum class ExprKind : uint8_t {
  kLiteral,      // value
  kIdent,        // name
  kSelect,       // children[0] . name
  kHas,          // has(children[0] . name)
  kCall,         // name(children…), or children[0].name(children[1…]) if receiver; operators, too: see grammar.h
  kAnd,          // all of the children (2 or more)
  kOr,           // any of the children
  kConditional,  // children[0] ? children[1] : children[2]
  kList,         // children
  kMap,          // children: key, value, key, value, …
  kMessage,      // name{fields[i]: children[i], …}
  kLoop          // children[0]: range; then the filter if there is one; then the body
};

enum class LoopKind : uint8_t { kAll, kExists, kExistsOne, kMap, kFilter, kTransformList, kTransformMap };

// Half-open, in bytes of the source.
struct Span {
  size_t begin = 0;
  size_t end = 0;
};

// What the checker found out.
enum class Meaning : uint8_t {
  kNone,      // nothing special; for identifiers and calls: unknown
  kVariable,  // a variable of the environment (id); also a select that is a qualified name
  kLocal,     // a loop's variable (id = slot)
  kTypeName,  // the name of a type (name of the type in `name_of_type`)
  kField,     // a field of a message type
  kDynamic    // a field or key that is looked up when evaluated
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  Span span;              // all of it
  Span place;             // what a message about it points at: the name, the operator
  std::string name;       // identifier, field, function, message type
  bool rooted = false;    // `.a`: not a loop's variable
  bool quoted = false;    // kSelect: a.`b-c`, never part of a qualified name
  bool receiver = false;  // kCall: in the manner of a method
  Value value;            // kLiteral
  std::vector<ExprPtr> children;
  std::vector<std::string> fields;  // kMessage
  LoopKind loop = LoopKind::kAll;
  std::vector<std::string> loop_variables;  // 1 or 2
  bool has_filter = false;                  // kLoop
  int depth = 1;                            // of the tree under and with this one

  // Annotations.
  Type type;
  Meaning meaning = Meaning::kNone;
  size_t id = 0;                           // kVariable, kLocal; kLoop: slot of its first variable
  std::string_view type_name;              // kTypeName
  const Field* field = nullptr;            // kField
  const MessageType* message = nullptr;    // kField: the type that has the field
  std::vector<const Overload*> overloads;  // kCall: those that may apply, in order
};

// "a.b.c" if the expression is a chain of names, else empty.
std::string QualifiedName(const Expr& expr);

}  // namespace earshot::expr
