// Cuts running text into sentences, English and Chinese, with byte offsets into the text.
//
// A full stop ends a sentence unless it belongs to a number ("3.5"), an abbreviation ("U.S.", "Inc.", "e.g.", "No. 5"),
// initials ("J.P. Morgan") or a word with dots ("Ele.me"); 。!? and their ASCII forms always do, ; does in Chinese.
// A line break ends one too. Closing quotes and brackets stay with the sentence that they close.
//
//   SplitSentences("Sales were $3.5 billion. EBITDA rose.")  ->  {0, 24}, {25, 37}
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace earshot {

// Half-open, in bytes.
struct SentenceSpan {
  size_t begin = 0;
  size_t end = 0;

  friend bool operator==(const SentenceSpan&, const SentenceSpan&) = default;
};

// In order, without overlap, without white space at either end, never empty. Bytes that are no UTF-8 count as letters.
// Linear in the length of the text.
std::vector<SentenceSpan> SplitSentences(std::string_view text);

}  // namespace earshot
