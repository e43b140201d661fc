#include "common/text/language.h"

#include "common/text/sentences.h"
#include "common/text/utf8.h"

namespace earshot {
namespace {

bool IsChineseCharacter(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool IsLatinLetter(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F); }

}  // namespace

std::string_view LanguageCode(Language language) { return language == Language::kChinese ? "zh" : "en"; }

std::optional<Language> ParseLanguage(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find_first_of("-_"));
  if (primary == "en") return Language::kEnglish;
  if (primary == "zh") return Language::kChinese;
  return std::nullopt;
}

Language DetectLanguage(std::string_view text) {
  size_t characters = 0, words = 0;
  bool in_word = false;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeUtf8(text, i);
    const bool latin = IsLatinLetter(c.value);
    words += latin && !in_word;
    characters += IsChineseCharacter(c.value);
    in_word = latin;
    i += c.size;
  }
  return characters > words ? Language::kChinese : Language::kEnglish;
}

std::vector<LanguageSpan> SplitByLanguage(std::string_view text) {
  std::vector<LanguageSpan> spans;
  for (const SentenceSpan& sentence : SplitSentences(text)) {
    const Language language = DetectLanguage(text.substr(sentence.begin, sentence.end - sentence.begin));
    if (!spans.empty() && spans.back().language == language) {
      spans.back().end = sentence.end;
    } else {
      spans.push_back({sentence.begin, sentence.end, language});
    }
  }
  return spans;
}

}  // namespace earshot
