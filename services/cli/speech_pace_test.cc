#include "services/cli/speech_pace.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::cli {
namespace {

using ::testing::ElementsAre;

v1::Utterance Spoken(const std::string& text, int start = 0, int end = 0) {
  v1::Utterance utterance;
  utterance.set_text(text);
  if (start > 0) utterance.mutable_start_offset()->set_seconds(start);
  if (end > 0) utterance.mutable_end_offset()->set_seconds(end);
  return utterance;
}

TEST(SpeechPaceTest, GoesByTheLengthOfTheText) {
  const auto ends = SpeechEnds({Spoken(std::string(1000, 'a')), Spoken("谢谢大家")});
  EXPECT_THAT(ends, ElementsAre(absl::Seconds(67), absl::Seconds(67) + absl::Milliseconds(888)));
}

TEST(SpeechPaceTest, GoesByTheOffsetsWhereThereAreAny) {
  const auto ends = SpeechEnds({Spoken("a", 0, 5), Spoken(std::string(1000, 'a'), 10), Spoken("b", 20, 30)});
  EXPECT_THAT(ends, ElementsAre(absl::Seconds(5), absl::Seconds(77), absl::Seconds(77)));
}

}  // namespace
}  // namespace earshot::cli
