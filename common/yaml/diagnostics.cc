#include "common/yaml/diagnostics.h"

#include <algorithm>
#include <tuple>

#include "common/base/status.h"
#include "fmt/format.h"

namespace earshot::yaml {

void Diagnostics::Add(const SourceText& source, size_t offset, std::string_view message, size_t width) {
  const LineColumn at = source.Locate(offset);
  items_.push_back({.path = source.name(),
                    .line = at.line,
                    .column = at.column,
                    .message = std::string(message),
                    .text = source.Render(offset, message, width)});
}

void Diagnostics::AddFile(std::string_view path, std::string_view message) {
  items_.push_back(
      {.path = std::string(path), .message = std::string(message), .text = fmt::format("{}: {}", path, message)});
}

void Diagnostics::Sort() {
  std::stable_sort(items_.begin(), items_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.path, a.line, a.column) < std::tie(b.path, b.line, b.column);
  });
}

std::string Diagnostics::Render() const {
  std::string all;
  for (const Diagnostic& item : items_) all += item.text + "\n";
  return all;
}

absl::Status Diagnostics::ToStatus() const {
  if (items_.empty()) return absl::OkStatus();
  std::string all = Render();
  all.pop_back();
  return InvalidArgument("{}", all);
}

}  // namespace earshot::yaml
