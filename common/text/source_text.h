// A named piece of text in which things can be pointed at: line and column of an offset, the line with a caret.
//
//   SourceText source("rules.yaml", bytes);
//   source.Render(offset, "unknown key 'wen'")
//     rules.yaml:7:9: unknown key 'wen'
//             wen: o.value > 3
//             ^
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace earshot {

// Both from 1; columns count code points.
struct LineColumn {
  int line = 1;
  int column = 1;
};

// Owns its text. Immutable and thread-safe once made.
class SourceText {
 public:
  SourceText(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  size_t line_count() const { return line_starts_.size(); }

  // Line `number` (from 1) without its line break; empty past the end.
  std::string_view Line(int number) const;

  // An offset past the end is taken as the end.
  LineColumn Locate(size_t offset) const;

  // The inverse of Locate, clamped to the line.
  size_t Offset(LineColumn at) const;

  // `name:line:column: message`, the line, and a caret under the place (`width` code points of it, at least one).
  std::string Render(size_t offset, std::string_view message, size_t width = 1) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<size_t> line_starts_;
};

}  // namespace earshot
