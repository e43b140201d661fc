#include "services/ingest/extract/segment_scope.h"

namespace earshot::extract {
namespace {

constexpr char kGroupId[] = "group";

bool IsNounGlue(const Reading& reading, size_t i) {
  if (reading.items[i].type == ItemType::kWord) return reading.items[i].weight == 0;
  return reading.IsCue(i, Cue::kGlue) || reading.IsCue(i, Cue::kAdjusted) || reading.IsCue(i, Cue::kLikeForLike) ||
         reading.IsCue(i, Cue::kIt);
}

bool IsPreposition(const Reading& reading, size_t i) {
  return reading.IsCue(i, Cue::kFrom) || reading.IsCue(i, Cue::kOf) || reading.IsCue(i, Cue::kIn);
}

bool IsChangeWord(const Reading& reading, size_t i) {
  return reading.IsCue(i, Cue::kUp) || reading.IsCue(i, Cue::kDown) || reading.IsCue(i, Cue::kRate) ||
         reading.IsCue(i, Cue::kLoss) || reading.IsCue(i, Cue::kMargin);
}

// A segment that is named, also as part of a metric's words; empty for none.
std::string_view SegmentOf(const Reading& reading, size_t i) {
  const Item& item = reading.items[i];
  if (item.type == ItemType::kSegment || item.type == ItemType::kMetric) return item.meaning->segment;
  return reading.IsCue(i, Cue::kGroup) ? std::string_view(kGroupId) : std::string_view();
}

// "revenue from the cloud business", "revenue growth of Cainiao". `owner_only`: "capex in cloud" is not the cloud's.
std::string_view SegmentBehind(const Reading& reading, size_t metric, bool owner_only) {
  bool link = false;
  for (size_t i = metric + 1; i < reading.items.size(); ++i) {
    if (reading.items[i].type == ItemType::kSegment) return link ? SegmentOf(reading, i) : std::string_view();
    if (IsPreposition(reading, i) && !(owner_only && reading.IsCue(i, Cue::kIn))) {
      link = true;
    } else if (reading.IsCue(i, Cue::kLoss) && reading.Text(reading.items[i]).ends_with(" of")) {
      link = true;
    } else if (!IsNounGlue(reading, i) && !(IsChangeWord(reading, i) && !link)) {
      return {};
    }
  }
  return {};
}

// "tools' adjusted EBITA", "tools segment revenue"
std::string_view SegmentBefore(const Reading& reading, size_t metric) {
  for (size_t i = metric; i-- > 0;) {
    if (const std::string_view segment = SegmentOf(reading, i); !segment.empty()) {
      return reading.items[i].type == ItemType::kMetric ? std::string_view() : segment;
    }
    if (!IsNounGlue(reading, i) || reading.IsCue(i, Cue::kIt)) return {};
  }
  return {};
}

// "grew 32% in our cloud business"
std::string_view SegmentBehindFigure(const Reading& reading, size_t figure) {
  bool link = false;
  for (size_t i = figure + 1; i < reading.items.size(); ++i) {
    if (reading.items[i].type == ItemType::kSegment) return link ? SegmentOf(reading, i) : std::string_view();
    if (IsPreposition(reading, i)) {
      link = true;
    } else if (!IsNounGlue(reading, i) && !IsChangeWord(reading, i) && !reading.IsCue(i, Cue::kBoth)) {
      return {};
    }
  }
  return {};
}

bool IsLeftOut(const Reading& reading, size_t segment) {
  for (size_t i = segment; i-- > 0;) {
    if (reading.items[i].type == ItemType::kBreak) return false;
    if (reading.IsCue(i, Cue::kExclude) || reading.IsCue(i, Cue::kReason)) return true;
  }
  return false;
}

bool IsWeak(const Reading& reading, size_t i) {
  return reading.items[i].meaning != nullptr && reading.items[i].meaning->weak;
}

// A segment named before the metric in the same sentence: its subject. The nearest, but for one that is only an
// object ("its supply connection into B") where another stands before it.
std::string_view SegmentInSentence(const Reading& reading, size_t metric) {
  std::string_view object;
  for (size_t i = metric; i-- > 0;) {
    const std::string_view segment = SegmentOf(reading, i);
    if (segment.empty() || IsWeak(reading, i) || IsLeftOut(reading, i)) continue;
    if (reading.items[i].type == ItemType::kMetric) return segment;
    const bool is_object = i > 0 && (reading.IsCue(i - 1, Cue::kIn) || reading.IsCue(i - 1, Cue::kTo));
    if (!is_object) return segment;
    if (object.empty()) object = segment;
  }
  return object;
}

// "dispose our interest in A for 1 billion and in B for 2 billion": the part between the two figures.
std::string_view SegmentOfChain(const Reading& reading, size_t metric, size_t figure) {
  std::string_view segment;
  for (size_t i = figure; i-- > metric + 1;) {
    if (reading.items[i].type == ItemType::kFigure) return segment;
    if (reading.items[i].type == ItemType::kSegment && segment.empty() && !IsLeftOut(reading, i))
      segment = SegmentOf(reading, i);
  }
  return {};
}

std::string_view Successor(const catalog::Company* company, std::string_view id,
                           const std::optional<fiscal::Term>& term) {
  return company != nullptr && term ? company->SegmentIn(id, *term) : id;
}

}  // namespace

SegmentChoice ChooseSegment(const Reading& reading, size_t metric, size_t figure, const catalog::Metric& what,
                            const catalog::Company* company, const std::optional<fiscal::Term>& term,
                            const Scope& scope) {
  const auto said = [](std::string_view id, ScopeSource source) { return SegmentChoice{std::string(id), source}; };
  const bool named = reading.items[metric].type == ItemType::kMetric;
  if (named && !reading.items[metric].meaning->segment.empty()) {
    return said(reading.items[metric].meaning->segment, ScopeSource::kSaid);
  }
  if (named && metric < figure && !what.whole_company) {
    if (const auto chained = SegmentOfChain(reading, metric, figure); !chained.empty())
      return said(chained, ScopeSource::kSaid);
  }
  const catalog::Home* home = nullptr;
  if (company != nullptr) {
    if (const auto at = company->homes.find(what.id); at != company->homes.end()) home = &at->second;
  }
  if (home != nullptr && home->always) return said(Successor(company, home->segment, term), ScopeSource::kHome);
  if (const auto before = SegmentBefore(reading, metric); !before.empty()) return said(before, ScopeSource::kSaid);
  if (named) {
    if (const auto behind = SegmentBehind(reading, metric, what.whole_company); !behind.empty())
      return said(behind, ScopeSource::kSaid);
  }
  if (what.whole_company) return said(kGroupId, ScopeSource::kHome);
  if (const auto behind = SegmentBehindFigure(reading, figure); !behind.empty())
    return said(behind, ScopeSource::kSaid);
  if (const auto here = SegmentInSentence(reading, metric); !here.empty()) return said(here, ScopeSource::kSentence);
  const bool refers = reading.Has(Cue::kIt, 0, metric);
  if (refers && !scope.mentioned.empty()) return said(scope.mentioned, ScopeSource::kContext);
  if (!scope.current.empty() && scope.current != kGroupId) return said(scope.current, ScopeSource::kContext);
  if (home != nullptr) return said(Successor(company, home->segment, term), ScopeSource::kHome);
  return said(kGroupId, scope.current.empty() ? ScopeSource::kDefault : ScopeSource::kContext);
}

namespace {

// What the sentence is about: a part that is named before much else is said, or that the speaker turns to.
bool IsTopic(const Reading& reading, size_t segment) {
  constexpr double kMostWordsBefore = 2;
  double words = 0;
  for (size_t i = segment; i-- > 0;) {
    const std::string_view text = reading.Text(reading.items[i]);
    if (text == "starting" || text == "Starting" || text == "turning" || text == "Turning" || text == "look")
      return true;
    words += reading.items[i].weight + (reading.items[i].type == ItemType::kMetric ? 1 : 0);
  }
  return words <= kMostWordsBefore;
}

}  // namespace

void Advance(const Reading& reading, const std::string& first_segment, Scope& scope) {
  std::string topic;
  for (size_t i = 0; i < reading.items.size(); ++i) {
    if (reading.items[i].type != ItemType::kSegment && !reading.IsCue(i, Cue::kGroup)) continue;
    const std::string segment(SegmentOf(reading, i));
    if (IsWeak(reading, i) || IsLeftOut(reading, i)) continue;
    if (segment != kGroupId) scope.mentioned = segment;
    const bool opens = scope.current.empty() || segment == kGroupId;
    if (topic.empty() && (opens || IsTopic(reading, i))) topic = segment;
  }
  if (!first_segment.empty()) {
    scope.current = first_segment;
  } else if (!topic.empty()) {
    scope.current = topic;
  }
}

}  // namespace earshot::extract
