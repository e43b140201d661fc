// Text on a terminal: cut to what fits around a place, broken into lines. Widths are columns as DisplayWidth counts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace earshot {

// At most `columns` wide, with the byte `focus` of the text in it, "…" where something was cut.
std::string Excerpt(std::string_view text, size_t focus, size_t columns);

// Lines of at most `columns`, broken at spaces and beside East Asian wide characters; a word that is wider is broken
// where it has to be. Empty for an empty text.
std::vector<std::string> Wrap(std::string_view text, size_t columns);

}  // namespace earshot
