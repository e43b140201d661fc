// Finds the words for metrics, segments and houses in running text: all aliases of a company and the general ones at
// once (Aho-Corasick over folded text, linear in the length), the longest where several fit.
//
//   vocabulary.Find("TTG's CMR grew 9%")
//     ->  {0, 3, segment taobao_tmall}, {6, 9, metric customer_management_revenue, segment taobao_tmall}
//
// Latin words match whole words only, with a plural s or a possessive behind; case, width, hyphens and runs of white
// space do not count, nor do spaces beside Chinese characters. Immutable and thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/phrase_matcher.h"
#include "common/catalog/profile.h"

namespace earshot::catalog {

// What an alias stands for. A metric, a segment, or both ("88VIP members": members of taobao_tmall).
struct Meaning {
  const Metric* metric = nullptr;  // owned by the catalogue
  std::string segment;             // empty: none said
  bool misspelt = false;           // by a speech recogniser

  // The alias can be a verb or an everyday word ("invested", "orders"): it needs a figure that fits right beside it.
  bool weak = false;
};

struct Mention {
  size_t begin = 0;
  size_t end = 0;
  const Meaning* meaning = nullptr;  // owned by the vocabulary
};

class Vocabulary {
 public:
  struct Entry {
    std::string alias;
    Meaning meaning;
    int edits = 0;  // edit distance up to which another word counts as this one (single words of Latin letters only)
  };

  explicit Vocabulary(std::vector<Entry> entries);

  // In order, without overlap.
  std::vector<Mention> Find(std::string_view text) const;

 private:
  struct Fuzzy {
    std::string word;
    int edits;
    int meaning;
  };
  void FindFuzzy(std::string_view text, std::vector<Mention>& mentions) const;

  std::vector<Meaning> meanings_;
  PhraseMatcher matcher_;
  std::vector<Fuzzy> fuzzy_;
};

}  // namespace earshot::catalog
