// Finds many phrases in one pass over a text (Aho-Corasick), longest match first.
//
// Both sides are folded: ASCII case, full-width forms, hyphens and dashes (as a space), runs of white space (as one),
// spaces beside Chinese characters (as none), curly apostrophes. A phrase that begins or ends with a Latin letter or a
// digit matches whole words only; a plural s at its end is allowed and belongs to the match.
#pragma once

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
  PhraseMatcher();

  // The first id of a phrase stays. Empty phrases are ignored.
  void Add(std::string_view phrase, int id);
  void Build();

  // In order, without overlap; of overlapping matches the one that begins first, then the longest. Linear.
  std::vector<PhraseMatch> Find(std::string_view text) const;

 private:
  static constexpr int kNone = -1;
  struct Node {
    std::vector<std::pair<unsigned char, int>> next;  // sorted by byte
    int fail = 0;
    int output = kNone;       // phrase that ends here
    int output_link = kNone;  // next node on the failure path with an output
    int depth = 0;            // folded bytes
  };
  int Child(int node, unsigned char byte) const;
  int Step(int node, unsigned char byte) const;

  std::vector<Node> nodes_;
};

// The folded form, and for each of its bytes (and one past the end) the offset in `text` that it comes from.
struct FoldedText {
  std::string bytes;
  std::vector<uint32_t> origin;
};
FoldedText Fold(std::string_view text);

}  // namespace earshot::catalog
