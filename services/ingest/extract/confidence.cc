#include "services/ingest/extract/confidence.h"

#include <algorithm>
#include <cmath>

namespace earshot::extract {

double Confidence(const Grounds& grounds) {
  double confidence = 0.97;
  if (grounds.side == Side::kChain) confidence -= 0.02;
  if (grounds.side == Side::kCarried) confidence -= 0.15;
  confidence -= 0.06 * grounds.cost;
  if (grounds.segment == ScopeSource::kSentence) confidence -= 0.02;
  if (grounds.segment == ScopeSource::kContext) confidence -= 0.06;
  if (grounds.misspelt) confidence -= 0.05;
  if (grounds.weak) confidence -= 0.08;
  if (grounds.stance != v1::STANCE_ACTUAL) confidence -= 0.03;
  if (grounds.language == Language::kChinese) confidence -= 0.04;
  if (grounds.role == v1::SPEAKER_ROLE_ANALYST) confidence -= 0.05;
  return std::round(std::clamp(confidence, 0.3, 0.97) * 1000) / 1000;
}

}  // namespace earshot::extract
