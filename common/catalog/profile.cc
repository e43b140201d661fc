#include "common/catalog/profile.h"

#include <algorithm>

namespace earshot::catalog {

bool IsTicker(std::string_view text) {
  constexpr size_t kLongestTicker = 16;
  const auto is_letter_or_digit = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= kLongestTicker && is_letter_or_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; });
}

const Segment* Company::FindSegment(std::string_view id) const {
  const auto at = std::find_if(segments.begin(), segments.end(), [&](const Segment& s) { return s.id == id; });
  return at == segments.end() ? nullptr : &*at;
}

std::string_view Company::SegmentIn(std::string_view id, const fiscal::Term& term) const {
  for (const Segment& segment : segments) {
    if (!segment.since || term < *segment.since) continue;
    if (std::find(segment.successor_of.begin(), segment.successor_of.end(), id) != segment.successor_of.end()) {
      return segment.id;
    }
  }
  return id;
}

std::vector<std::string_view> Company::Lineage(std::string_view id) const {
  std::vector<std::string_view> lineage = {id};
  for (size_t i = 0; i < lineage.size(); ++i) {
    const Segment* segment = FindSegment(lineage[i]);
    if (segment == nullptr) continue;
    for (const std::string& old : segment->successor_of) {
      if (std::find(lineage.begin(), lineage.end(), old) == lineage.end()) lineage.push_back(old);
    }
  }
  return lineage;
}

}  // namespace earshot::catalog
