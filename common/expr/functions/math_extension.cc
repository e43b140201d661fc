#include <cmath>
#include <compare>
#include <limits>

#include "common/expr/compare.h"
#include "common/expr/functions/library.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value NoNumberError(CallContext& context, Value value) {
  return context.Fail(ErrorKind::kNoSuchOverload, fmt::format("no such overload: {} is no number", KindName(value)));
}

// The greatest (greatest = true) or the least; the first of equal ones.
template <bool greatest>
class ExtremeOf {
 public:
  // False if the value is no number.
  bool Offer(Value value) {
    if (!IsNumber(value.kind())) return false;
    if (best_.Is(Kind::kNull)) {
      best_ = value;
    } else if (const auto order = CompareNumbers(value, best_); greatest ? order > 0 : order < 0) {
      best_ = value;
    }
    return true;
  }
  Value best() const { return best_; }

 private:
  Value best_;
};

template <bool greatest>
Value ExtremeOfArguments(CallContext& context, Arguments a) {
  ExtremeOf<greatest> extreme;
  for (const Value value : a) {
    if (!extreme.Offer(value)) return NoNumberError(context, value);
  }
  return extreme.best();
}

template <bool greatest>
Value ExtremeOfList(CallContext& context, Arguments a) {
  const ListValue& list = a[0].list();
  if (list.size() == 0) return context.Fail(ErrorKind::kInvalidArgument, "the list is empty");
  if (!context.Charge(list.size())) return context.BudgetError();
  ExtremeOf<greatest> extreme;
  for (size_t i = 0; i < list.size(); ++i) {
    const Value value = list.At(i, context.arena());
    if (!extreme.Offer(value)) return NoNumberError(context, value);
  }
  return extreme.best();
}

// double -> double
template <double (*compute)(double)>
Value OfDouble(CallContext&, Arguments a) {
  return Value::Double(compute(a[0].double_value()));
}

double CeilOf(double d) { return std::ceil(d); }
double FloorOf(double d) { return std::floor(d); }
double RoundOf(double d) { return std::round(d); }
double TruncOf(double d) { return std::trunc(d); }
double AbsOf(double d) { return std::abs(d); }
double SignOf(double d) { return std::isnan(d) ? d : static_cast<double>((d > 0) - (d < 0)); }

template <bool (*test)(double)>
Value TestDouble(CallContext&, Arguments a) {
  return Value::Bool(test(a[0].double_value()));
}

bool IsNan(double d) { return std::isnan(d); }
bool IsInfinite(double d) { return std::isinf(d); }
bool IsFinite(double d) { return std::isfinite(d); }

Value AbsOfInt(CallContext& context, Arguments a) {
  if (a[0].int_value() == std::numeric_limits<int64_t>::min()) {
    return context.Fail(ErrorKind::kOverflow, "integer overflow");
  }
  return Value::Int(std::abs(a[0].int_value()));
}
Value SameNumber(CallContext&, Arguments a) { return a[0]; }
Value SignOfInt(CallContext&, Arguments a) { return Value::Int((a[0].int_value() > 0) - (a[0].int_value() < 0)); }
Value SignOfUint(CallContext&, Arguments a) { return Value::Uint(a[0].uint_value() > 0 ? 1 : 0); }

Value SquareRoot(CallContext&, Arguments a) {
  const Value x = a[0];
  const double d = x.Is(Kind::kDouble) ? x.double_value()
                   : x.Is(Kind::kInt)  ? static_cast<double>(x.int_value())
                                       : static_cast<double>(x.uint_value());
  return Value::Double(std::sqrt(d));
}

Value WithBits(Value like, uint64_t bits) {
  return like.Is(Kind::kInt) ? Value::Int(static_cast<int64_t>(bits)) : Value::Uint(bits);
}

Value BitAnd(CallContext&, Arguments a) { return WithBits(a[0], a[0].uint_value() & a[1].uint_value()); }
Value BitOr(CallContext&, Arguments a) { return WithBits(a[0], a[0].uint_value() | a[1].uint_value()); }
Value BitXor(CallContext&, Arguments a) { return WithBits(a[0], a[0].uint_value() ^ a[1].uint_value()); }
Value BitNot(CallContext&, Arguments a) { return WithBits(a[0], ~a[0].uint_value()); }

template <bool left>
Value BitShift(CallContext& context, Arguments a) {
  const int64_t by = a[1].int_value();
  if (by < 0) return context.Fail(ErrorKind::kInvalidArgument, "a shift by less than 0 bits");
  if (by >= 64) return WithBits(a[0], 0);
  return WithBits(a[0], left ? a[0].uint_value() << by : a[0].uint_value() >> by);
}

template <bool greatest>
void AddExtreme(Environment& env, std::string_view name) {
  const FunctionBody of_list = ExtremeOfList<greatest>;
  const FunctionBody of_arguments = ExtremeOfArguments<greatest>;
  for (const Type& type : {Type::Int(), Type::Uint(), Type::Double(), Type::Dyn()}) {
    AddFunction(env, name, {Type::List(type)}, type, of_list);
  }
  for (const Type& type : {Type::Int(), Type::Uint(), Type::Double(), Type::Dyn()}) {
    env.AddFunction(
        {.name = std::string(name), .params = {type}, .result = type, .call = of_arguments, .variadic = true});
  }
}

}  // namespace

void AddMathExtension(Environment& env) {
  const Type real = Type::Double();
  AddExtreme<true>(env, "math.greatest");
  AddExtreme<false>(env, "math.least");
  AddFunction(env, "math.ceil", {real}, real, OfDouble<CeilOf>);
  AddFunction(env, "math.floor", {real}, real, OfDouble<FloorOf>);
  AddFunction(env, "math.round", {real}, real, OfDouble<RoundOf>);
  AddFunction(env, "math.trunc", {real}, real, OfDouble<TruncOf>);
  AddFunction(env, "math.isNaN", {real}, Type::Bool(), TestDouble<IsNan>);
  AddFunction(env, "math.isInf", {real}, Type::Bool(), TestDouble<IsInfinite>);
  AddFunction(env, "math.isFinite", {real}, Type::Bool(), TestDouble<IsFinite>);
  AddFunction(env, "math.abs", {real}, real, OfDouble<AbsOf>);
  AddFunction(env, "math.abs", {Type::Int()}, Type::Int(), AbsOfInt);
  AddFunction(env, "math.abs", {Type::Uint()}, Type::Uint(), SameNumber);
  AddFunction(env, "math.sign", {real}, real, OfDouble<SignOf>);
  AddFunction(env, "math.sign", {Type::Int()}, Type::Int(), SignOfInt);
  AddFunction(env, "math.sign", {Type::Uint()}, Type::Uint(), SignOfUint);
  for (const Type& type : {real, Type::Int(), Type::Uint()}) AddFunction(env, "math.sqrt", {type}, real, SquareRoot);
  for (const Type& type : {Type::Int(), Type::Uint()}) {
    AddFunction(env, "math.bitAnd", {type, type}, type, BitAnd);
    AddFunction(env, "math.bitOr", {type, type}, type, BitOr);
    AddFunction(env, "math.bitXor", {type, type}, type, BitXor);
    AddFunction(env, "math.bitNot", {type}, type, BitNot);
    AddFunction(env, "math.bitShiftLeft", {type, Type::Int()}, type, BitShift<true>);
    AddFunction(env, "math.bitShiftRight", {type, Type::Int()}, type, BitShift<false>);
  }
}

}  // namespace earshot::expr
