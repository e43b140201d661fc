#include <array>

#include "common/expr/functions/library.h"

namespace earshot::expr {
namespace {

// What the planner makes nodes of has no body.
void AddOperator(Environment& env, std::string_view name, std::initializer_list<Type> params, Type result) {
  AddFunction(env, name, params, std::move(result), nullptr);
}

void AddArithmetic(Environment& env) {
  for (const Type& number : {Type::Int(), Type::Uint(), Type::Double()}) {
    for (const std::string_view name : {"_+_", "_-_", "_*_", "_/_"}) AddOperator(env, name, {number, number}, number);
  }
  for (const Type& number : {Type::Int(), Type::Uint()}) AddOperator(env, "_%_", {number, number}, number);
  for (const Type& number : {Type::Int(), Type::Double()}) AddOperator(env, "-_", {number}, number);
  for (const Type& text : {Type::String(), Type::Bytes()}) AddOperator(env, "_+_", {text, text}, text);
  const Type list = Type::List(Type::Param("A"));
  AddOperator(env, "_+_", {list, list}, list);
  const Type time = Type::Timestamp();
  const Type span = Type::Duration();
  AddOperator(env, "_+_", {time, span}, time);
  AddOperator(env, "_+_", {span, time}, time);
  AddOperator(env, "_+_", {span, span}, span);
  AddOperator(env, "_-_", {time, time}, span);
  AddOperator(env, "_-_", {time, span}, time);
  AddOperator(env, "_-_", {span, span}, span);
}

void AddComparisons(Environment& env) {
  const std::array numbers = {Type::Int(), Type::Uint(), Type::Double()};
  for (const std::string_view name : {"_<_", "_<=_", "_>_", "_>=_"}) {
    for (const Type& a : numbers) {
      for (const Type& b : numbers) AddOperator(env, name, {a, b}, Type::Bool());
    }
    for (const Type& type : {Type::Bool(), Type::String(), Type::Bytes(), Type::Timestamp(), Type::Duration()}) {
      AddOperator(env, name, {type, type}, Type::Bool());
    }
  }
  const Type any = Type::Param("A");
  AddOperator(env, "_==_", {any, any}, Type::Bool());
  AddOperator(env, "_!=_", {any, any}, Type::Bool());
}

}  // namespace

void AddOperators(Environment& env) {
  AddArithmetic(env);
  AddComparisons(env);
  const Type a = Type::Param("A");
  const Type b = Type::Param("B");
  AddOperator(env, "!_", {Type::Bool()}, Type::Bool());
  AddOperator(env, "@in", {a, Type::List(a)}, Type::Bool());
  AddOperator(env, "@in", {a, Type::Map(a, b)}, Type::Bool());
  AddOperator(env, "_[_]", {Type::List(a), Type::Int()}, a);
  AddOperator(env, "_[_]", {Type::Map(a, b), a}, b);
}

}  // namespace earshot::expr
