#include "common/expr/diagnostic.h"

#include "common/text/source_text.h"
#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot::expr {

std::string DiagnosticText(const Diagnostic& diagnostic) {
  if (diagnostic.suggestion.empty()) return diagnostic.message;
  return fmt::format("{}, did you mean '{}'?", diagnostic.message, diagnostic.suggestion);
}

std::string RenderDiagnostics(std::string_view source, std::span<const Diagnostic> diagnostics, std::string_view name) {
  const SourceText text{std::string(name), std::string(source)};
  std::string rendered;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!rendered.empty()) rendered += '\n';
    const size_t begin = std::min(diagnostic.offset, source.size());
    const size_t end = std::min(std::max(diagnostic.end, begin), source.size());
    const std::string_view piece = source.substr(begin, end - begin);
    const size_t width = CountCodePoints(piece.substr(0, piece.find('\n')));
    rendered += text.Render(begin, DiagnosticText(diagnostic), std::max<size_t>(width, 1));
  }
  return rendered;
}

}  // namespace earshot::expr
