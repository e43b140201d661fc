#include "services/cli/blotter.h"

#include <algorithm>

#include "common/text/utf8.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

v1::Alert SomeAlert() {
  v1::Alert alert;
  alert.set_rule("rules/CapexAbovePlan");
  alert.set_company("ACME");
  alert.set_call("calls/acme-fy2026q1");
  alert.set_state(v1::ALERT_STATE_FIRING);
  (*alert.mutable_labels())["severity"] = "critical";
  (*alert.mutable_annotations())["summary"] = "CapEx is above the plan";
  alert.mutable_times()->mutable_evaluate_time()->set_seconds(1767605467);
  v1::Observation& observation = *alert.mutable_observation();
  observation.set_metric("capex");
  observation.set_segment("group");
  observation.set_period("FY2026Q1");
  observation.set_kind(v1::KIND_AMOUNT);
  observation.set_value(38.6e9);
  observation.set_unit("CNY");
  observation.mutable_speaker()->set_name("Jane Roe");
  observation.mutable_speaker()->set_title("CFO");
  observation.mutable_evidence()->set_sequence(12);
  observation.mutable_evidence()->set_quote("We spent RMB 38.6 billion.");
  v1::Operand& figure = *alert.add_operands();
  figure.set_expression("o.value");
  figure.set_number(38.6e9);
  v1::Operand& plan = *alert.add_operands();
  plan.set_expression("plan.per_quarter");
  plan.set_number(31.67e9);
  plan.mutable_source()->set_unit("CNY");
  v1::Operand& count = *alert.add_operands();
  count.set_expression("history.size()");
  count.set_number(4);
  v1::Operand& quarters = *alert.add_operands();
  quarters.set_expression("o.quarters");
  quarters.set_number(1);
  return alert;
}

const BlotterStyle kPlain{.zone = absl::UTCTimeZone()};

TEST(BlotterTest, PlainIsTimeSeverityCompanyRuleFigureThresholdAndQuote) {
  EXPECT_EQ(RenderAlert(SomeAlert(), kPlain),
            "09:31:07  CRITICAL  ACME    CapexAbovePlan          "
            "38.6 bn CNY  |  plan.per_quarter 31.7 bn CNY  |  capex, group, FY2026Q1\n"
            "                    CapEx is above the plan\n"
            "                    \"We spent RMB 38.6 billion.\" - Jane Roe, CFO, calls/acme-fy2026q1 #12\n");
}

TEST(BlotterTest, ColoursTheSeverity) {
  const std::string line = RenderAlertLine(SomeAlert(), {.colour = true, .zone = absl::UTCTimeZone()});
  EXPECT_THAT(line, HasSubstr("\033[1;97;41mCRITICAL\033[0m"));
  EXPECT_THAT(RenderAlert(SomeAlert(), kPlain), Not(HasSubstr("\033")));
}

TEST(BlotterTest, SaysWhereAnAlertIsInItsLife) {
  v1::Alert alert = SomeAlert();
  alert.set_state(v1::ALERT_STATE_WITHDRAWN);
  EXPECT_THAT(RenderAlertLine(alert, kPlain), HasSubstr("CapexAbovePlan (withdrawn)"));
}

TEST(BlotterTest, FitsItsLinesIntoTheTerminalAndShowsTheFigure) {
  v1::Alert alert = SomeAlert();
  std::string words;
  for (int i = 0; i < 100; ++i) words += "much was said ";
  v1::Evidence& evidence = *alert.mutable_observation()->mutable_evidence();
  evidence.set_quote(words + "RMB 38.6 billion " + words);
  evidence.set_figure_begin(static_cast<int>(words.size()));
  const std::string text = RenderAlert(alert, {.fit_width = true, .width = 100, .zone = absl::UTCTimeZone()});
  EXPECT_THAT(text, HasSubstr("RMB 38.6 billion"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6) << text;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    EXPECT_LE(DisplayWidth(text.substr(begin, end - begin)), 100u) << text.substr(begin, end - begin);
    begin = end + 1;
  }
}

TEST(BlotterTest, AQuoteCannotSteerTheTerminal) {
  v1::Alert alert = SomeAlert();
  alert.mutable_observation()->mutable_evidence()->set_quote(
      "a\033[2Jb\r\nc\xc2\x9b"
      "d");
  (*alert.mutable_annotations())["summary"] = "\033]0;title\007";
  (*alert.mutable_labels())["severity"] = "\033[5m";
  const std::string text = RenderAlert(alert, kPlain);
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("\r")));
  EXPECT_THAT(text, HasSubstr("\"a [2Jb  c d\""));
}

TEST(BlotterTest, AnAlertWithNothingInItIsStillALine) {
  EXPECT_THAT(RenderAlert(v1::Alert(), kPlain), EndsWith("unknown speaker,  #0\n"));
}

}  // namespace
}  // namespace earshot::cli
