// Regular expressions, by RE2: linear in the text, bounded in memory.
#pragma once

#include <memory>
#include <string_view>

#include "common/expr/function.h"
#include "re2/re2.h"

namespace earshot::expr {

// Never null; ask ok().
std::unique_ptr<const re2::RE2> CompilePattern(std::string_view pattern);

// Whether some piece of the text matches. Charges by the length of the text.
Value MatchPattern(CallContext& context, std::string_view text, const re2::RE2& pattern);

}  // namespace earshot::expr
