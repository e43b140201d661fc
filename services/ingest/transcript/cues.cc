#include "services/ingest/transcript/cues.h"

#include <initializer_list>

#include "common/text/sentences.h"
#include "fmt/format.h"
#include "re2/re2.h"

namespace earshot::transcript {
namespace {

// Case ignored. Lives as long as the process.
const RE2& AnyOf(std::initializer_list<std::string_view> alternatives) {
  return *new RE2(fmt::format("(?i)(?:{})", fmt::join(alternatives, "|")));
}

bool Contains(std::string_view text, const RE2& pattern) { return RE2::PartialMatch(text, pattern); }

// The last `count` sentences.
std::string_view Ending(std::string_view text, size_t count = 2) {
  const auto sentences = SplitSentences(text);
  if (sentences.size() <= count) return text;
  return text.substr(sentences[sentences.size() - count].begin);
}

std::string_view Beginning(std::string_view text) { return text.substr(0, 160); }

}  // namespace

std::string_view FindSelfIntroduction(std::string_view text) {
  static const RE2& kPattern =
      *new RE2("(?:[Tt]his is|我是) ?(\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+){0,2}| ?\\p{Han}{2,4})");
  re2::StringPiece name;
  if (!RE2::PartialMatch(Beginning(text), kPattern, &name)) return {};
  return {name.data(), name.size()};
}

std::string_view FindThanksTo(std::string_view text) {
  static const RE2& kPattern = *new RE2(
      "^(?i:(?:okay|ok|great|all right|good|well),? )?(?i:thank you|thanks)(?i: very much| so much)?,? "
      "(\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+){0,2})[,.!]|^(?:谢谢|感谢)[,\\x{FF0C} ]*(\\p{Lu}[\\p{L}]+)");
  re2::StringPiece english;
  re2::StringPiece chinese;
  if (!RE2::PartialMatch(text, kPattern, &english, &chinese)) return {};
  return english.empty() ? std::string_view(chinese.data(), chinese.size())
                         : std::string_view(english.data(), english.size());
}

std::string_view FindCalledUpon(std::string_view text) {
  static const RE2& kPattern = *new RE2(
      "^(?:(?i:and|now|so|okay|ok|with that),? )*(?:"
      "(?i:over to you),? (\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+){0,2})"
      "|(\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+){0,2}),? "
      "(?i:please(?:,? go ahead)?|go ahead(?:,? please)?|over to you|the floor is yours)"
      ")[.!]?$");
  re2::StringPiece after;
  re2::StringPiece before;
  if (!RE2::PartialMatch(Ending(text, 1), kPattern, &after, &before)) return {};
  const re2::StringPiece name = after.empty() ? before : after;
  return {name.data(), name.size()};
}

bool SoundsLikeOperator(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "listen[- ]only",
      "\\bpress (?:the )?(?:star|\\*)",
      "you may (?:now )?disconnect",
      "operator instructions",
      "thank you for standing by",
      "^(?:your|our|the) (?:first|next|last|final) question (?:comes|is) from",
      "that (?:does )?concludes? (?:our|the|today's) conference",
      "按星号键",
      "只听模式",
  });
  return Contains(text, kPattern);
}

bool InstructsToAsk(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "\\bpress (?:the )?(?:star|\\*)",
      "operator instructions",
      "if you (?:wish|would like) to ask a question",
      "按星号键",
  });
  return Contains(text, kPattern);
}

bool CallsForQuestion(std::string_view text) {
  constexpr size_t kLongestCall = 120;
  static const RE2& kPattern = AnyOf({
      "\\b(?:next|first|last|final) (?:question|caller)",
      "(?:下一个|最后一个|第一个)问题",
  });
  return text.size() <= kLongestCall && Contains(text, kPattern);
}

bool SoundsLikeIntroduction(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "\\bwelcome (?:to|everyone)",
      "\\bgood (?:morning|afternoon|evening|day)\\b",
      "\\bwith (?:me|us) (?:today|on|are|is)",
      "\\bjoining (?:me|us)\\b",
      "\\bwebcast",
      "\\breplay\\b",
      "press release",
      "our website",
      "\\bthank you for (?:joining|standing)",
      "slide presentation",
      "今天参加",
      "欢迎(?:参加|各位)",
  });
  return Contains(text, kPattern);
}

