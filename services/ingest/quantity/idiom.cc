// Figures that are said without a number: "doubled", "double-digit growth", 翻倍, 一半, 两位数.
#include <array>

#include "services/ingest/quantity/figure.h"

namespace earshot::quantity {
namespace {

Figure MakeIdiom(size_t first, size_t last, double value, UnitKind kind, v1::Bound bound) {
  Figure figure;
  figure.first = figure.number_first = first;
  figure.last = last;
  figure.value = value;
  figure.kind = kind;
  figure.bound = bound;
  figure.idiom = true;
  return figure;
}

// "double-digit", "triple digits", "three-digit": growth of at least 10 or 100 percent.
std::optional<Figure> DigitIdiom(const TokenRow& t, size_t i) {
  const std::string_view word = t.Word(i);
  const bool two = word == "double" || word == "two", three = word == "triple" || word == "three";
  if (!two && !three) return std::nullopt;
  const size_t noun = t.IsSign(i + 1, '-') ? i + 2 : i + 1;
  if (t.Word(noun) != "digit" && t.Word(noun) != "digits") return std::nullopt;
  if (t.Is(noun + 1, kRoleScale) || t.Is(noun + 1, kRoleCountNoun)) return std::nullopt;
  return MakeIdiom(i, noun + 1, two ? 10 : 100, UnitKind::kPercent, v1::BOUND_AT_LEAST);
}

// "to double", "more than double": the verb; "double down", "double-check", "a double bottom" are none.
bool IsVerbDouble(const TokenRow& t, size_t i) {
  if (t.IsSign(i + 1, '-') || t.Word(i + 1) == "down" || t.Word(i + 1) == "check") return false;
  constexpr auto kBehind = std::to_array<std::string_view>({"the", "that", "from", "our", "what", "its", "over"});
  for (const std::string_view word : kBehind) {
    if (t.Word(i + 1) == word) return true;
  }
  const std::string_view before = t.Word(i - 1);
  return before == "to" || before == "than" || before == "nearly" || before == "almost" || before == "will";
}

struct MultipleWord {
  std::string_view word;
  double value;
  bool verb_only;  // must be seen to be a verb
};

constexpr auto kMultipleWords = std::to_array<MultipleWord>({
    {"doubled", 2, false},
    {"doubling", 2, false},
    {"doubles", 2, false},
    {"tripled", 3, false},
    {"tripling", 3, false},
    {"triples", 3, false},
    {"quadrupled", 4, false},
    {"quadrupling", 4, false},
    {"quintupled", 5, false},
    {"twofold", 2, false},
    {"threefold", 3, false},
    {"fourfold", 4, false},
    {"fivefold", 5, false},
    {"tenfold", 10, false},
    {"double", 2, true},
    {"triple", 3, true},
});

std::optional<Figure> EnglishIdiom(const TokenRow& t, size_t i) {
  if (auto digits = DigitIdiom(t, i)) return digits;
  const std::string_view word = t.Word(i);
  if (word == "halved" || word == "halving") {
    Figure figure = MakeIdiom(i, i + 1, -50, UnitKind::kPercent, v1::BOUND_EXACT);
    figure.decreasing = true;
    return figure;
  }
  if (word == "half" && (t.Word(i - 1) == "by" || (t.Word(i - 1) == "in" && t.Word(i - 2) == "cut"))) {
    if (!t.IsWord(i + 1) || !(t.Is(i + 1, kRoleScale | kRoleArticle))) {
      return MakeIdiom(i, i + 1, 50, UnitKind::kPercent, v1::BOUND_EXACT);
    }
  }
  for (const MultipleWord& multiple : kMultipleWords) {
    if (word != multiple.word) continue;
    if (multiple.verb_only && !IsVerbDouble(t, i)) return std::nullopt;
    if (t.Word(i + 1) == "down") return std::nullopt;
    return MakeIdiom(i, i + 1, multiple.value, UnitKind::kTimes, v1::BOUND_EXACT);
  }
  return std::nullopt;
}

struct HanIdiom {
  std::u32string_view words;
  double value;
  UnitKind kind;
  v1::Bound bound;
};

constexpr auto kHanIdioms = std::to_array<HanIdiom>({
    {U"两位数", 10, UnitKind::kPercent, v1::BOUND_AT_LEAST},
    {U"双位数", 10, UnitKind::kPercent, v1::BOUND_AT_LEAST},
    {U"三位数", 100, UnitKind::kPercent, v1::BOUND_AT_LEAST},
    {U"翻了一番", 2, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻一番", 2, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻了两番", 4, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻两番", 4, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻番", 2, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻了一倍", 2, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻倍", 2, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"翻了倍", 2, UnitKind::kTimes, v1::BOUND_EXACT},
    {U"减半", -50, UnitKind::kPercent, v1::BOUND_EXACT},
    {U"一半", 50, UnitKind::kPercent, v1::BOUND_EXACT},
});

std::optional<Figure> ChineseIdiom(const TokenRow& t, size_t i) {
  for (const HanIdiom& idiom : kHanIdioms) {
    if (!t.Match(i, idiom.words)) continue;
    Figure figure = MakeIdiom(i, i + idiom.words.size(), idiom.value, idiom.kind, idiom.bound);
    figure.decreasing = idiom.value < 0;
    return figure;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Figure> ParseIdiom(const TokenRow& tokens, size_t i) {
  if (tokens.IsHan(i)) return ChineseIdiom(tokens, i);
  if (tokens.IsWord(i) && tokens[i].lexeme) return EnglishIdiom(tokens, i);
  return std::nullopt;
}

}  // namespace earshot::quantity
