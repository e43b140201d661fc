// What is wrong with files that people write: all of it at once, each with its place and a caret.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/text/source_text.h"

namespace earshot::yaml {

struct Diagnostic {
  std::string path;
  int line = 1;    // from 1
  int column = 1;  // from 1, in code points
  std::string message;
  std::string text;  // for a terminal: `path:line:column: message`, the line, a caret
};

// Collects in the order of Add. Not thread-safe.
class Diagnostics {
 public:
  void Add(const SourceText& source, size_t offset, std::string_view message, size_t width = 1);
  // For what has no place in a text: a file that cannot be read.
  void AddFile(std::string_view path, std::string_view message);

  bool empty() const { return items_.empty(); }
  size_t size() const { return items_.size(); }
  const std::vector<Diagnostic>& items() const { return items_; }

  // By path, line and column; what stands at the same place keeps its order.
  void Sort();

  // All texts, one below the other, with a newline at the end of each. Empty where there is none.
  std::string Render() const;

  // OK where there is none, else INVALID_ARGUMENT with Render() without its last newline.
  absl::Status ToStatus() const;

 private:
  std::vector<Diagnostic> items_;
};

}  // namespace earshot::yaml
