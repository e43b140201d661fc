#include "common/text/source_text.h"

#include <algorithm>

#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot {

SourceText::SourceText(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

std::string_view SourceText::Line(int number) const {
  if (number < 1 || static_cast<size_t>(number) > line_starts_.size()) return {};
  const size_t begin = line_starts_[number - 1];
  const size_t end = static_cast<size_t>(number) == line_starts_.size() ? text_.size() : line_starts_[number] - 1;
  std::string_view line = std::string_view(text_).substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

LineColumn SourceText::Locate(size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const int line = static_cast<int>(next - line_starts_.begin());
  const size_t begin = line_starts_[line - 1];
  const size_t column = CountCodePoints(std::string_view(text_).substr(begin, offset - begin)) + 1;
  return {line, static_cast<int>(column)};
}

size_t SourceText::Offset(LineColumn at) const {
  const std::string_view line = Line(at.line);
  if (line.data() == nullptr) return text_.size();
  size_t offset = 0;
  for (int column = 1; column < at.column && offset < line.size(); ++column) offset += DecodeUtf8(line, offset).size;
  return static_cast<size_t>(line.data() - text_.data()) + offset;
}

std::string SourceText::Render(size_t offset, std::string_view message, size_t width) const {
  constexpr std::string_view kIndent = "    ";
  const LineColumn at = Locate(offset);
  const std::string_view line = Line(at.line);
  const size_t in_line = std::min(Offset(at) - static_cast<size_t>(line.data() - text_.data()), line.size());
  std::string pad;
  for (char c : line.substr(0, in_line)) {
    if (c == '\t') pad += '\t';
  }
  pad.append(DisplayWidth(line.substr(0, in_line)), ' ');
  const size_t rest = CountCodePoints(line.substr(in_line));
  const std::string caret =
      std::string(1, '^') + std::string(std::min(width, std::max<size_t>(rest, 1)) - (width > 0), '~');
  return fmt::format("{}:{}:{}: {}\n{}{}\n{}{}{}", name_, at.line, at.column, message, kIndent, line, kIndent, pad,
                     caret);
}

}  // namespace earshot
