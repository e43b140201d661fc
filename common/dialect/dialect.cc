#include "common/dialect/dialect.h"

#include <string>

#include "common/dialect/observation_type.h"

namespace earshot::dialect {
namespace {

using expr::Type;
using expr::Value;

void AddScale(expr::Environment& environment, std::string_view name, expr::FunctionBody of_double,
              expr::FunctionBody of_int) {
  environment.AddFunction(
      {.name = std::string(name), .params = {Type::Double()}, .result = Type::Double(), .call = of_double});
  environment.AddFunction(
      {.name = std::string(name), .params = {Type::Int()}, .result = Type::Double(), .call = of_int});
}

template <int kScale>
Value ScaleDouble(expr::CallContext&, expr::Arguments a) {
  return Value::Double(a[0].double_value() * kScale);
}

template <int kScale>
Value ScaleInt(expr::CallContext&, expr::Arguments a) {
  return Value::Double(static_cast<double>(a[0].int_value()) * kScale);
}

}  // namespace

void AddTo(expr::Environment& environment) {
  environment.ShareMessage(SpeakerType());
  environment.ShareMessage(EvidenceType());
  environment.ShareMessage(ObservationType());
  AddScale(environment, "bn", ScaleDouble<1'000'000'000>, ScaleInt<1'000'000'000>);
  AddScale(environment, "mn", ScaleDouble<1'000'000>, ScaleInt<1'000'000>);
}

}  // namespace earshot::dialect
