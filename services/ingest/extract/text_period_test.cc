#include "services/ingest/extract/text_period.h"

#include <gmock/gmock.h>

#include <vector>

namespace earshot::extract {
namespace {

TEST(TextPeriodTest, TellsTheQuarterThatIsReported) {
  const struct {
    std::vector<std::string_view> texts;
    std::string period;
  } cases[] = {
      {{"Welcome to our third quarter of 2025 call.", "In the third quarter, sales rose."}, "FY2025Q3"},
      {{"Sales rose 5% over the second quarter of 2020.", "The second quarter was good."}, "FY2021Q2"},
      {{"The fourth quarter of 2021 was strong.", "Up from the fourth quarter of 2020.",
        "For the first quarter of 2022…"},
       "FY2021Q4"},
      {{"Sales rose in the second quarter.", "The second quarter was good."}, ""},
      {{"We opened stores."}, ""},
      {{}, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(PeriodOfText(c.texts), c.period) << (c.texts.empty() ? "" : c.texts[0]);
}

}  // namespace
}  // namespace earshot::extract
