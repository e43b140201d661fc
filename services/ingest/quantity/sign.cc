#include "services/ingest/quantity/sign.h"

#include <algorithm>
#include <array>

#include "services/ingest/quantity/bound.h"

namespace earshot::quantity {
namespace {

constexpr size_t kFarthest = 10;  // tokens

// "A loss of 5 billion" leaves the currency out.
bool MayBeMoney(const Figure& figure) {
  return figure.kind == UnitKind::kMoney || (figure.kind == UnitKind::kNone && figure.number.scaled && !figure.counted);
}

// ---- English, in front

bool IsAdverb(const TokenRow& t, size_t i) { return t.IsWord(i) && t.Bytes(i).ends_with("ly"); }

bool IsYearOverYear(const TokenRow& t, size_t i) {
  return t.Is(i, kRoleModifier) || (t.IsSign(i, '-') && t.Attached(i) && t.Attached(i + 1));
}

// "a reduction in share count of": what was reduced stands between.
bool IsReductionOf(const TokenRow& t, size_t of) {
  constexpr size_t kLongestNoun = 5;
  if (t.Word(of) != "of") return false;
  for (size_t at = of; at > 1 && of - at < kLongestNoun && t.IsWord(at); --at) {
    if (t.Word(at - 1) == "in") return t.Is(at - 2, kRoleLess);
  }
  return false;
}

// "decreased (year over year) (by) (approximately)" directly before; behind "by" a few other words may stand between:
// "reduced net debt by".
SignCue DecreaseBefore(const TokenRow& t, size_t first) {
  size_t at = SkipBoundBefore(t, first);
  // "fell below 5%": a level.
  if (at != first && (t.Word(first - 1) == "below" || t.Word(first - 1) == "above" || t.Word(first - 1) == "under")) {
    return SignCue::kNone;
  }
  bool by = false;
  int others = 0;
  if (at > 0 && IsReductionOf(t, at - 1)) return SignCue::kDecrease;
  for (size_t steps = 0; at > 0 && steps < kFarthest; ++steps) {
    --at;
    const std::string_view word = t.Word(at);
    if (word == "negative" || word == "minus") return steps == 0 ? SignCue::kMinus : SignCue::kNone;
    if (t.Is(at, kRoleDecrease)) return SignCue::kDecrease;
    if (t.Is(at, kRoleIncrease) || word == "to" || word == "from" || word == "at") return SignCue::kNone;
    by |= word == "by";
    const bool passes = t.Is(at, kRoleFiller) || IsAdverb(t, at) || IsYearOverYear(t, at);
    if (passes) continue;
    if (!by || !t.IsWord(at) || ++others > 3) return SignCue::kNone;
  }
  return SignCue::kNone;
}

bool IsRealLoss(const TokenRow& t, size_t at) { return !t.Is(at + 1, kRoleNoLoss) && !t.Is(at - 1, kRoleNoLoss); }

// "a (net) loss (for the quarter) (of | was | narrowed to | per share of)".
SignCue LossBefore(const TokenRow& t, size_t first) {
  constexpr auto kStops = std::to_array<std::string_view>({"by", "compared", "versus", "than", "or", "with", "from"});
  size_t at = SkipBoundBefore(t, first);
  int others = 0;
  for (size_t steps = 0; at > 0 && steps < kFarthest; ++steps) {
    --at;
    if (t.Is(at, kRoleLoss)) return IsRealLoss(t, at) ? SignCue::kLoss : SignCue::kNone;
    if (!t.IsWord(at) || t.Is(at, kRoleModifier & ~kRoleFiller)) {
      const bool passes = t.Is(at, kRoleLink | kRoleFiller);
      if (!passes) return SignCue::kNone;
    }
    if (std::find(kStops.begin(), kStops.end(), t.Word(at)) != kStops.end()) return SignCue::kNone;
    if (!t.Is(at, kRoleLink | kRoleFiller) && ++others > 2) return SignCue::kNone;
  }
  return SignCue::kNone;
}

// ---- English, behind: "a 2% net reduction", "a 9% year-over-year decline", "$5 million lower"

SignCue EnglishCueBehind(const TokenRow& t, const Figure& figure) {
  for (size_t at = figure.last; at < figure.last + kFarthest; ++at) {
    if (t.Is(at, kRoleLess)) {
      if (!t.Is(at, kRoleLoss)) return SignCue::kDecrease;
      return MayBeMoney(figure) && IsRealLoss(t, at) ? SignCue::kLoss : SignCue::kNone;
    }
    if (!IsYearOverYear(t, at)) return SignCue::kNone;
  }
  return SignCue::kNone;
}

// ---- Chinese

constexpr auto kHanDecreases =
    std::to_array<std::u32string_view>({U"下降", U"下滑", U"减少", U"下跌", U"降低", U"缩减", U"萎缩", U"收缩", U"下调",
                                        U"回落", U"负增长", U"降幅", U"跌幅", U"减亏", U"下挫"});
constexpr auto kHanLosses = std::to_array<std::u32string_view>({U"亏损", U"流出", U"赤字"});

template <size_t N>
bool EndsWithAny(const TokenRow& t, size_t i, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return t.MatchBefore(i, word); });
}

