#include "common/wire/json.h"

#include "earshot/v1/alert.pb.h"
#include "earshot/v1/observation.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::wire {
namespace {

using ::testing::HasSubstr;

TEST(JsonTest, WritesTheProtosOwnFieldNames) {
  v1::Observation observation;
  observation.set_metric("capex");
  observation.set_kind(v1::KIND_AMOUNT);
  observation.set_value(38600000000);
  observation.set_translation_of("calls/a/observations/b");
  EXPECT_EQ(ToJson(observation),
            R"({"metric":"capex","kind":"KIND_AMOUNT","value":38600000000,"translation_of":"calls/a/observations/b"})");
}

TEST(JsonTest, ReadsItBackAndRefusesUnknownFields) {
  v1::Observation observation;
  ASSERT_TRUE(FromJson(R"({"metric":"capex","value_high":2.5})", observation).ok());
  EXPECT_EQ(observation.value_high(), 2.5);
  const absl::Status status = FromJson(R"({"metrik":"capex"})", observation);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("metrik"));
}

TEST(JsonTest, WritesMapsInTheOrderOfTheirKeys) {
  v1::Alert alert;
  for (const char* key : {"summary", "description", "runbook_url", "advice"}) (*alert.mutable_annotations())[key] = "x";
  EXPECT_EQ(ToJson(alert), R"({"annotations":{"advice":"x","description":"x","runbook_url":"x","summary":"x"}})");
}

}  // namespace
}  // namespace earshot::wire
