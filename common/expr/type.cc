#include "common/expr/type.h"

#include <utility>

#include "common/expr/value.h"

namespace earshot::expr {
namespace {

std::string_view SimpleTypeName(TypeKind kind) {
  switch (kind) {
    case TypeKind::kDyn:
      return "dyn";
    case TypeKind::kNull:
      return KindName(Kind::kNull);
    case TypeKind::kBool:
      return KindName(Kind::kBool);
    case TypeKind::kInt:
      return KindName(Kind::kInt);
    case TypeKind::kUint:
      return KindName(Kind::kUint);
    case TypeKind::kDouble:
      return KindName(Kind::kDouble);
    case TypeKind::kString:
      return KindName(Kind::kString);
    case TypeKind::kBytes:
      return KindName(Kind::kBytes);
    case TypeKind::kTimestamp:
      return "timestamp";
    case TypeKind::kDuration:
      return "duration";
    case TypeKind::kType:
      return "type";
    case TypeKind::kList:
      return "list";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kWrapper:
      return "wrapper";
    case TypeKind::kMessage:
    case TypeKind::kOpaque:
    case TypeKind::kParam:
    case TypeKind::kUnbound:
      return "";
  }
  return "";
}

}  // namespace

Type::Type(TypeKind kind, std::string_view name, std::vector<Type> parameters)
    : kind_(kind), shape_(std::make_shared<Shape>(Shape{std::string(name), std::move(parameters)})) {}

Type Type::TypeOf(Type type) { return Type(TypeKind::kType, "", {std::move(type)}); }
Type Type::List(Type element) { return Type(TypeKind::kList, "", {std::move(element)}); }
Type Type::Map(Type key, Type value) { return Type(TypeKind::kMap, "", {std::move(key), std::move(value)}); }
Type Type::Wrapper(Type primitive) { return Type(TypeKind::kWrapper, "", {std::move(primitive)}); }
Type Type::Message(std::string_view name) { return Type(TypeKind::kMessage, name, {}); }
Type Type::Opaque(std::string_view name, std::vector<Type> parameters) {
  return Type(TypeKind::kOpaque, name, std::move(parameters));
}
Type Type::Param(std::string_view name) { return Type(TypeKind::kParam, name, {}); }

Type Type::Unbound(int id) {
  Type type(TypeKind::kUnbound);
  type.id_ = id;
  return type;
}

std::string_view Type::name() const { return shape_ == nullptr ? std::string_view() : shape_->name; }

const std::vector<Type>& Type::parameters() const {
  static const std::vector<Type>* const kNone = new std::vector<Type>;
  return shape_ == nullptr ? *kNone : shape_->parameters;
}

std::string Type::ToString() const {
  if (kind_ == TypeKind::kUnbound) return "dyn";
  std::string text(shape_ == nullptr || name().empty() ? SimpleTypeName(kind_) : name());
  if (parameters().empty()) return text;
  const char* separator = "(";
  for (const Type& parameter : parameters()) {
    text += separator;
    text += parameter.ToString();
    separator = ", ";
  }
  return text + ")";
}

bool operator==(const Type& a, const Type& b) {
  if (a.kind_ != b.kind_ || a.id_ != b.id_) return false;
  return a.shape_ == b.shape_ || (a.name() == b.name() && a.parameters() == b.parameters());
}

}  // namespace earshot::expr
