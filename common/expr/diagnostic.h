// What is wrong with an expression, as data; and as text with the line and a caret.
//
//   1:3: Observation has no field 'valu', did you mean 'value'?
//   o.valu > 3
//     ^~~~
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace earshot::expr {

struct Diagnostic {
  size_t offset = 0;  // bytes in the source, where the wrong thing begins
  size_t end = 0;     // behind its last byte
  int line = 1;       // from 1
  int column = 1;     // from 1, in code points
  std::string message;
  std::string suggestion;  // the nearest known name; empty if none is near
};

// "message, did you mean 'suggestion'?"
std::string DiagnosticText(const Diagnostic& diagnostic);

// `name:line:column: text`, the line of the source, a caret; one after another, with a line break between them.
std::string RenderDiagnostics(std::string_view source, std::span<const Diagnostic> diagnostics,
                              std::string_view name = "expression");

}  // namespace earshot::expr
