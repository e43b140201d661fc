// The language of a stretch of text, judged by its script: a Chinese character weighs as much as a word in Latin
// letters, so that a Chinese sentence with English terms in it ("我们 deploy 了 $10 billion") is Chinese.
//
//   DetectLanguage("云业务收入增长 26%")            ->  Language::kChinese
//   SplitByLanguage("Thank you.\n谢谢您的问题。")  ->  {0, 10, kEnglish}, {11, 32, kChinese}
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace earshot {

enum class Language { kEnglish, kChinese };

// "en" or "zh".
std::string_view LanguageCode(Language language);

// Takes a BCP 47 tag by its first part ("en-US", "zh-Hans", "zh"); nothing for any other language.
std::optional<Language> ParseLanguage(std::string_view tag);

// Text without letters is English. Linear.
Language DetectLanguage(std::string_view text);

// Half-open, in bytes.
struct LanguageSpan {
  size_t begin = 0;
  size_t end = 0;
  Language language = Language::kEnglish;

  friend bool operator==(const LanguageSpan&, const LanguageSpan&) = default;
};

// The text sentence by sentence, neighbours of one language joined. In order; white space between spans belongs to
// none.
std::vector<LanguageSpan> SplitByLanguage(std::string_view text);

}  // namespace earshot
