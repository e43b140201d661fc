#include "common/expr/macros.h"

#include <array>
#include <string_view>
#include <utility>

#include "fmt/format.h"

namespace earshot::expr {
namespace {

struct LoopMacro {
  std::string_view name;
  size_t variables;
  bool filter;
  LoopKind kind;
};

constexpr std::array kLoopMacros = {
    LoopMacro{"all", 1, false, LoopKind::kAll},
    LoopMacro{"all", 2, false, LoopKind::kAll},
    LoopMacro{"exists", 1, false, LoopKind::kExists},
    LoopMacro{"exists", 2, false, LoopKind::kExists},
    LoopMacro{"exists_one", 1, false, LoopKind::kExistsOne},
    LoopMacro{"existsOne", 1, false, LoopKind::kExistsOne},
    LoopMacro{"existsOne", 2, false, LoopKind::kExistsOne},
    LoopMacro{"map", 1, false, LoopKind::kMap},
    LoopMacro{"map", 1, true, LoopKind::kMap},
    LoopMacro{"filter", 1, false, LoopKind::kFilter},
    LoopMacro{"transformList", 2, false, LoopKind::kTransformList},
    LoopMacro{"transformList", 2, true, LoopKind::kTransformList},
    LoopMacro{"transformMap", 2, false, LoopKind::kTransformMap},
    LoopMacro{"transformMap", 2, true, LoopKind::kTransformMap},
};

std::optional<SyntaxError> ExpandHas(Expr& call) {
  Expr& path = *call.children[0];
  if (path.kind != ExprKind::kSelect) {
    return SyntaxError{path.span.begin, path.span.end, "has() takes a field: has(o.value)"};
  }
  call.kind = ExprKind::kHas;
  call.name = std::move(path.name);
  call.place = path.place;
  ExprPtr operand = std::move(path.children[0]);
  call.children.clear();
  call.children.push_back(std::move(operand));
  return std::nullopt;
}

std::optional<SyntaxError> ExpandLoop(Expr& call, const LoopMacro& macro) {
  for (size_t i = 1; i <= macro.variables; ++i) {
    const Expr& variable = *call.children[i];
    if (variable.kind != ExprKind::kIdent || variable.rooted) {
      return SyntaxError{variable.span.begin, variable.span.end,
                         fmt::format("{}() takes a plain name for its variable", macro.name)};
    }
    call.loop_variables.push_back(variable.name);
  }
  if (macro.variables == 2 && call.loop_variables[0] == call.loop_variables[1]) {
    const Span at = call.children[2]->span;
    return SyntaxError{at.begin, at.end, fmt::format("{}() takes two different names", macro.name)};
  }
  call.kind = ExprKind::kLoop;
  call.loop = macro.kind;
  call.has_filter = macro.filter;
  call.children.erase(call.children.begin() + 1, call.children.begin() + 1 + static_cast<ptrdiff_t>(macro.variables));
  return std::nullopt;
}

}  // namespace

std::optional<SyntaxError> ExpandMacro(Expr& call) {
  if (!call.receiver) {
    return call.name == "has" && call.children.size() == 1 ? ExpandHas(call) : std::nullopt;
  }
  for (const LoopMacro& macro : kLoopMacros) {
    const size_t children = 1 + macro.variables + (macro.filter ? 1 : 0) + 1;
    if (call.name != macro.name || call.children.size() != children) continue;
    return ExpandLoop(call, macro);
  }
  return std::nullopt;
}

}  // namespace earshot::expr
