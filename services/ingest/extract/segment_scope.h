// Which part of the company a metric is told of. Internal to the library.
#pragma once

#include <string>

#include "common/catalog/profile.h"
#include "services/ingest/extract/reading.h"

namespace earshot::extract {

// What the sentences before were about. Segments by id; empty: nothing known.
struct Scope {
  std::string current;    // the part that the speaker is at
  std::string mentioned;  // the last part that was named: what "it" may mean
};

enum class ScopeSource { kSaid, kHome, kSentence, kContext, kDefault };

struct SegmentChoice {
  std::string segment;
  ScopeSource source = ScopeSource::kDefault;
};

// `metric`: the item of the metric (or of the figure, where the subject is carried); `figure`: the item of the figure.
SegmentChoice ChooseSegment(const Reading& reading, size_t metric, size_t figure, const catalog::Metric& what,
                            const catalog::Company* company, const std::optional<fiscal::Term>& term,
                            const Scope& scope);

// What the sentence tells those behind it.
void Advance(const Reading& reading, const std::string& first_segment, Scope& scope);

}  // namespace earshot::extract
