// All stages over one sentence: its observations with everything but name and place in the call. Internal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/ingest/extract/attachment.h"
#include "services/ingest/extract/extractor.h"
#include "services/ingest/extract/segment_scope.h"
#include "services/ingest/extract/stance.h"

namespace earshot::extract {

// What a call is understood by; outlives its sentences.
struct CallFrame {
  catalog::Catalog catalog;
  const catalog::Company* company = nullptr;  // null: the general catalogue alone
  CallTime time;
  std::string currency;
  v1::Call call;
};

struct Plan {
  std::string metric;
  std::string period;
};

// What one sentence leaves for the next. A value: it is kept per utterance.
struct Context {
  Scope scope;
  TimeScope times;
  Subjects subjects;
  std::string voice;                    // who speaks
  std::map<std::string, Plan> plans;    // by unit and value, for when a plan is told again
  std::optional<v1::Observation> last;  // the last figure, for "pardon me"
  std::optional<double> last_loose;     // the last figure that was nobody's, with its unit
  std::string last_loose_unit;
};

struct SentenceFacts {
  std::vector<v1::Observation> observations;  // evidence within the sentence; offsets in the sentence
  std::vector<v1::Correction> corrections;
  std::vector<Explanation> explanations;  // offsets in the sentence; `observation` holds an index, or nothing
};

SentenceFacts UnderstandSentence(std::string_view sentence, const CallFrame& frame, const v1::Utterance& utterance,
                                 Context& context);

}  // namespace earshot::extract
