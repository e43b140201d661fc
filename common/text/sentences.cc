#include "common/text/sentences.h"

#include <algorithm>
#include <array>

#include "common/text/utf8.h"

namespace earshot {
namespace {

// Never the last word of a sentence.
constexpr auto kTitleAbbreviations = std::to_array<std::string_view>(
    {"Adm", "Dr",   "Fig",  "Figs", "Gen", "Gov",  "Hon",  "Messrs", "Mr", "Mrs", "Ms",
     "Mt",  "Prof", "Rep",  "Rev",  "Sen", "St",   "al",   "approx", "ca", "cf",  "e.g",
     "eg",  "est",  "excl", "i.e",  "ie",  "incl", "resp", "viz",    "vs", "E.g", "I.e"});

// The last word of a sentence only where a word follows that likes to begin one.
constexpr auto kOtherAbbreviations = std::to_array<std::string_view>(
    {"Bros", "Co", "Corp", "Cos", "Inc", "Jr", "LLC", "Ltd", "Sr", "a.m", "etc", "p.m", "plc", "yr"});

// An abbreviation only in front of a digit.
constexpr auto kNumberAbbreviations =
    std::to_array<std::string_view>({"Apr", "Aug", "Dec", "Feb", "Jan", "Jul", "Jun", "Mar", "No", "Nos", "Nov", "Oct",
                                     "Sep", "Sept", "Vol", "no", "nos", "p", "pp"});

constexpr auto kSentenceStarters = std::to_array<std::string_view>(
    {"A",    "After", "All",  "Also",  "An",     "And",  "As",    "At",    "But",   "By",    "During",
     "For",  "Free",  "From", "Given", "Good",   "He",   "Hi",    "How",   "I",     "If",    "In",
     "Is",   "It",    "Its",  "Let",   "Next",   "No",   "Now",   "On",    "Our",   "Over",  "Please",
     "She",  "Since", "So",   "Thank", "Thanks", "That", "The",   "Then",  "There", "These", "They",
     "This", "Those", "To",   "We",    "What",   "When", "Where", "While", "With",  "You",   "Your"});

template <size_t N>
bool IsAmong(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsDigitByte(char c) { return c >= '0' && c <= '9'; }
bool IsUpperByte(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLowerByte(char c) { return c >= 'a' && c <= 'z'; }
bool IsLetterByte(char c) { return IsUpperByte(c) || IsLowerByte(c); }

bool IsHan(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFD); }
bool IsBlank(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || c == 0x200B; }
bool IsLineBreak(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }
bool AlwaysEnds(char32_t c) { return c == '!' || c == '?' || c == U'。' || c == U'!' || c == U'?' || c == U';'; }
bool ClosesQuote(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == U'”' || c == U'’' || c == U')' || c == U'」' ||
         c == U'』' || c == U'】' || c == U'》';
}

class SentenceSplitter {
 public:
  explicit SentenceSplitter(std::string_view text) : text_(text) {}

  std::vector<SentenceSpan> Split() {
    for (size_t i = 0; i < text_.size();) i = Step(i);
    Close(text_.size());
    return std::move(spans_);
  }

 private:
  // Looks at the code point at `i`; returns where to go on.
  size_t Step(size_t i) {
    const CodePoint c = DecodeUtf8(text_, i);
    if (IsLineBreak(c.value)) {
      Close(i);
      return i + c.size;
    }
    if (c.value != '.' && !AlwaysEnds(c.value)) {
      if (!in_sentence_ && !IsBlank(c.value)) Open(i);
      return i + c.size;
    }
    if (!in_sentence_) Open(i);
    const size_t after = SkipTerminators(i);
    if (c.value == '.' && !DotEnds(i, after)) return after;
    const size_t end = SkipClosing(after);
    Close(end);
    return end;
  }

  void Open(size_t i) {
    in_sentence_ = true;
    start_ = i;
  }

  void Close(size_t end) {
    if (!in_sentence_) return;
    in_sentence_ = false;
    while (end > start_ && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
    if (end > start_) spans_.push_back({start_, end});
  }

  size_t SkipTerminators(size_t i) const {
    while (i < text_.size()) {
      const CodePoint c = DecodeUtf8(text_, i);
      if (c.value != '.' && !AlwaysEnds(c.value)) break;
      i += c.size;
    }
    return i;
  }

  size_t SkipClosing(size_t i) const {
    while (i < text_.size()) {
      const CodePoint c = DecodeUtf8(text_, i);
      if (!ClosesQuote(c.value)) break;
      i += c.size;
    }
    return i;
  }

  // Whether the dots [dot, after) end a sentence.
  bool DotEnds(size_t dot, size_t after) const {
    size_t next = SkipClosing(after);
    if (next >= text_.size()) return true;
    const CodePoint c = DecodeUtf8(text_, next);
    if (!IsBlank(c.value)) return IsHan(c.value) || GluedSentence(dot, next);
    next = SkipBlanks(next);
    if (next >= text_.size()) return true;
    if (after - dot > 1) return !IsLowerByte(text_[next]);
    return !IsListNumber(dot) && !IsAbbreviation(dot, next);
  }

  // "the quarter.Revenue": a space was lost.
  bool GluedSentence(size_t dot, size_t next) const {
    return dot > 1 && IsLowerByte(text_[dot - 1]) && IsLowerByte(text_[dot - 2]) && IsUpperByte(text_[next]) &&
           next + 1 < text_.size() && (IsLowerByte(text_[next + 1]) || text_[next + 1] == ' ');
  }

  // "2. Free cash flow": digits alone before the dot.
  bool IsListNumber(size_t dot) const {
    return dot - start_ <= 2 && dot > start_ && std::all_of(text_.begin() + start_, text_.begin() + dot, IsDigitByte);
  }

  bool IsAbbreviation(size_t dot, size_t next) const {
    const std::string_view word = WordBefore(dot);
    if (word.empty()) return false;
    if (IsAmong(kNumberAbbreviations, word)) return IsDigitByte(text_[next]);
    if (IsAmong(kTitleAbbreviations, word)) return true;
    if (word == "I") return false;
    const bool initials = word.size() == 1 ? IsUpperByte(word[0]) : word[word.size() - 2] == '.';
    if (!initials && !IsAmong(kOtherAbbreviations, word)) return false;
    return !IsAmong(kSentenceStarters, WordAfter(next));
  }

  // Letters and inner dots that end at `end`; empty where they are too many for an abbreviation.
  std::string_view WordBefore(size_t end) const {
    constexpr size_t kLongest = 8;
    size_t begin = end;
    while (begin > start_ && (IsLetterByte(text_[begin - 1]) || text_[begin - 1] == '.')) {
      if (end - --begin > kLongest) return {};
    }
    if (begin > start_ && IsDigitByte(text_[begin - 1])) return {};
    return text_.substr(begin, end - begin);
  }

  std::string_view WordAfter(size_t begin) const {
    constexpr size_t kLongest = 8;
    size_t end = begin;
    while (end < text_.size() && IsLetterByte(text_[end]) && end - begin <= kLongest) ++end;
    return text_.substr(begin, end - begin);
  }

  size_t SkipBlanks(size_t i) const {
    while (i < text_.size()) {
      const CodePoint c = DecodeUtf8(text_, i);
      if (!IsBlank(c.value)) break;
      i += c.size;
    }
    return i;
  }

  std::string_view text_;
  std::vector<SentenceSpan> spans_;
  size_t start_ = 0;
  bool in_sentence_ = false;
};

}  // namespace

std::vector<SentenceSpan> SplitSentences(std::string_view text) { return SentenceSplitter(text).Split(); }

}  // namespace earshot
