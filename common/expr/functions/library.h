// The functions that every environment has, in groups. Each adds its overloads to `env`.
#pragma once

#include <initializer_list>
#include <string_view>

#include "common/expr/environment.h"

namespace earshot::expr {

void AddOperators(Environment& env);            // types of + - * / % < == in [] …; the nodes compute them
void AddConversions(Environment& env);          // int() uint() double() string() bytes() bool() type() dyn() …
void AddCollectionFunctions(Environment& env);  // size()
void AddStringFunctions(Environment& env);      // contains() startsWith() endsWith() matches()
void AddStringExtension(Environment& env);      // charAt() indexOf() replace() split() join() trim() …
void AddFormatFunction(Environment& env);       // "%.1f bn".format([x])
void AddMathExtension(Environment& env);        // math.greatest() math.abs() math.round() …
void AddTimeFunctions(Environment& env);        // timestamp() duration() getFullYear() …

// A function, and a method: `receiver.name(…)`, the receiver being the first of `params`.
void AddFunction(Environment& env, std::string_view name, std::initializer_list<Type> params, Type result,
                 FunctionBody call);
void AddMethod(Environment& env, std::string_view name, std::initializer_list<Type> params, Type result,
               FunctionBody call);

}  // namespace earshot::expr
