// Finds many phrases in one pass over a text (Aho-Corasick), longest match first.
//
// Both sides are folded: ASCII case, full-width forms, hyphens and dashes (as a space), runs of white space (as one),
// spaces beside Chinese characters (as none), curly apostrophes. A phrase that begins or ends with a Latin letter or a
// digit matches whole words only; a plural s at its end is allowed and belongs to the match.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::catalog {

struct PhraseMatch {
  size_t begin = 0;  // bytes of the unfolded text
  size_t end = 0;
  int id = 0;

  friend bool operator==(const PhraseMatch&, const PhraseMatch&) = default;
};

// Filled, then built, then read. Built: immutable and thread-safe.
class PhraseMatcher {
 public:
  // The first id of a phrase stays. Empty phrases are ignored.
  void Add(std::string_view phrase, int id);
  void Build();

  // In order, without overlap; of overlapping matches the one that begins first, then the longest. Linear.
  std::vector<PhraseMatch> Find(std::string_view text) const;

 private:
  struct Phrase {
    std::string bytes;  // folded
    int id;
  };
  struct Node {
    int output = -1;       // phrase that ends here
    int output_link = -1;  // nearest node on the failure path with an output
  };
  void BuildTrie();
  void BuildLinks();

  std::vector<Phrase> phrases_;
  std::vector<Node> nodes_;
  std::vector<int32_t> next_;  // node * classes_ + class of the byte
  std::array<uint8_t, 256> class_of_{};
  int classes_ = 1;  // class 0: bytes of no phrase
};

// The folded form, and for each of its bytes where its character begins and ends in the text.
struct FoldedText {
  std::string bytes;
  std::vector<uint32_t> begins;
  std::vector<uint32_t> ends;
};
FoldedText Fold(std::string_view text);

}  // namespace earshot::catalog
