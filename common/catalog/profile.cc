#include "common/catalog/profile.h"

#include <algorithm>

namespace earshot::catalog {

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
