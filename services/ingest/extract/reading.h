// A sentence as a row of items, on which the later stages work: metrics, segments, figures, times, cues, and the words
// in between that say nothing known. Internal to the library.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "common/catalog/vocabulary.h"
#include "common/text/language.h"
#include "services/ingest/extract/lexicon.h"
#include "services/ingest/extract/time_phrase.h"
#include "services/ingest/quantity/quantity.h"

namespace earshot::extract {

enum class ItemType {
  kWord,     // says nothing known; `weight` words of it
  kCue,      // `cue`
  kMetric,   // `meaning`, also where it names a segment too
  kSegment,  // `meaning`
  kFigure,   // quantities[index]
  kTime,     // times[index]
  kComma,    // also brackets and dashes with blanks
  kBreak,    // ; :
};

struct Item {
  ItemType type = ItemType::kWord;
  size_t begin = 0;  // bytes in the sentence
  size_t end = 0;
  Cue cue = Cue::kGlue;
  const catalog::Meaning* meaning = nullptr;
  int index = -1;
  double weight = 0;
};

// Refers to the sentence's text, which must outlive it.
struct Reading {
  std::string_view text;
  Language language = Language::kEnglish;
  std::vector<Item> items;
  std::vector<quantity::Quantity> quantities;
  std::vector<TimePhrase> times;
  bool is_question = false;

  std::string_view Text(const Item& item) const { return text.substr(item.begin, item.end - item.begin); }
  bool IsCue(size_t item, Cue cue) const {
    return item < items.size() && items[item].type == ItemType::kCue && items[item].cue == cue;
  }
  // Whether a cue stands among the items [from, to).
  bool Has(Cue cue, size_t from, size_t to) const;
  bool Has(Cue cue) const { return Has(cue, 0, items.size()); }
  // The items around `at` up to the next break, clause or reason on either side: [first, last).
  std::pair<size_t, size_t> ClauseAround(size_t at) const;
};

Reading Read(std::string_view sentence, const catalog::Vocabulary& vocabulary, const CallTime& call,
             std::string_view currency);

}  // namespace earshot::extract
