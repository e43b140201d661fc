#include "services/ingest/quantity/bound.h"

#include <algorithm>
#include <array>
#include <optional>

namespace earshot::quantity {
namespace {

constexpr size_t kLongestPhrase = 4;

struct EnglishPhrase {
  std::array<std::string_view, kLongestPhrase> words;  // from the last to the first
  v1::Bound bound;
  bool relative = false;  // behind a figure it compares: "5% more than 2 billion"
};

// The longer first where one ends like another.
constexpr auto kBefore = std::to_array<EnglishPhrase>({
    {{"than", "less", "no"}, v1::BOUND_AT_LEAST},
    {{"than", "fewer", "no"}, v1::BOUND_AT_LEAST},
    {{"than", "lower", "no"}, v1::BOUND_AT_LEAST},
    {{"than", "less", "not"}, v1::BOUND_AT_LEAST},
    {{"than", "more", "no"}, v1::BOUND_AT_MOST},
    {{"than", "more", "not"}, v1::BOUND_AT_MOST},
    {{"than", "higher", "no"}, v1::BOUND_AT_MOST},
    {{"than", "greater", "no"}, v1::BOUND_AT_MOST},
    {{"than", "more"}, v1::BOUND_AT_LEAST, true},
    {{"than", "greater"}, v1::BOUND_AT_LEAST, true},
    {{"than", "higher"}, v1::BOUND_AT_LEAST, true},
    {{"than", "better"}, v1::BOUND_AT_LEAST, true},
    {{"than", "less"}, v1::BOUND_AT_MOST, true},
    {{"than", "fewer"}, v1::BOUND_AT_MOST, true},
    {{"than", "lower"}, v1::BOUND_AT_MOST, true},
    {{"of", "excess", "in"}, v1::BOUND_AT_LEAST},
    {{"of", "north"}, v1::BOUND_AT_LEAST},
    {{"of", "upwards"}, v1::BOUND_AT_LEAST},
    {{"of", "upward"}, v1::BOUND_AT_LEAST},
    {{"of", "minimum"}, v1::BOUND_AT_LEAST},
    {{"of", "south"}, v1::BOUND_AT_MOST},
    {{"of", "maximum"}, v1::BOUND_AT_MOST},
    {{"of", "shy"}, v1::BOUND_APPROXIMATE},
    {{"of", "neighborhood"}, v1::BOUND_APPROXIMATE},
    {{"of", "vicinity"}, v1::BOUND_APPROXIMATE},
    {{"of", "order"}, v1::BOUND_APPROXIMATE},
    {{"least", "at"}, v1::BOUND_AT_LEAST},
    {{"most", "at"}, v1::BOUND_AT_MOST},
    {{"to", "up"}, v1::BOUND_AT_MOST},
    {{"to", "close"}, v1::BOUND_APPROXIMATE},
    {{"at", "capped"}, v1::BOUND_AT_MOST},
    {{"as", "much", "as"}, v1::BOUND_AT_MOST},
    {{"as", "many", "as"}, v1::BOUND_AT_MOST},
    {{"as", "high", "as"}, v1::BOUND_AT_MOST},
    {{"as", "low", "as"}, v1::BOUND_AT_LEAST},
    {{"exceed", "not"}, v1::BOUND_AT_MOST},
    {{"exceeding", "not"}, v1::BOUND_AT_MOST},
    {{"over"}, v1::BOUND_AT_LEAST, true},
    {{"above"}, v1::BOUND_AT_LEAST, true},
    {{"beyond"}, v1::BOUND_AT_LEAST, true},
    {{"exceed"}, v1::BOUND_AT_LEAST},
    {{"exceeds"}, v1::BOUND_AT_LEAST},
    {{"exceeded"}, v1::BOUND_AT_LEAST},
    {{"exceeding"}, v1::BOUND_AT_LEAST},
    {{"surpass"}, v1::BOUND_AT_LEAST},
    {{"surpassed"}, v1::BOUND_AT_LEAST},
    {{"surpassing"}, v1::BOUND_AT_LEAST},
    {{"topped"}, v1::BOUND_AT_LEAST},
    {{"topping"}, v1::BOUND_AT_LEAST},
    {{"crossed"}, v1::BOUND_AT_LEAST},
    {{"crossing"}, v1::BOUND_AT_LEAST},
    {{"under"}, v1::BOUND_AT_MOST, true},
    {{"below"}, v1::BOUND_AT_MOST, true},
    {{"about"}, v1::BOUND_APPROXIMATE},
    {{"around"}, v1::BOUND_APPROXIMATE},
    {{"approximately"}, v1::BOUND_APPROXIMATE},
    {{"approx"}, v1::BOUND_APPROXIMATE},
    {{"roughly"}, v1::BOUND_APPROXIMATE},
    {{"nearly"}, v1::BOUND_APPROXIMATE},
    {{"almost"}, v1::BOUND_APPROXIMATE},
    {{"approaching"}, v1::BOUND_APPROXIMATE},
    {{"approaches"}, v1::BOUND_APPROXIMATE},
    {{"approached"}, v1::BOUND_APPROXIMATE},
    {{"circa"}, v1::BOUND_APPROXIMATE},
    {{"estimated"}, v1::BOUND_APPROXIMATE},
    {{"some"}, v1::BOUND_APPROXIMATE},
});

struct HanPhrase {
  std::u32string_view words;
  v1::Bound bound;
};

// The longer first where one ends (in front of a figure) or begins (behind it) like another.
constexpr auto kHanBefore = std::to_array<HanPhrase>({
    {U"不超过", v1::BOUND_AT_MOST},   {U"不低于", v1::BOUND_AT_LEAST},  {U"不少于", v1::BOUND_AT_LEAST},
    {U"不高于", v1::BOUND_AT_MOST},   {U"不多于", v1::BOUND_AT_MOST},   {U"差不多", v1::BOUND_APPROXIMATE},
    {U"超过", v1::BOUND_AT_LEAST},    {U"突破", v1::BOUND_AT_LEAST},    {U"高于", v1::BOUND_AT_LEAST},
    {U"多于", v1::BOUND_AT_LEAST},    {U"大于", v1::BOUND_AT_LEAST},    {U"至少", v1::BOUND_AT_LEAST},
    {U"最少", v1::BOUND_AT_LEAST},    {U"起码", v1::BOUND_AT_LEAST},    {U"大约", v1::BOUND_APPROXIMATE},
    {U"大概", v1::BOUND_APPROXIMATE}, {U"大致", v1::BOUND_APPROXIMATE}, {U"将近", v1::BOUND_APPROXIMATE},
    {U"接近", v1::BOUND_APPROXIMATE}, {U"几乎", v1::BOUND_APPROXIMATE}, {U"不到", v1::BOUND_AT_MOST},
    {U"不足", v1::BOUND_AT_MOST},     {U"低于", v1::BOUND_AT_MOST},     {U"少于", v1::BOUND_AT_MOST},
    {U"小于", v1::BOUND_AT_MOST},     {U"至多", v1::BOUND_AT_MOST},     {U"最多", v1::BOUND_AT_MOST},
    {U"约", v1::BOUND_APPROXIMATE},   {U"近", v1::BOUND_APPROXIMATE},   {U"超", v1::BOUND_AT_LEAST},
    {U"逾", v1::BOUND_AT_LEAST},
});

// Only in front of a unit without a number: 上百万, 过亿, 破千万.
constexpr auto kHanBeforeBareUnit =
    std::to_array<HanPhrase>({{U"上", v1::BOUND_AT_LEAST}, {U"过", v1::BOUND_AT_LEAST}, {U"破", v1::BOUND_AT_LEAST}});

constexpr auto kHanBehind = std::to_array<HanPhrase>({
    {U"及以上", v1::BOUND_AT_LEAST},
    {U"以上", v1::BOUND_AT_LEAST},
    {U"开外", v1::BOUND_AT_LEAST},
    {U"多", v1::BOUND_AT_LEAST},
    {U"左右", v1::BOUND_APPROXIMATE},
    {U"上下", v1::BOUND_APPROXIMATE},
    {U"以下", v1::BOUND_AT_MOST},
    {U"以内", v1::BOUND_AT_MOST},
    {U"之内", v1::BOUND_AT_MOST},
});

// A bound with the first token of its words.
struct Found {
  size_t first = 0;
  v1::Bound bound = v1::BOUND_EXACT;
};

bool EndsFigure(const TokenRow& t, size_t i) {
  const std::string_view word = t.Word(i);
  return t.IsNumber(i) || t.IsSign(i, '%') || t.Is(i, kRoleScale) || word == "percent" || word == "points" ||
         word == "bps";
}

// "scaled up to 3,200" reaches it; "authorised up to" may stay below.
bool IsVerbOfRising(const TokenRow& t, size_t i) {
  constexpr auto kVerbs = std::to_array<std::string_view>(
      {"scaled", "ramped", "stepped", "moved", "went", "came", "ticked", "bumped", "grew", "brought"});
  const std::string_view word = t.Word(i);
  return !word.empty() && std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end();
}

std::optional<Found> MatchEnglish(const TokenRow& t, size_t last, const EnglishPhrase& phrase) {
  size_t length = 0;
  while (length < kLongestPhrase && !phrase.words[length].empty()) {
    if (length > last || t.Word(last - length) != phrase.words[length]) return std::nullopt;
    ++length;
  }
  const size_t first = last + 1 - length;
  if (phrase.words[0] == "to" && phrase.words[1] == "up" && IsVerbOfRising(t, first - 1)) return std::nullopt;
  if (phrase.relative && first > 0 && EndsFigure(t, first - 1)) return std::nullopt;
  return Found{first, phrase.bound};
}

std::optional<Found> EnglishBefore(const TokenRow& t, size_t i) {
  if (i == 0) return std::nullopt;
  size_t last = i - 1;
  if ((t.Is(last, kRoleArticle) || t.Word(last) == "the") && last > 0) --last;
  if (!t.Is(last, kRoleBoundEnd)) return std::nullopt;
  for (const EnglishPhrase& phrase : kBefore) {
    if (const auto found = MatchEnglish(t, last, phrase)) return found;
  }
  return std::nullopt;
}

std::optional<Found> SignBefore(const TokenRow& t, size_t i) {
  if (t[i - 1].kind != TokenKind::kSign) return std::nullopt;
  switch (t[i - 1].symbol) {
    case '~':
    case U'≈':
      return Found{i - 1, v1::BOUND_APPROXIMATE};
    case '>':
    case U'≥':
      return Found{i - 1, v1::BOUND_AT_LEAST};
    case '<':
    case U'≤':
      return Found{i - 1, v1::BOUND_AT_MOST};
    default:
      return std::nullopt;
  }
}

std::optional<Found> HanBefore(const TokenRow& t, size_t i, bool bare_unit) {
  constexpr std::u32string_view kBetween = U"为是有了在达";
  if (!t.IsHan(i - 1)) return std::nullopt;
  for (const size_t last : {i, i - 1}) {
    for (const HanPhrase& phrase : kHanBefore) {
      if (t.MatchBefore(last, phrase.words)) return Found{last - phrase.words.size(), phrase.bound};
    }
    if (kBetween.find(t[i - 1].symbol) == kBetween.npos) break;
  }
  if (!bare_unit) return std::nullopt;
  for (const HanPhrase& phrase : kHanBeforeBareUnit) {
    if (t.MatchBefore(i, phrase.words)) return Found{i - phrase.words.size(), phrase.bound};
  }
  return std::nullopt;
}

std::optional<Found> Before(const TokenRow& t, size_t i, bool bare_unit) {
  if (i == 0) return std::nullopt;
  if (const auto found = SignBefore(t, i)) return found;
  if (const auto found = HanBefore(t, i, bare_unit)) return found;
  return EnglishBefore(t, i);
}

v1::Bound EnglishBehind(const TokenRow& t, size_t i) {
  if (t.IsSign(i, '+') && t.Attached(i)) return v1::BOUND_AT_LEAST;
  if (t.Word(i) == "plus" && !t.IsNumber(i + 1) && t[i + 1].kind != TokenKind::kSign) return v1::BOUND_AT_LEAST;
  if (t.IsSign(i, '-') && t.Word(i + 1) == "plus") return v1::BOUND_AT_LEAST;
  if (t.Word(i) == "at" && t.Word(i + 1) == "least") return v1::BOUND_AT_LEAST;
  if (t.Word(i) == "at" && t.Word(i + 1) == "most") return v1::BOUND_AT_MOST;
  if (t.Word(i) != "or" && t.Word(i) != "and") return v1::BOUND_EXACT;
  const std::string_view word = t.Word(i + 1);
  if (word == "above" ||
      (t.Word(i) == "or" && (word == "more" || word == "higher" || word == "greater" || word == "better"))) {
    return v1::BOUND_AT_LEAST;
  }
  if (word == "below" || (t.Word(i) == "or" && (word == "less" || word == "lower" || word == "fewer"))) {
    return v1::BOUND_AT_MOST;
  }
  return t.Word(i) == "or" && word == "so" ? v1::BOUND_APPROXIMATE : v1::BOUND_EXACT;
}

v1::Bound Behind(const TokenRow& t, size_t i) {
  if (!t.IsHan(i)) return EnglishBehind(t, i);
  for (const HanPhrase& phrase : kHanBehind) {
    if (t.Match(i, phrase.words)) return phrase.bound;
  }
  return v1::BOUND_EXACT;
}

bool IsBareUnitFigure(const TokenRow& t, const Figure& figure) {
  const char32_t c = t[figure.number_first].symbol;
  return c == U'百' || c == U'千' || c == U'万' || c == U'亿';
}

}  // namespace

v1::Bound FindBound(const TokenRow& t, const Figure& figure) {
  v1::Bound behind = Behind(t, figure.last);
  // "15-plus percent": between the number and its unit.
  if (behind == v1::BOUND_EXACT && !figure.idiom && !figure.high) behind = EnglishBehind(t, figure.number.last);
  if (figure.bound == v1::BOUND_RANGE) return v1::BOUND_RANGE;
  if (figure.high) return behind == v1::BOUND_AT_LEAST ? behind : v1::BOUND_RANGE;
  if (behind != v1::BOUND_EXACT) return behind;
  if (figure.bound != v1::BOUND_EXACT) return figure.bound;
  const auto before = Before(t, figure.first, IsBareUnitFigure(t, figure));
  return before ? before->bound : v1::BOUND_EXACT;
}

size_t SkipBoundBefore(const TokenRow& t, size_t i) {
  const auto before = Before(t, i, true);
  return before ? before->first : i;
}

}  // namespace earshot::quantity
