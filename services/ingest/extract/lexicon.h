// The words that say how a figure hangs on its metric: verbs, prepositions, comparisons, hints at plans and reasons.
// Language knowledge only: what a company or a metric is called is in the catalogue. Internal to the library.
#pragma once

#include <string_view>
#include <vector>

#include "common/catalog/phrase_matcher.h"

namespace earshot::extract {

enum class Cue {
  kGlue,     // articles, pronouns, adverbs, plain adjectives: says nothing
  kBe,       // "was", "reached", 达到: the figure is the metric's
  kSpend,    // "spent", 花了: the figure is of what money goes into
  kOf,       // "of"
  kIn,       // "in", "for", "on", "at"
  kTo,       // "to", 至: the level behind a change
  kFrom,     // "from", 从
  kBy,       // "by"
  kAnd,      // "and", "both", 和
  kBoth,     // "both", "each"
  kOr,       // "or"
  kBut,      // "but"
  kWhich,    // "which"
  kUp,       // "increased", "growth", 增长
  kDown,     // "decreased", "reduction", 下降
  kRate,     // "growth rate", 增速: what follows is the growth itself
  kCompare,  // "compared to", "versus"
  kYearOverYear,
  kQuarterOverQuarter,
  kShareOf,      // "accounted for", 占
  kMargin,       // "margin", 率
  kReason,       // "driven by", "due to": another thought begins
  kExclude,      // "excluding"
  kLikeForLike,  // "organic", "like-for-like"
  kConstantCurrency,
  kAdjusted,    // "adjusted", "excluding items"
  kClause,      // "while", "whereas": another clause begins
  kExpect,      // "expect", "guidance", 预计
  kWill,        // "will", 将
  kPlan,        // "plan", "commitment", 计划
  kMight,       // "could", "if", 如果: nothing has been said
  kNot,         // "not", 没有
  kLoss,        // "loss", 亏损, "outflow"
  kNarrow,      // "narrowed", 收窄
  kWiden,       // "widened", 扩大
  kAccelerate,  // "accelerated", 加速
  kDecelerate,  // "slowed", 放缓
  kStable,      // "stable", 稳定
  kBreakEven,   // "break-even", 盈亏平衡
  kNear,        // "approaching", "close to", 接近
  kAchieve,     // "achieved", "turned", 实现
  kProfitable,  // "profitable", 盈利
  kGoal,        // "goal of", "path to", "how to": no fact
  kRecord,      // "highest", "largest", "more than", 最大, 超过
  kIt,          // "it", "its": the segment before
  kGroup,       // "company", "consolidated": the whole
  kSorry,       // "pardon me", "sorry", "correction", 更正
};

struct CueMatch {
  size_t begin = 0;
  size_t end = 0;
  Cue cue = Cue::kGlue;
};

// In order, without overlap; the longest phrase where several fit. Linear, thread-safe.
std::vector<CueMatch> FindCues(std::string_view text);

}  // namespace earshot::extract
