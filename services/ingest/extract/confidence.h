// How sure an observation is, from how it was come by. Internal to the library.
#pragma once

#include "common/text/language.h"
#include "earshot/v1/observation.pb.h"
#include "services/ingest/extract/attachment.h"
#include "services/ingest/extract/segment_scope.h"

namespace earshot::extract {

struct Grounds {
  Side side = Side::kNone;
  double cost = 0;
  ScopeSource segment = ScopeSource::kSaid;
  bool misspelt = false;
  bool weak = false;
  v1::Stance stance = v1::STANCE_ACTUAL;
  Language language = Language::kEnglish;
  v1::SpeakerRole role = v1::SPEAKER_ROLE_UNSPECIFIED;
};

// 0.3 to 0.97.
// Three decimals: more would be a precision that nobody has.
double Confidence(const Grounds& grounds);

}  // namespace earshot::extract
