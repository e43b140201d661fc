// When the words of a recorded call were spoken.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "earshot/v1/utterance.pb.h"

namespace earshot::cli {

// For each utterance the time from the start of the call at which its last word was spoken: its end offset, or its
// start offset and the length of its text, or behind the one before it. 150 English words or 270 Chinese characters a
// minute. Never goes backwards.
std::vector<absl::Duration> SpeechEnds(const std::vector<v1::Utterance>& utterances);

}  // namespace earshot::cli
