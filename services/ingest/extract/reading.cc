#include "services/ingest/extract/reading.h"

#include <algorithm>

#include "common/text/utf8.h"

namespace earshot::extract {
namespace {

// Which bytes of the sentence are taken by an item already.
class Coverage {
 public:
  explicit Coverage(size_t size) : taken_(size, false) {}
  bool IsFree(size_t begin, size_t end) const {
    return std::none_of(taken_.begin() + begin, taken_.begin() + end, [](bool taken) { return taken; });
  }
  bool Take(size_t begin, size_t end) {
    if (begin >= end || !IsFree(begin, end)) return false;
    std::fill(taken_.begin() + begin, taken_.begin() + end, true);
    return true;
  }
  bool operator[](size_t at) const { return taken_[at]; }

 private:
  std::vector<bool> taken_;
};

bool IsBasis(Cue cue) { return cue == Cue::kYearOverYear || cue == Cue::kQuarterOverQuarter; }

template <typename A, typename B>
bool Inside(const A& inner, const B& outer) {
  return inner.begin >= outer.begin && inner.end <= outer.end;
}

Item MentionItem(const catalog::Mention& mention) {
  const ItemType type = mention.meaning->metric != nullptr ? ItemType::kMetric : ItemType::kSegment;
  return {.type = type, .begin = mention.begin, .end = mention.end, .meaning = mention.meaning};
}

bool IsLatinWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'' || c == '$';
}

// "organically", "modestly": an adverb says nothing about whose the figure is. Nor does a bare number.
double WordWeight(std::string_view word) {
  if (word.size() > 4 && word.ends_with("ly")) return 0;
  const bool numeric = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  return numeric || word == "s" || word == "'s" ? 0 : 1;
}

bool IsChineseLetter(char32_t c) { return c >= 0x3400 && c < 0xA000; }

Item Punctuation(char32_t c, size_t begin, size_t end) {
  switch (c) {
    case ';':
    case ':':
    case U'；':
    case U'：':
      return {.type = ItemType::kBreak, .begin = begin, .end = end};
    case ',':
    case U'，':
    case U'、':
    case '(':
    case ')':
    case U'—':
    case U'–':
      return {.type = ItemType::kComma, .begin = begin, .end = end};
    default:
      return {};
  }
}

// What no stage before has taken: words, Chinese runs, punctuation.
void ReadRest(std::string_view text, const Coverage& coverage, std::vector<Item>& items) {
  constexpr double kChineseCharacter = 0.5;  // in words
  for (size_t at = 0; at < text.size();) {
    if (coverage[at]) {
      ++at;
      continue;
    }
    const size_t begin = at;
    if (IsLatinWord(text[at])) {
      while (at < text.size() && !coverage[at] && IsLatinWord(text[at])) ++at;
      items.push_back({.begin = begin, .end = at, .weight = WordWeight(text.substr(begin, at - begin))});
      continue;
    }
    double weight = 0;
    CodePoint point = DecodeUtf8(text, at);
    while (at < text.size() && !coverage[at] && IsChineseLetter(point.value)) {
      weight += kChineseCharacter;
      at += point.size;
      if (at < text.size()) point = DecodeUtf8(text, at);
    }
    if (at > begin) {
      items.push_back({.begin = begin, .end = at, .weight = weight});
      continue;
    }
    const Item mark = Punctuation(point.value, at, at + point.size);
    if (mark.end > 0) items.push_back(mark);
    at += point.size;
  }
}

// "adjusted EBITDA margin": the margin of the metric before it, no metric of its own.
void JoinMargins(std::string_view text, std::vector<Item>& items) {
  for (size_t i = 1; i < items.size(); ++i) {
    if (items[i].type != ItemType::kMetric || items[i - 1].type != ItemType::kMetric) continue;
    if (items[i].meaning->metric->measure != catalog::Measure::kNone || !items[i - 1].meaning->metric->has_ratio)
      continue;
    const std::string_view word = text.substr(items[i].begin, items[i].end - items[i].begin);
    if (!word.starts_with("margin") && !word.starts_with("Margin") && !word.ends_with("率")) continue;
    items[i] = {.type = ItemType::kCue, .begin = items[i].begin, .end = items[i].end, .cue = Cue::kMargin};
  }
}

bool EndsAsQuestion(std::string_view text) { return text.ends_with("?") || text.ends_with("？"); }

}  // namespace

bool Reading::Has(Cue cue, size_t from, size_t to) const {
  for (size_t i = from; i < to && i < items.size(); ++i) {
    if (IsCue(i, cue)) return true;
  }
  return false;
}

std::pair<size_t, size_t> Reading::ClauseAround(size_t at) const {
  const auto ends = [this](size_t i) {
    return items[i].type == ItemType::kBreak || IsCue(i, Cue::kClause) || IsCue(i, Cue::kReason);
  };
  size_t first = at;
  while (first > 0 && !ends(first - 1)) --first;
  size_t last = at + 1;
  while (last < items.size() && !ends(last)) ++last;
  return {first, last};
}

Reading Read(std::string_view sentence, const catalog::Vocabulary& vocabulary, const CallTime& call,
             std::string_view currency) {
  Reading reading{.text = sentence, .language = DetectLanguage(sentence), .is_question = EndsAsQuestion(sentence)};
  reading.quantities = quantity::FindQuantities(sentence, reading.language, {.currency = currency});
  reading.times = FindTimes(sentence, call);
  const std::vector<catalog::Mention> mentions = vocabulary.Find(sentence);
  const std::vector<CueMatch> cues = FindCues(sentence);
  Coverage coverage(sentence.size());
  for (const catalog::Mention& mention : mentions) {
    const bool holds_figure = std::any_of(reading.quantities.begin(), reading.quantities.end(),
                                          [&](const auto& quantity) { return Inside(quantity, mention); });
    if (holds_figure && coverage.Take(mention.begin, mention.end)) reading.items.push_back(MentionItem(mention));
  }
  for (size_t i = 0; i < reading.quantities.size(); ++i) {
    const quantity::Quantity& quantity = reading.quantities[i];
    const bool in_time = std::any_of(reading.times.begin(), reading.times.end(),
                                     [&](const TimePhrase& time) { return Inside(quantity, time); });
    if (in_time || !coverage.Take(quantity.begin, quantity.end)) continue;
    reading.items.push_back(
        {.type = ItemType::kFigure, .begin = quantity.begin, .end = quantity.end, .index = static_cast<int>(i)});
  }
  for (const bool basis : {true, false}) {
    for (const CueMatch& cue : cues) {
      if (IsBasis(cue.cue) != basis || !coverage.Take(cue.begin, cue.end)) continue;
      reading.items.push_back({.type = ItemType::kCue, .begin = cue.begin, .end = cue.end, .cue = cue.cue});
    }
    if (!basis) break;
    for (const catalog::Mention& mention : mentions) {
      if (coverage.Take(mention.begin, mention.end)) reading.items.push_back(MentionItem(mention));
    }
    for (size_t i = 0; i < reading.times.size(); ++i) {
      const TimePhrase& time = reading.times[i];
      if (!coverage.Take(time.begin, time.end)) continue;
      reading.items.push_back(
          {.type = ItemType::kTime, .begin = time.begin, .end = time.end, .index = static_cast<int>(i)});
    }
  }
  ReadRest(sentence, coverage, reading.items);
  std::sort(reading.items.begin(), reading.items.end(), [](const Item& a, const Item& b) { return a.begin < b.begin; });
  JoinMargins(sentence, reading.items);
  return reading;
}

}  // namespace earshot::extract