template <size_t N>
bool BeginsWithAny(const TokenRow& t, size_t i, const std::array<std::u32string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return t.Match(i, word); });
}

SignCue HanCueBefore(const TokenRow& t, const Figure& figure) {
  constexpr std::u32string_view kBetween = U"了约近超过大概差不多将接达为是额有在的";
  constexpr std::u32string_view kBetweenLoss = U"收窄扩缩小至到";
  const bool money = figure.kind == UnitKind::kMoney || figure.kind == UnitKind::kNone;
  bool level = false;
  for (size_t at = figure.first, steps = 0; at > 0 && steps < kFarthest; --at, ++steps) {
    if (!level && EndsWithAny(t, at, kHanDecreases)) return SignCue::kDecrease;
    if (EndsWithAny(t, at, kHanLosses)) return money ? SignCue::kLoss : SignCue::kNone;
    const char32_t c = t[at - 1].symbol;
    // 已经 reduce 了 5%
    if (!t.IsHan(at - 1)) return t.Is(at - 1, kRoleDecrease) ? SignCue::kDecrease : SignCue::kNone;
    if (kBetweenLoss.find(c) != kBetweenLoss.npos) {
      level = true;
    } else if (kBetween.find(c) == kBetween.npos) {
      return SignCue::kNone;
    }
  }
  return SignCue::kNone;
}

SignCue HanCueBehind(const TokenRow& t, const Figure& figure) {
  size_t at = figure.last;
  for (const std::u32string_view bound : {U"左右", U"以上", U"以下"}) {
    if (t.Match(at, bound)) at += bound.size();
  }
  if (t[at].symbol != U'的') return SignCue::kNone;
  ++at;
  for (const std::u32string_view between : {U"同比", U"环比", U"净"}) {
    if (t.Match(at, between)) at += between.size();
  }
  if (BeginsWithAny(t, at, kHanDecreases)) return SignCue::kDecrease;
  const bool money = figure.kind == UnitKind::kMoney || figure.kind == UnitKind::kNone;
  return money && BeginsWithAny(t, at, kHanLosses) ? SignCue::kLoss : SignCue::kNone;
}

}  // namespace

SignCue FindSignCue(const TokenRow& tokens, const Figure& figure) {
  if (figure.negative) return SignCue::kNone;
  if (figure.idiom && figure.kind == UnitKind::kTimes) return SignCue::kNone;
  if (tokens.IsHan(figure.first - 1)) {
    if (const SignCue cue = HanCueBefore(tokens, figure); cue != SignCue::kNone) return cue;
  } else {
    if (const SignCue cue = DecreaseBefore(tokens, figure.first); cue != SignCue::kNone) return cue;
    if (MayBeMoney(figure)) {
      if (const SignCue cue = LossBefore(tokens, figure.first); cue != SignCue::kNone) return cue;
    }
  }
  return tokens.IsHan(figure.last) ? HanCueBehind(tokens, figure) : EnglishCueBehind(tokens, figure);
}

}  // namespace earshot::quantity
