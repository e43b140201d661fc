#include "common/catalog/vocabulary.h"

#include <algorithm>

#include "common/text/suggest.h"

namespace earshot::catalog {
namespace {

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool Overlaps(const std::vector<Mention>& mentions, size_t begin, size_t end) {
  const auto after = std::lower_bound(mentions.begin(), mentions.end(), end,
                                      [](const Mention& mention, size_t at) { return mention.begin < at; });
  return after != mentions.begin() && std::prev(after)->end > begin;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Entry> entries) {
  meanings_.reserve(entries.size());
  for (Entry& entry : entries) {
    const int index = static_cast<int>(meanings_.size());
    matcher_.Add(entry.alias, index);
    if (entry.edits > 0) fuzzy_.push_back({entry.alias, entry.edits, index});
    meanings_.push_back(std::move(entry.meaning));
  }
  matcher_.Build();
}

std::vector<Mention> Vocabulary::Find(std::string_view text) const {
  std::vector<Mention> mentions;
  for (const PhraseMatch& match : matcher_.Find(text)) {
    mentions.push_back({match.begin, match.end, &meanings_[match.id]});
  }
  if (!fuzzy_.empty()) FindFuzzy(text, mentions);
  return mentions;
}

void Vocabulary::FindFuzzy(std::string_view text, std::vector<Mention>& mentions) const {
  constexpr size_t kLongestWord = 24;
  std::vector<Mention> found;
  for (size_t at = 0; at < text.size();) {
    if (!IsAsciiLetter(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && IsAsciiLetter(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    for (const Fuzzy& fuzzy : fuzzy_) {
      const size_t longer = std::max(word.size(), fuzzy.word.size());
      const size_t shorter = std::min(word.size(), fuzzy.word.size());
      if (longer > kLongestWord || longer - shorter > static_cast<size_t>(fuzzy.edits)) continue;
      if (EditDistance(word, fuzzy.word) > static_cast<size_t>(fuzzy.edits)) continue;
      if (!Overlaps(mentions, at, end)) found.push_back({at, end, &meanings_[fuzzy.meaning]});
      break;
    }
    at = end;
  }
  mentions.insert(mentions.end(), found.begin(), found.end());
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
}

}  // namespace earshot::catalog
