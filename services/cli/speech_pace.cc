#include "services/cli/speech_pace.h"

#include <algorithm>

#include "common/text/utf8.h"

namespace earshot::cli {
namespace {

constexpr absl::Duration kLatinLetter = absl::Milliseconds(67);
constexpr absl::Duration kWideCharacter = absl::Milliseconds(222);

absl::Duration SpeechTime(std::string_view text) {
  // Chinese characters are two columns wide on a terminal, Latin letters one.
  const auto characters = static_cast<int64_t>(CountCodePoints(text));
  const int64_t wide = std::max<int64_t>(0, static_cast<int64_t>(DisplayWidth(text)) - characters);
  return kWideCharacter * wide + kLatinLetter * (characters - wide);
}

absl::Duration FromProtoDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

}  // namespace

std::vector<absl::Duration> SpeechEnds(const std::vector<v1::Utterance>& utterances) {
  std::vector<absl::Duration> ends;
  absl::Duration last;
  for (const v1::Utterance& utterance : utterances) {
    absl::Duration end = last + SpeechTime(utterance.text());
    if (utterance.has_end_offset()) {
      end = FromProtoDuration(utterance.end_offset());
    } else if (utterance.has_start_offset()) {
      end = FromProtoDuration(utterance.start_offset()) + SpeechTime(utterance.text());
    }
    last = std::max(last, end);
    ends.push_back(last);
  }
  return ends;
}

}  // namespace earshot::cli
