#include "common/text/wrap.h"

#include <algorithm>

#include "common/text/utf8.h"

namespace earshot {
namespace {

size_t WidthAt(std::string_view text, size_t offset) {
  return DisplayWidth(text.substr(offset, DecodeUtf8(text, offset).size));
}

// Behind the last code point that fits.
size_t EndOfFit(std::string_view text, size_t begin, size_t columns) {
  size_t end = begin;
  for (size_t used = 0; end < text.size(); end += DecodeUtf8(text, end).size) {
    used += WidthAt(text, end);
    if (used > columns) break;
  }
  return end;
}

bool IsBreakable(std::string_view text, size_t at) { return text[at] == ' ' || WidthAt(text, at) == 2; }

// Where the line that begins at `begin` ends.
size_t EndOfLine(std::string_view text, size_t begin, size_t columns) {
  const size_t fit = EndOfFit(text, begin, columns);
  if (fit >= text.size() || IsBreakable(text, fit)) return fit;
  size_t last = begin;
  for (size_t at = begin; at < fit; at += DecodeUtf8(text, at).size) {
    const size_t next = at + DecodeUtf8(text, at).size;
    if (IsBreakable(text, at)) last = text[at] == ' ' ? at : next;
  }
  return last == begin ? std::max(fit, begin + DecodeUtf8(text, begin).size) : last;
}

}  // namespace

std::string Excerpt(std::string_view text, size_t focus, size_t columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  const size_t width = DisplayWidth(text);
  const size_t to_focus = DisplayWidth(text.substr(0, focus));
  // Half of the room before the focus, more where there is little behind it.
  const size_t skipped = std::min(to_focus - std::min(to_focus, columns / 2), width + 1 - std::min(columns, width));
  if (skipped == 0) return Truncate(text, columns);
  size_t begin = 0;
  for (size_t used = 0; used < skipped && begin < text.size(); begin += DecodeUtf8(text, begin).size) {
    used += WidthAt(text, begin);
  }
  return "…" + Truncate(text.substr(begin), columns - 1);
}

std::vector<std::string> Wrap(std::string_view text, size_t columns) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = EndOfLine(text, begin, std::max<size_t>(columns, 2));
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end;
    while (begin < text.size() && text[begin] == ' ') ++begin;
  }
  return lines;
}

}  // namespace earshot
