#include "common/expr/well_known.h"

#include <array>

#include "common/expr/value.h"

namespace earshot::expr {
namespace {

struct Wrapper {
  std::string_view message;
  TypeKind kind;
};

constexpr std::string_view kWrapperPackage = "google.protobuf.";
constexpr std::array kWrappers = {
    Wrapper{"BoolValue", TypeKind::kBool},     Wrapper{"BytesValue", TypeKind::kBytes},
    Wrapper{"DoubleValue", TypeKind::kDouble}, Wrapper{"FloatValue", TypeKind::kDouble},
    Wrapper{"Int32Value", TypeKind::kInt},     Wrapper{"Int64Value", TypeKind::kInt},
    Wrapper{"StringValue", TypeKind::kString}, Wrapper{"UInt32Value", TypeKind::kUint},
    Wrapper{"UInt64Value", TypeKind::kUint},
};

Type PrimitiveType(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
      return Type::Bool();
    case TypeKind::kBytes:
      return Type::Bytes();
    case TypeKind::kDouble:
      return Type::Double();
    case TypeKind::kInt:
      return Type::Int();
    case TypeKind::kString:
      return Type::String();
    default:
      return Type::Uint();
  }
}

}  // namespace

std::optional<NamedType> FindTypeByName(const Environment& env, std::string_view name) {
  const std::array<NamedType, 12> known = {{
      {Type::Bool(), KindName(Kind::kBool)},
      {Type::Int(), KindName(Kind::kInt)},
      {Type::Uint(), KindName(Kind::kUint)},
      {Type::Double(), KindName(Kind::kDouble)},
      {Type::String(), KindName(Kind::kString)},
      {Type::Bytes(), KindName(Kind::kBytes)},
      {Type::Null(), KindName(Kind::kNull)},
      {Type::Timestamp(), KindName(Kind::kTimestamp)},
      {Type::Duration(), KindName(Kind::kDuration)},
      {Type::List(Type::Dyn()), KindName(Kind::kList)},
      {Type::Map(Type::Dyn(), Type::Dyn()), KindName(Kind::kMap)},
      {Type::TypeOf(Type::Dyn()), KindName(Kind::kType)},
  }};
  for (const NamedType& type : known) {
    if (type.runtime_name == name) return type;
  }
  if (const MessageType* message = env.FindMessage(name)) return NamedType{Type::Message(name), message->name()};
  return std::nullopt;
}

std::optional<Type> WrappedType(std::string_view message) {
  if (!message.starts_with(kWrapperPackage)) return std::nullopt;
  message.remove_prefix(kWrapperPackage.size());
  for (const Wrapper& wrapper : kWrappers) {
    if (wrapper.message == message) return PrimitiveType(wrapper.kind);
  }
  return std::nullopt;
}

}  // namespace earshot::expr