bool IsSafeHarbor(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "forward[- ]looking (?:statement|information|comment|remark)",
      "safe harbou?r",
      "differ materially",
      "risks and uncertainties",
      "前瞻性",
      "安全港",
  });
  return Contains(text, kPattern);
}

bool SoundsLikeSafeHarbor(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "\\bnon-gaap\\b.{0,120}(?:measure|basis|reconcil)",
      "reconciliations?\\b.{0,40}(?:gaap|measure)",
      "\\b10-[kq]\\b",
      "securities and exchange commission",
      "undertakes? no obligation",
      "no obligation to update",
      "(?:discussions?|statements?|comments|remarks) (?:today )?(?:may|will) (?:contain|include)",
  });
  return IsSafeHarbor(text) || Contains(text, kPattern);
}

bool OpensQuestions(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "\\bopen(?:ing)?\\b.{0,30}\\b(?:to|for|up)\\b.{0,25}(?:questions?|q ?& ?a)\\b",
      "(?:ready|happy|glad|pleased|now) to (?:take|answer|address|respond to)\\b.{0,30}questions?",
      "\\btake (?:your|any|some|a few)?\\b.{0,15}questions",
      "(?:begin|start|to)\\b.{0,20}(?:q ?& ?a|question[- ]and[- ]answer)",
      "end of (?:our|my|the|today's) prepared",
      "concludes? (?:our|my|the) prepared",
      "\\bto the operator\\b",
      "开始提问",
      "问答环节",
  });
  static const RE2& kLater = AnyOf({
      "\\b(?:following|after)\\b.{0,30}(?:remarks|comments|presentation|statement)",
      "\\bat the end of",
      "\\blater\\b",
  });
  const std::string_view ending = Ending(text);
  return Contains(ending, kPattern) && !Contains(ending, kLater);
}

bool ClosesCall(std::string_view text) {
  constexpr size_t kLongestFarewell = 700;
  static const RE2& kPattern = AnyOf({
      "\\b(?:that|this) (?:does |will )?(?:conclude|wrap|end|bring)s?\\b[^.]{0,40}(?:call|conference|q ?& ?a)",
      "\\b(?:that|this) (?:does |will )?(?:conclude|wrap|end|bring)s?\\b[^.]{0,40}(?:session|webcast|meeting|today)",
      "\\bthank(?:s| you)\\b[^.]{0,20} for (?:joining|participating|attending)",
      "\\bthank(?:s| you)\\b[^.]{0,20} for your (?:time|participation|interest|attention)",
      "you may (?:now )?disconnect",
      "(?:speak|talk)(?:ing)?(?: to| with)? you\\b.{0,12} (?:soon|next|again)",
      "会议?(?:到此|就此)?结束",
      "感谢(?:大家|各位)的?(?:参与|参加)",
  });
  return text.size() <= kLongestFarewell && Contains(text, kPattern);
}

bool IsPlaceholder(std::string_view text) {
  static const RE2& kPattern = *new RE2(
      "(?i)\\s*[\\[(\\x{FF08}【](?:speaking |speaks )?(?:in )?(?:a )?"
      "(?:foreign language|non-english[^\\])]*|chinese|mandarin|inaudible|外语)"
      "[\\])\\x{FF09}】]\\s*[.。]?\\s*");
  return RE2::FullMatch(text, kPattern);
}

bool IsAcknowledgement(std::string_view text) {
  constexpr size_t kLongestAcknowledgement = 60;
  static const RE2& kPattern = *new RE2(
      "(?i)(?:okay|ok|great|got it|thank you|thanks|very clear|clear|sure|yes|right|all|much|so|very|that's|helpful|"
      "management|谢谢|好的?|明白|[ ,.!\\x{FF0C}。\\x{FF01}])+");
  return text.size() <= kLongestAcknowledgement && RE2::FullMatch(text, kPattern);
}

