#include "services/alerts/filter.h"

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::alerts {
namespace {

using ::testing::HasSubstr;

v1::Alert SampleAlert() {
  v1::Alert alert;
  alert.set_name("alerts/a1");
  alert.set_revision(2);
  alert.set_state(v1::ALERT_STATE_FIRING);
  alert.set_company("ACME");
  alert.set_kind(v1::KIND_AMOUNT);
  alert.set_metric("capex");
  (*alert.mutable_labels())["severity"] = "critical";
  alert.mutable_observation()->set_value(5e9);
  alert.mutable_observation()->set_kind(v1::KIND_AMOUNT);
  alert.mutable_observation()->set_stance(v1::STANCE_ACTUAL);
  alert.mutable_observation()->set_period("FY2026");
  alert.mutable_observation()->mutable_speaker()->set_name("Ann Example");
  alert.mutable_observation()->mutable_speaker()->set_role(v1::SPEAKER_ROLE_MANAGEMENT);
  alert.mutable_observation()->mutable_evidence()->set_quote("We spent five billion.");
  return alert;
}

bool FilterPasses(std::string_view text) {
  const auto filter = Filter::Compile(text);
  EXPECT_TRUE(filter.ok()) << filter.status();
  return filter.ok() && filter->Passes(SampleAlert());
}

TEST(FilterTest, AnEmptyFilterPassesAll) { EXPECT_TRUE(FilterPasses("")); }

TEST(FilterTest, FieldsLabelsAndEnumsAreThere) {
  EXPECT_TRUE(FilterPasses(R"(alert.company == "ACME" && alert.labels["severity"] == "critical")"));
  EXPECT_TRUE(FilterPasses(R"(alert.state == "FIRING" && alert.kind == "AMOUNT" && alert.revision == 2)"));
  EXPECT_TRUE(FilterPasses(R"(alert.observation.value > 1e9 && alert.observation.stance == "ACTUAL")"));
  EXPECT_TRUE(FilterPasses(R"(alert.observation.quote.contains("five billion"))"));
  EXPECT_TRUE(FilterPasses(R"(alert.metric in ["capex", "revenue"])"));
  EXPECT_FALSE(FilterPasses(R"(alert.company == "OTHER")"));
}

TEST(FilterTest, SpeaksTheLanguageOfTheRules) {
  EXPECT_TRUE(FilterPasses(R"(alert.observation.speaker.role == "MANAGEMENT")"));
  EXPECT_TRUE(FilterPasses(R"(alert.observation.speaker.name.startsWith("Ann"))"));
  EXPECT_TRUE(FilterPasses("alert.observation.value > bn(4) && alert.observation.per_quarter == mn(1250)"));
  EXPECT_FALSE(FilterPasses("has(alert.observation.state)"));
  EXPECT_FALSE(Filter::Compile(R"(alert.observation.speaker == "Ann Example")").ok());
}

TEST(FilterTest, WhatCannotBeToldDoesNotPass) {
  EXPECT_FALSE(FilterPasses(R"(alert.labels["desk"] == "a")"));
  EXPECT_FALSE(FilterPasses("alert.observation.value_high > 1.0"));
  EXPECT_TRUE(FilterPasses(R"(!("desk" in alert.labels))"));
}

TEST(FilterTest, WhatDoesNotCompileIsShownWithACaret) {
  const absl::Status status = Filter::Compile(R"(alert.compny == "ACME")").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("compny"));
  EXPECT_THAT(std::string(Message(status)), HasSubstr("did you mean 'company'"));
  EXPECT_THAT(std::string(Message(status)), HasSubstr("^"));
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "FILTER_INVALID");
  EXPECT_EQ(rpc::BadRequestOf(status).field_violations(0).field(), "filter");
}

TEST(FilterTest, WhatIsNoConditionIsRefused) {
  EXPECT_FALSE(Filter::Compile("alert.company").ok());
  EXPECT_FALSE(Filter::Compile("1 +").ok());
  EXPECT_FALSE(Filter::Compile(std::string(5000, ' ') + "true").ok());
}

}  // namespace
}  // namespace earshot::alerts
