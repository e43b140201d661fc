#include "services/ingest/quantity/token.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "common/text/utf8.h"

namespace earshot::quantity {
namespace {

constexpr uint8_t kManyDigits = 255;

bool IsAsciiDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsLatin(char32_t c) { return IsAsciiLetter(c) || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7); }
bool IsHanCharacter(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || c == U'〇' || (c >= 0x20000 && c <= 0x3FFFD); }
bool IsSpace(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) ||
         c == 0x202F || c == 0xFEFF;
}

// Traditional form, simplified form; sorted by the first.
constexpr auto kSimplified = std::to_array<std::pair<char32_t, char32_t>>({
    {U'來', U'来'}, {U'個', U'个'}, {U'億', U'亿'}, {U'兩', U'两'}, {U'務', U'务'}, {U'單', U'单'}, {U'圆', U'元'},
    {U'圓', U'元'}, {U'將', U'将'}, {U'對', U'对'}, {U'幣', U'币'}, {U'幾', U'几'}, {U'後', U'后'}, {U'從', U'从'},
    {U'戶', U'户'}, {U'損', U'损'}, {U'數', U'数'}, {U'於', U'于'}, {U'時', U'时'}, {U'歐', U'欧'}, {U'歲', U'岁'},
    {U'淨', U'净'}, {U'減', U'减'}, {U'漲', U'涨'}, {U'為', U'为'}, {U'爲', U'为'}, {U'種', U'种'}, {U'筆', U'笔'},
    {U'約', U'约'}, {U'級', U'级'}, {U'縮', U'缩'}, {U'臺', U'台'}, {U'與', U'与'}, {U'萬', U'万'}, {U'號', U'号'},
    {U'虧', U'亏'}, {U'負', U'负'}, {U'財', U'财'}, {U'輛', U'辆'}, {U'週', U'周'}, {U'過', U'过'}, {U'達', U'达'},
    {U'鎊', U'镑'}, {U'鐘', U'钟'}, {U'門', U'门'}, {U'間', U'间'}, {U'雙', U'双'}, {U'韓', U'韩'}, {U'項', U'项'},
    {U'餘', U'余'}, {U'點', U'点'},
});

constexpr bool IsSortedByFirst() {
  for (size_t i = 1; i < kSimplified.size(); ++i) {
    if (kSimplified[i - 1].first >= kSimplified[i].first) return false;
  }
  return true;
}
static_assert(IsSortedByFirst());

char32_t Simplify(char32_t c) {
  const auto it = std::lower_bound(kSimplified.begin(), kSimplified.end(), c,
                                   [](const auto& entry, char32_t value) { return entry.first < value; });
  return it != kSimplified.end() && it->first == c ? it->second : c;
}

