#include "common/expr/functions/library.h"
#include "common/text/utf8.h"

namespace earshot::expr {
namespace {

Value SizeOf(CallContext& context, Arguments a) {
  size_t size = 0;
  switch (a[0].kind()) {
    case Kind::kString:
      if (!context.ChargeText(a[0].text().size())) return context.BudgetError();
      size = CountCodePoints(a[0].text());
      break;
    case Kind::kBytes:
      size = a[0].text().size();
      break;
    case Kind::kList:
      size = a[0].list().size();
      break;
    default:
      size = a[0].map().size();
      break;
  }
  return Value::Int(static_cast<int64_t>(size));
}

}  // namespace

void AddCollectionFunctions(Environment& env) {
  const Type list = Type::List(Type::Param("A"));
  const Type map = Type::Map(Type::Param("A"), Type::Param("B"));
  for (const Type& type : {Type::String(), Type::Bytes(), list, map}) {
    AddFunction(env, "size", {type}, Type::Int(), SizeOf);
    AddMethod(env, "size", {type}, Type::Int(), SizeOf);
  }
}

}  // namespace earshot::expr
