// "Did you mean": the nearest of some known words to one that is not known.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace earshot {

// Optimal string alignment distance over bytes, case ignored (ASCII): a swap of neighbours is one edit.
size_t EditDistance(std::string_view a, std::string_view b);

// The nearest candidate that is near enough to be meant (a third of the length, at least one edit); empty if none is.
std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates);
std::string_view Nearest(std::string_view word, std::span<const std::string> candidates);

// ", did you mean 'value'?" or nothing: to be put behind a message.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates);
std::string DidYouMean(std::string_view word, std::span<const std::string> candidates);

}  // namespace earshot