bool SoundsLikeQuestion(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "\\bmy (?:(?:first|second|third|next|last|other) )?(?:questions?|one)\\b",
      "\\bi(?:'d| would)? (?:like|love|want|wanted)? ?to ask\\b",
      "\\bi(?:'m| am| was) wondering",
      "\\btak(?:e|ing) (?:my|our) questions?",
      "\\bfor the opportunity",
      "\\b(?:could|can|would) (?:you|management)\\b.*\\?",
      "\\bi have (?:a|one|two|three) (?:\\w+ )?questions?",
      "我的(?:第.个)?(?:问题|提问)",
      "我(?:这边)?(?:想|要)?请?(?:问|提)",
      "请问|想问|接受我的|提问的?机会",
      "第.个问题是(?:关于|想)",
  });
  return Contains(text, kPattern) || text.ends_with('?') || text.ends_with("\uFF1F");
}

bool BeginsLikeAnswer(std::string_view text) {
  // Fillers may stand in front of each.
  static const RE2& kEnglish =
      AnyOf({fmt::format("^(?:(?:okay|ok|well|sure|yes|great|right|indeed|thank you|thanks|so|very much|again|al(?:l "
                         ")?right)[,. ]+)*(?:{})",
                         fmt::join(
                             std::initializer_list<std::string_view>{
                                 "for (?:your|the|those|that|these) (?:\\w+ )?questions?",
                                 "let me (?:take|answer|address|begin|start|respond|add)",
                                 "i(?:'ll| will) (?:take|answer|address|start)",
                                 "this is \\w+[.,]",
                                 "(?:there|those) (?:were|are) (?:really |quite |some |a )",
                                 "perhaps ",
                                 "your (?:first|second|other) question",
                                 "on (?:the|your) (?:first|second|other)",
                             },
                             "|"))});
  static const RE2& kChinese =
      AnyOf({fmt::format("^(?:(?:好的?|嗯|对|行|okay|ok)[,\\x{{FF0C}}. 。]*){{0,3}}(?:[a-z]+[,\\x{{FF0C}} ]+)?(?:{})",
                         fmt::join(
                             std::initializer_list<std::string_view>{
                                 "(?:谢谢|感谢)[。,\\x{FF0C} ]*(?:你|您)们?[的提]",
                                 "(?:你|您)们?(?:刚才)?(?:提|说|问|的|这个|那个|这些)",
                                 "我(?:先|再)?来?(?:先|再)?(?:回答|补充|分享|讲|说)",
                             },
                             "|")),
             "^好的[,\\x{FF0C} ]"});
  return Contains(text, kEnglish) || Contains(text, kChinese);
}

bool EndsLikeQuestion(std::string_view text) {
  static const RE2& kPattern = AnyOf({
      "[?\\x{FF1F}]\\s*$",
      "\\b(?:thank you(?: so much| very much)?|thanks)\\.?\\s*$",
      "谢谢(?:您|你|管理层)?[。.!\\x{FF01}]?\\s*$",
  });
  return Contains(text, kPattern);
}

std::optional<size_t> FindAnswerBehindQuestion(std::string_view text) {
  static const RE2& kChinese = *new RE2(
      "[。.?!\\x{FF1F}\\x{FF01}]\\s*((?:好的?[,\\x{FF0C} ]*)?(?:谢谢|感谢)?[。,\\x{FF0C} ]*(?:你|您)提?"
      "(?:的|这个|那个|这些)*(?:很好的)?问题)");
  static const RE2& kEnglish =
      *new RE2("[.?!]\\s*((?:Okay, |Well, )?[Tt]hanks? (?:you )?for (?:your|those|the|that) questions?)");
  re2::StringPiece answer;
  if (!RE2::PartialMatch(text, kChinese, &answer) && !RE2::PartialMatch(text, kEnglish, &answer)) return std::nullopt;
  return static_cast<size_t>(answer.data() - text.data());
}

}  // namespace earshot::transcript
