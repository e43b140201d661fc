// Makes the nodes of planned trees.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/expr/node.h"
#include "re2/re2.h"

namespace earshot::expr {

// Values and names (access_nodes.cc). `text` is the piece of the source, for "absent: o.value".
NodePtr MakeConstantNode(Value value);
NodePtr MakeUnknownNode(Span at, std::string message);  // an error of kind kUnknownName
NodePtr MakeVariableNode(Span at, std::string_view text, size_t slot, VariableId id);
NodePtr MakeLocalNode(Span at, std::string_view text, size_t slot);
// A field of a message of a known type; looked up by name where the value turns out to be something else.
NodePtr MakeFieldNode(Span at, std::string_view text, NodePtr operand, const MessageType* type, const Field* field);
NodePtr MakeSelectNode(Span at, std::string_view text, NodePtr operand, std::string name);
// False where the path to the field is absent, too.
NodePtr MakeHasNode(Span at, NodePtr operand, std::string name);
NodePtr MakeIndexNode(Span at, std::string_view text, NodePtr container, NodePtr key);
// Records what `node` gives, if somebody listens.
NodePtr MakeTraceNode(Span at, std::string_view text, NodePtr node);

// Logic (logic_nodes.cc).
NodePtr MakeAndNode(Span at, std::vector<NodePtr> operands);
NodePtr MakeOrNode(Span at, std::vector<NodePtr> operands);
NodePtr MakeNotNode(Span at, NodePtr operand);
NodePtr MakeConditionalNode(Span at, NodePtr condition, NodePtr yes, NodePtr no);

// Operators by the name of their function, "_<_" (operator_nodes.cc). Null if there is no such operator.
NodePtr MakeUnaryNode(Span at, std::string_view function, NodePtr operand);
NodePtr MakeBinaryNode(Span at, std::string_view function, NodePtr left, NodePtr right);

// Calls (call_nodes.cc). The first overload that takes the arguments is called.
NodePtr MakeCallNode(Span at, std::string name, std::vector<const Overload*> overloads, std::vector<NodePtr> arguments);
NodePtr MakeMatchesNode(Span at, NodePtr text, std::unique_ptr<const re2::RE2> pattern);

// Lists, maps, wrappers (build_nodes.cc).
NodePtr MakeListNode(std::vector<NodePtr> elements);
NodePtr MakeMapNode(Span at, std::vector<NodePtr> keys_and_values);
NodePtr MakeWrapperNode(Span at, std::string message, NodePtr value);  // `value` is null for the default

// Loops (loop_nodes.cc).
struct LoopParts {
  LoopKind kind = LoopKind::kAll;
  Span at;
  NodePtr range;
  NodePtr filter;  // may be null
  NodePtr body;
  size_t slot = 0;  // of the first variable; the second, if there are two, has the next one
  bool two_variables = false;
  uint64_t cost = 1;  // of one turn
};
NodePtr MakeLoopNode(LoopParts parts);

}  // namespace earshot::expr
