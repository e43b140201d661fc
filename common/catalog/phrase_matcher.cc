#include "common/catalog/phrase_matcher.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "common/base/string_map.h"
#include "common/text/utf8.h"

namespace earshot::catalog {
namespace {

bool IsWordByte(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool IsChinese(char32_t c) { return c >= 0x2E80 && c < 0xA000; }

// The folded character; 0 for white space and what counts as it.
char32_t FoldCharacter(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= 'A' && c <= 'Z') return c + ('a' - 'A');
  if (c == 0x2018 || c == 0x2019) return '\'';
  const bool dash = c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
  const bool space = c <= ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B);
  return dash || space ? 0 : c;
}

void AppendFolded(char32_t c, size_t begin, size_t end, FoldedText& out) {
  AppendUtf8(c, out.bytes);
  out.begins.resize(out.bytes.size(), static_cast<uint32_t>(begin));
  out.ends.resize(out.bytes.size(), static_cast<uint32_t>(end));
}

bool IsWholeWord(std::string_view text, size_t begin, size_t end) {
  const bool left = begin == 0 || !IsWordByte(text[begin]) || !IsWordByte(text[begin - 1]);
  const bool right = end == text.size() || !IsWordByte(text[end - 1]) || !IsWordByte(text[end]);
  return left && right;
}

// The end of the match once word boundaries are kept; nothing where they are not.
std::optional<size_t> WholeWordEnd(std::string_view text, size_t begin, size_t end) {
  if (IsWholeWord(text, begin, end)) return end;
  constexpr size_t kShortestNoun = 3;  // "is" is no plural of "i"
  if (end - begin >= kShortestNoun && end < text.size() && text[end] == 's' && text[end - 1] != 's' &&
      IsWholeWord(text, begin, end + 1))
    return end + 1;
  return std::nullopt;
}

}  // namespace

FoldedText Fold(std::string_view text) {
  FoldedText out;
  out.bytes.reserve(text.size());
  out.begins.reserve(text.size());
  out.ends.reserve(text.size());
  std::optional<size_t> space;
  char32_t last = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    const char32_t c = FoldCharacter(point.value);
    if (c == 0) {
      if (!space) space = at;
    } else {
      if (space && last != 0 && !IsChinese(c) && !IsChinese(last)) AppendFolded(' ', *space, at, out);
      space.reset();
      AppendFolded(c, at, at + point.size, out);
      last = c;
    }
    at += point.size;
  }
  return out;
}

void PhraseMatcher::Add(std::string_view phrase, int id) {
  std::string folded = Fold(phrase).bytes;
  if (!folded.empty()) phrases_.push_back({std::move(folded), id});
}

void PhraseMatcher::Build() {
  for (const Phrase& phrase : phrases_) {
    for (const unsigned char byte : phrase.bytes) {
      if (class_of_[byte] == 0) class_of_[byte] = static_cast<uint8_t>(classes_++);
    }
  }
  BuildTrie();
  BuildLinks();
}

void PhraseMatcher::BuildTrie() {
  nodes_.assign(1, {});
  next_.assign(classes_, -1);
  for (size_t i = 0; i < phrases_.size(); ++i) {
    int node = 0;
    for (const unsigned char byte : phrases_[i].bytes) {
      const size_t slot = static_cast<size_t>(node) * classes_ + class_of_[byte];
      if (next_[slot] < 0) {
        next_[slot] = static_cast<int>(nodes_.size());
        nodes_.emplace_back();
        next_.resize(next_.size() + classes_, -1);
      }
      node = next_[slot];
    }
    if (nodes_[node].output < 0) nodes_[node].output = static_cast<int>(i);
  }
}

void PhraseMatcher::BuildLinks() {
  std::vector<int> fail(nodes_.size(), 0);
  std::deque<int> queue = {0};
  while (!queue.empty()) {
    const int node = queue.front();
    queue.pop_front();
    const size_t row = static_cast<size_t>(node) * classes_;
    const size_t fail_row = static_cast<size_t>(fail[node]) * classes_;
    for (int c = 0; c < classes_; ++c) {
      const int child = next_[row + c];
      const int fallback = node == 0 ? 0 : next_[fail_row + c];
      if (child < 0) {
        next_[row + c] = fallback;
        continue;
      }
      fail[child] = fallback;
      nodes_[child].output_link = nodes_[fallback].output >= 0 ? fallback : nodes_[fallback].output_link;
      queue.push_back(child);
    }
  }
}

std::vector<PhraseMatch> PhraseMatcher::Find(std::string_view text) const {
  const FoldedText folded = Fold(text);
  std::vector<PhraseMatch> all;  // offsets into the folded text
  int node = 0;
  for (size_t i = 0; i < folded.bytes.size() && !nodes_.empty(); ++i) {
    node = next_[static_cast<size_t>(node) * classes_ + class_of_[static_cast<unsigned char>(folded.bytes[i])]];
    const int first = nodes_[node].output >= 0 ? node : nodes_[node].output_link;
    for (int hit = first; hit >= 0; hit = nodes_[hit].output_link) {
      const Phrase& phrase = phrases_[nodes_[hit].output];
      const size_t begin = i + 1 - phrase.bytes.size();
      if (const auto end = WholeWordEnd(folded.bytes, begin, i + 1)) all.push_back({begin, *end, phrase.id});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const PhraseMatch& a, const PhraseMatch& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<PhraseMatch> kept;
  size_t taken = 0;
  for (const PhraseMatch& match : all) {
    if (match.begin < taken) continue;
    taken = match.end;
    kept.push_back({folded.begins[match.begin], folded.ends[match.end - 1], match.id});
  }
  return kept;
}

}  // namespace earshot::catalog