char32_t Normalise(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if (c == 0xFFE5) return U'¥';
  if (c == 0xFFE1) return U'£';
  return c;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  void Run() {
    tokens_.reserve(text_.size() / 4 + 4);
    while (position_ < text_.size()) Step();
  }

 private:
  struct Character {
    char32_t value = 0;
    size_t size = 0;
  };

  Character Peek(size_t at) const {
    if (at >= text_.size()) return {};
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return {byte, 1};
    const CodePoint c = DecodeUtf8(text_, at);
    return {Normalise(c.value), c.size};
  }

  void Step() {
    const Character c = Peek(position_);
    if (IsLatin(c.value)) return ScanWord();
    if (IsSpace(c.value)) {
      position_ += c.size;
      return;
    }
    if (IsAsciiDigit(c.value) || StartsFraction(c)) return ScanNumber();
    Token token = Begin(IsHanCharacter(c.value) ? TokenKind::kHan : TokenKind::kSign);
    token.symbol = token.kind == TokenKind::kHan ? Simplify(c.value) : c.value;
    End(token, position_ + c.size);
  }

  Token Begin(TokenKind kind) const {
    Token token;
    token.begin = static_cast<uint32_t>(position_);
    token.kind = kind;
    return token;
  }

  void End(Token& token, size_t end) {
    token.end = static_cast<uint32_t>(end);
    position_ = end;
    tokens_.push_back(token);
  }

  void ScanWord() {
    constexpr size_t kLongest = 16;
    Token token = Begin(TokenKind::kWord);
    std::array<char, kLongest> ascii;
    size_t length = 0, at = position_;
    for (Character c = Peek(at); IsLatin(c.value); c = Peek(at)) {
      if (length < kLongest) ascii[length] = IsAsciiLetter(c.value) ? static_cast<char>(c.value) : '?';
      ++length;
      at += c.size;
    }
    if (length <= kLongest) token.lexeme = FindLexeme({ascii.data(), length});
    End(token, at);
  }

  // ".5" where nothing is in front of the point.
  bool StartsFraction(Character c) const {
    if (c.value != '.' || !IsAsciiDigit(Peek(position_ + c.size).value)) return false;
    return tokens_.empty() || tokens_.back().end != position_ || IsCurrencyMark(tokens_.back().symbol);
  }

  static bool IsCurrencyMark(char32_t c) { return c == '$' || c == U'¥' || c == U'€' || c == U'£' || c == '-'; }

  void ScanNumber() {
    Token token = Begin(TokenKind::kNumber);
    size_t at = position_, digits = 0;
    double value = 0;
    while (true) {
      const Character c = Peek(at);
      if (IsAsciiDigit(c.value)) {
        value = value * 10 + (c.value - '0');
        ++digits;
        at += c.size;
      } else if (c.value == ',' && digits > 0 && digits < 16 && c.size == Peek(at + c.size).size &&
                 GroupFollows(at + c.size)) {
        token.grouped = true;
        at += c.size;
      } else {
        break;
      }
    }
    token.digits = digits < kManyDigits ? static_cast<uint8_t>(digits) : kManyDigits;
    token.number = value;
    End(token, ScanFraction(token, at));
  }

  // Whether a group of three digits (or of two, as in India, with more groups behind) begins here.
  bool GroupFollows(size_t at) const {
    size_t count = 0;
    Character c = Peek(at);
    for (; IsAsciiDigit(c.value) && count < 4; c = Peek(at)) {
      ++count;
      at += c.size;
    }
    if (count == 3) return true;
    return count == 2 && c.value == ',' && IsAsciiDigit(Peek(at + c.size).value);
  }

  size_t ScanFraction(Token& token, size_t at) const {
    for (int dots = 1;; ++dots) {
      const Character dot = Peek(at);
      if (dot.value != '.' || !IsAsciiDigit(Peek(at + dot.size).value)) return at;
      at += dot.size;
      const size_t begin = at;
      double fraction = 0, power = 1;
      for (Character c = Peek(at); IsAsciiDigit(c.value); c = Peek(at)) {
        if (at - begin < 15) {
          fraction = fraction * 10 + (c.value - '0');
          power *= 10;
        }
        at += c.size;
      }
      token.version = dots > 1;
      token.decimal = true;
      // One division of two integers: the nearest double to what is printed.
      if (dots == 1) token.number = (token.number * power + fraction) / power;
    }
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  size_t position_ = 0;
};

}  // namespace

TokenRow::TokenRow(std::string_view text) : text_(text) { Tokenizer(text, tokens_).Run(); }

bool TokenRow::IsDash(size_t i) const {
  const Token& token = (*this)[i];
  if (token.kind != TokenKind::kSign) return false;
  const char32_t c = token.symbol;
  return c == '-' || c == '~' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x301C;
}

bool TokenRow::Match(size_t i, std::u32string_view phrase) const {
  if (phrase.size() > size() || i > size() - phrase.size()) return false;
  for (size_t k = 0; k < phrase.size(); ++k) {
    if (tokens_[i + k].symbol != phrase[k]) return false;
  }
  return true;
}

bool TokenRow::StartsSentence(size_t i) const {
  if (i == 0) return true;
  const Token& before = (*this)[i - 1];
  if (before.kind != TokenKind::kSign) return false;
  const char32_t c = before.symbol;
  return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == U'。' || c == '"' || c == U'“' || c == U'"';
}

bool TokenRow::IsCapitalised(size_t i) const {
  if (!IsWord(i)) return false;
  const char c = text_[(*this)[i].begin];
  return c >= 'A' && c <= 'Z';
}

}  // namespace earshot::quantity
