// Text as a row of tokens, on which the grammars of figures work: numbers in digits, words of Latin letters, single
// Chinese characters, single signs. White space is no token.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "services/ingest/quantity/lexicon.h"

namespace earshot::quantity {

enum class TokenKind : uint8_t { kNone, kNumber, kWord, kHan, kSign };

struct Token {
  uint32_t begin = 0;  // bytes in the text
  uint32_t end = 0;
  TokenKind kind = TokenKind::kNone;
  bool grouped = false;  // "50,000"
  bool decimal = false;  // "3.5"
  bool version = false;  // "3.5.1": dots more than one
  uint8_t digits = 0;    // before the point; 255 for that many and more
  // Of a Chinese character or a sign: the code point, full-width forms as ASCII, traditional forms that occur in
  // figures as simplified ones.
  char32_t symbol = 0;
  double number = 0;
  const Lexeme* lexeme = nullptr;
};

// A row of tokens over a text that it does not own. Every index is good: past the end stands a token of kind kNone, and
// what is before the first wraps to past the end.
class TokenRow {
 public:
  // Linear. `text` must be shorter than 4 GiB.
  explicit TokenRow(std::string_view text);

  size_t size() const { return tokens_.size(); }
  std::string_view text() const { return text_; }

  const Token& operator[](size_t i) const { return i < tokens_.size() ? tokens_[i] : kNoToken; }

  bool IsNumber(size_t i) const { return (*this)[i].kind == TokenKind::kNumber; }
  bool IsWord(size_t i) const { return (*this)[i].kind == TokenKind::kWord; }
  bool IsHan(size_t i) const { return (*this)[i].kind == TokenKind::kHan; }
  bool IsSign(size_t i, char32_t c) const { return (*this)[i].kind == TokenKind::kSign && (*this)[i].symbol == c; }
  bool IsDash(size_t i) const;

  // The lexicon's word; empty for words that it does not know.
  std::string_view Word(size_t i) const { return (*this)[i].lexeme ? (*this)[i].lexeme->word : std::string_view(); }
  bool Is(size_t i, uint64_t roles) const { return (*this)[i].lexeme && ((*this)[i].lexeme->roles & roles); }

  // The bytes of a token.
  std::string_view Bytes(size_t i) const { return text_.substr((*this)[i].begin, (*this)[i].end - (*this)[i].begin); }

  // Whether token i follows token i - 1 without white space.
  bool Attached(size_t i) const { return i > 0 && i < size() && tokens_[i - 1].end == tokens_[i].begin; }

  // Whether the characters of `phrase` stand from token i on.
  bool Match(size_t i, std::u32string_view phrase) const;

  // Whether the characters of `phrase` end before token i.
  bool MatchBefore(size_t i, std::u32string_view phrase) const {
    return i >= phrase.size() && Match(i - phrase.size(), phrase);
  }

  // Whether token i is the first of a sentence, as far as that can be told locally.
  bool StartsSentence(size_t i) const;

  // Whether a word begins with a capital letter.
  bool IsCapitalised(size_t i) const;

 private:
  static constexpr Token kNoToken{};

  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace earshot::quantity
