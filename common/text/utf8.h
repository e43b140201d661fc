// UTF-8: validation, walking over code points, widths on a terminal. All offsets are bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace earshot {

// Offset of the first byte that is no valid UTF-8 (overlong forms, surrogates and values past U+10FFFF included).
std::optional<size_t> FindInvalidUtf8(std::string_view text);

struct CodePoint {
  char32_t value = 0;
  size_t size = 0;  // bytes; at least 1
};

// The code point at `offset` (< text.size()). A byte that begins none is U+FFFD of size 1.
CodePoint DecodeUtf8(std::string_view text, size_t offset);

void AppendUtf8(char32_t value, std::string& out);

size_t CountCodePoints(std::string_view text);

// Columns on a terminal: two for East Asian wide characters, none for combining marks.
size_t DisplayWidth(std::string_view text);

// At most `columns` wide, cut between code points, with "…" where something was cut.
std::string Truncate(std::string_view text, size_t columns);

}  // namespace earshot
