#include "services/ingest/extract/lexicon.h"

#include <initializer_list>

namespace earshot::extract {
namespace {

struct CueWords {
  Cue cue;
  std::initializer_list<const char*> words;
};

// clang-format off
const std::initializer_list<CueWords>& CueTable() {
  static const std::initializer_list<CueWords> table = {
      {Cue::kBe, {"was", "were", "is", "are", "be", "been", "being", "came in at", "came in", "come in at", "coming in at", "totaled", "totaling", "totalled",
                  "reached", "reach", "reaching", "amounted to", "amounting to", "stood at", "hit", "surpassed", "surpassing", "exceeded", "exceeding", "exceed", "recorded",
                  "delivered", "generated", "generating", "reported", "posted", "produced", "has", "have", "had", "passed", "topped", "crossed", "came to", "comes to", "went up to", "went down to", "moved up to", "kept its", "keeps its", "continued its", "continues its", "continued our", "maintained", "maintaining",
                  "sustaining", "sustained", "remained", "remains", "ended the quarter with", "ended the quarter at", "finished at", "finished with",
                  "ramped up to", "conducted", "totals", "equates to", "equating to", "resulting in", "resulted in", "landed at", "earned", "raised", "raising", "contributing to",
                  "为", "是", "达到", "达到了", "达", "突破", "已超过", "已经超过", "超过", "超过了", "有", "录得", "达成", "整体突破", "总计", "合计", "做了", "还有", "只有"}},
      {Cue::kSpend, {"deploy", "deployed", "spent", "have spent", "has spent", "花了", "已经花了", "花掉了", "花掉"}},
      {Cue::kOf, {"of", "totaling of"}},
      {Cue::kIn, {"in", "for", "on", "at", "接入", "within", "across", "into", "during", "under", "在", "at a rate of"}},
      {Cue::kTo, {"to", "至", "到", "to a level of"}},
      {Cue::kFrom, {"from", "从", "来自", "来自于"}},
      {Cue::kBy, {"by", "with"}},
      {Cue::kAnd, {"and", "和", "及", "以及", "跟", "as well as", "&", "with", "plus"}},
      {Cue::kBoth, {"both", "each", "respectively", "均", "都", "分别"}},
      {Cue::kOr, {"or", "或", "or approximately", "or about"}},
      {Cue::kBut, {"but", "yet", "但", "但是"}},
      {Cue::kWhich, {"which", "that", "who"}},
      {Cue::kUp, {"increase", "increased", "increasing", "increases", "grew", "grow", "grown", "growing", "growth", "rose", "rise", "rising", "risen", "up", "higher", "improved",
                  "improve", "improving", "improvement", "expanded", "expansion", "climbed", "gained", "jumped", "jump", "surged", "soared", "advanced", "was up", "were up",
                  "uptick", "upswing", "more than doubled to", "greater", "higher than", "greater than", "激增",
                  "增长", "增长了", "同比增长", "上升", "提升", "提高", "增加", "增加了", "上涨", "涨幅", "增幅", "改善", "年对年增长"}},
      {Cue::kDown, {"decrease", "decreased", "decreasing", "decreases", "declined", "decline", "declining", "declines", "down", "fell", "fall", "falling", "lower", "reduced", "reduce",
                    "reduction", "dropped", "drop", "dropping", "shrank", "contracted", "contraction", "was down", "were down", "lower than", "less than the prior",
                    "下降", "下降了", "同比下降", "下滑", "减少", "减少了", "降低", "下跌", "降幅", "reduce了"}},
      {Cue::kRate, {"growth rate", "rate of growth", "growth rates", "增速", "增长率", "增长速度"}},
      {Cue::kCompare, {"compared to", "compared with", "as compared to", "as compared with", "versus", "vs", "against", "relative to", "in comparison to", "compares to", "compares with",
                       "comparing to", "compared", "对比", "相比", "相较", "较", "比"}},
      {Cue::kYearOverYear, {"year over year", "year on year", "yoy", "y o y", "year over year basis", "on a year over year basis", "from a year ago", "from the year ago", "over the prior year",
                            "over prior year", "over last year", "from last year", "from the prior year", "from prior year", "versus last year", "versus the prior year",
                            "versus prior year", "compared to last year", "compared to the prior year", "compared to prior year", "compared with last year",
                            "compared with the prior year", "compared to a year ago", "over the year ago period", "over the same period last year",
                            "than a year ago", "than last year", "than the prior year", "from the prior year period", "over the prior year quarter", "from the prior year quarter",
                            "compared to the prior year quarter", "compared to the prior year period", "compared to the same quarter last year", "compared to the same quarter of last year",
                            "compared to the same period last year", "compared with the same period last year", "versus the same period last year",
                            "versus the year ago quarter", "versus the prior year quarter", "同比", "年对年", "较去年同期", "比去年同期", "对比去年同期"}},
      {Cue::kQuarterOverQuarter, {"quarter over quarter", "quarter on quarter", "qoq", "sequentially", "sequential", "on a sequential basis", "from last quarter",
                                  "from the prior quarter", "from the previous quarter", "compared to the prior quarter", "compared to the previous quarter",
                                  "compared to last quarter", "over last quarter", "over the prior quarter", "versus last quarter", "versus the prior quarter", "环比", "较上季度", "比上季度"}},
      {Cue::kShareOf, {"accounted for", "accounting for", "accounts for", "account for", "represented", "represents", "representing", "made up", "makes up", "comprised", "comprises", "as a percentage of",
                       "as a percent of", "占", "占比", "占到", "占了"}},
      {Cue::kMargin, {"margin", "margins", "率"}},
      {Cue::kReason, {"driven by", "due to", "primarily due to", "mainly due to", "attributable to", "attributed to", "primarily attributable to", "reflecting", "reflected", "reflects", "thanks to", "as a result of",
                      "because", "because of", "on the back of", "fueled by", "offset by", "partially offset", "partly offset", "supported by", "led by", "including", "includes", "include",
                      "included", "resulting from", "related to", "associated with", "benefiting from", "excludes", "aided by", "helped by", "despite", "given",
                      "stemming from", "consisting of", "comprised of", "through a combination of", "主要由于", "由于", "因为", "得益于", "受益于", "带动", "源于", "来源于"}},
      {Cue::kExclude, {"excluding", "exclusive of", "net of", "剔除", "不包括", "不含", "扣除"}},
      {Cue::kLikeForLike, {"organic", "organically", "like for like", "like for like basis", "on a like for like basis", "on an organic basis", "comparable basis", "on a comparable basis", "同口径", "可比口径"}},
      {Cue::kConstantCurrency, {"constant currency", "constant currencies", "in constant currency", "on a constant currency basis", "constant exchange rates", "currency neutral", "on a currency neutral basis", "in local currency", "in local currencies",
                                "fx neutral", "excluding currency", "excluding the impact of currency", "excluding the impact of foreign exchange", "excluding foreign exchange", "按固定汇率", "固定汇率"}},
      {Cue::kAdjusted, {"adjusted", "on an adjusted basis", "as adjusted", "adjusted basis", "non gaap", "on a non gaap basis", "excluding items", "excluding special items", "excluding these items", "excluding notable items",
                        "excluding one time items", "excluding certain items", "before special items"}},
      {Cue::kClause, {"while", "whereas", "although", "though", "meanwhile", "however", "whilst", "同时", "然后", "而"}},
      {Cue::kExpect, {"expect", "expects", "expecting", "expected to", "is expected", "are expected", "we expected to", "anticipate", "anticipates", "anticipating", "anticipated to", "guidance", "outlook", "forecast", "forecasting", "projecting",
                      "projected", "estimate", "estimated to", "looking ahead", "going forward", "we now see", "target", "targeting", "likely", "should be", "on track to",
                      "would expect", "looking at", "aim to", "aiming to", "working towards", "intend", "we are confident", "guiding", "guide", "in the range of", "预计", "预期", "展望", "有信心", "目标", "往未来看", "预判"}},
      {Cue::kWill, {"will", "will be", "can be", "we'll", "shall", "'ll", "将", "将会", "会", "未来"}},
      {Cue::kPlan, {"plan", "plans", "planned", "planning", "commitment", "committed", "commit", "budget", "budgeted", "set to", "announced an investment", "announced plans", "authorized", "计划", "承诺", "预算", "要投入", "投资计划"}},
      {Cue::kMight, {"if", "could", "might", "may", "suppose", "assuming", "would be", "potentially", "hypothetically", "如果", "假如", "假设", "有可能", "是否", "会不会", "能不能", "是不是"}},
      {Cue::kNot, {"not", "no", "never", "without any", "没有", "并没有", "不会", "没"}},
      {Cue::kLoss, {"loss", "losses", "loss of", "a loss of", "outflow", "outflow of", "an outflow of", "net outflow of", "deficit", "deficit of", "亏损", "亏损额", "流出", "净流出", "negative"}},
      {Cue::kNarrow, {"narrowed", "narrow", "narrowing", "narrower", "收窄", "减亏", "缩小", "收敛"}},
      {Cue::kWiden, {"widened", "widen", "widening", "wider", "扩大", "增亏"}},
      {Cue::kAccelerate, {"accelerate", "accelerated", "accelerates", "accelerating", "acceleration", "加速", "提速", "加快"}},
      {Cue::kDecelerate, {"decelerate", "decelerated", "decelerating", "deceleration", "slowed", "slow", "slowing", "slowdown", "moderated", "放缓", "减速", "放慢"}},
      {Cue::kStable, {"stable", "stabilized", "stabilizing", "stabilize", "flat", "unchanged", "relatively even", "more or less equal", "稳定", "趋于稳定", "持平", "平稳", "相对平均"}},
      {Cue::kBreakEven, {"break even", "breakeven", "broke even", "breaking even", "盈亏平衡", "收支平衡"}},
      {Cue::kNear, {"approaching", "approached", "approaches", "near", "nearing", "close to", "nearly", "almost", "接近", "接近于", "近乎"}},
      {Cue::kAchieve, {"achieved", "achieve", "achieves", "achieving", "turned", "turn", "became", "become", "turning", "reach", "delivered its first", "returned to", "return to", "实现", "实现了", "转为", "取得"}},
      {Cue::kProfitable, {"profitable", "profit making", "into profit", "in the black", "扭亏", "转盈", "扭亏为盈"}},
      {Cue::kGoal, {"goal of", "path to", "pathway to", "path toward", "the road to", "how", "why", "whether", "drive", "driving", "driver", "drivers", "focus on", "focusing on", "focused on", "路径", "驱动因素", "影响"}},
      {Cue::kRecord, {"highest", "largest", "heaviest", "biggest", "more than we", "record high", "to exceed", "exceed what", "than we did", "than we have", "more than the past", "more than the last", "最大", "最高", "历史上最大", "最集中"}},
      {Cue::kIt, {"it", "its", "它", "其"}},
      {Cue::kGroup, {"company's", "the company", "consolidated", "group wide", "company wide", "整个集团", "集团"}},
      {Cue::kSorry, {"pardon me", "excuse me", "i'm sorry", "sorry", "i mean", "or rather", "make that", "correction", "let me correct", "i misspoke", "我纠正一下", "更正", "不好意思", "口误", "纠正"}},
      {Cue::kGlue, {"the", "a", "an", "our", "their", "this", "these", "those", "such", "we", "i", "you", "us", "there", "here", "as", "when", "also", "again", "now", "then", "so", "just", "only", "very",
                    "further", "continued", "continues", "continue", "continuing", "continued to", "continue to", "continues to", "has been", "have been", "had been", "would have", "would have been", "over", "more than", "approximately",
                    "about", "around", "roughly", "almost", "nearly", "at least", "some", "up to", "up to a maximum of", "less than", "well over", "slightly", "just over", "just under", "in excess of",
                    "strong", "robust", "solid", "record", "total", "overall", "net", "quarterly", "annual", "annualized", "reported", "gaap", "diluted", "basic", "full", "significant", "significantly",
                    "substantial", "substantially", "relatively", "rapid", "rapidly", "rapid growth", "low", "mid", "high", "new", "average", "adjusted for", "combined", "corresponding", "positive", "healthy", "still", "even", "another", "cumulative",
                    "cumulatively", "incremental", "all", "interests", "interest", "stake", "another", "basis", "position", "level", "balance", "group", "business", "businesses", "segment", "segments", "program", "worth", "per", "already", "alone", "period", "decade", "overall basis", "roughly in line", "in line with", "than", "after", "through", "until",
                    "quarter", "year", "month", "months", "years", "quarters", "fiscal", "and then", "a total of", "total of", "by approximately", "faster", "double", "tax", "result", "results", "end", "end of",
                    "的", "了", "已", "已经", "我们", "这个", "那个", "一个", "这样", "这样的", "大概", "大约", "差不多", "左右", "以上", "以下", "近", "约", "接近", "共", "总共", "总体", "整体", "整个", "现在", "目前", "其实", "还", "也", "很", "非常", "持续", "持续的", "同", "其中", "就", "对", "地", "得", "那", "这",
                    "连续", "季度", "保持", "保持了", "当时", "把", "数", "规模", "累计", "在内", "方面", "最终", "最终的", "当中", "一般", "明显", "明显的", "显著", "显著的", "above", "below", "新增"}},
  };
  return table;
}
// clang-format on

// Built once; cues by the id of the phrase.
const catalog::PhraseMatcher& CueMatcher() {
  static const catalog::PhraseMatcher matcher = [] {
    catalog::PhraseMatcher built;
    for (const CueWords& entry : CueTable()) {
      for (const char* word : entry.words) built.Add(word, static_cast<int>(entry.cue));
    }
    built.Build();
    return built;
  }();
  return matcher;
}

}  // namespace

std::vector<CueMatch> FindCues(std::string_view text) {
  std::vector<CueMatch> cues;
  for (const catalog::PhraseMatch& match : CueMatcher().Find(text)) {
    cues.push_back({match.begin, match.end, static_cast<Cue>(match.id)});
  }
  return cues;
}

}  // namespace earshot::extract
