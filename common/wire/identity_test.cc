#include "common/wire/identity.h"

#include "gtest/gtest.h"

namespace earshot::wire {
namespace {

TEST(IdentityTest, NamesACallAfterCompanyAndPeriod) {
  EXPECT_EQ(CallName("BABA", "FY2026Q1").value(), "calls/baba-fy2026q1");
  EXPECT_EQ(CallName("BRK.B", "2025-08-29").value(), "calls/brk-b-2025-08-29");
  EXPECT_EQ(CallName(" Acme  Corp. ", "FY2026").value(), "calls/acme-corp-fy2026");
  EXPECT_EQ(CallName("", "FY2026").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CallName("BABA", "--").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(IdentityTest, NamesWhatBelongsToACall) {
  EXPECT_EQ(CallEventName("calls/acme-fy2026q1", 12, 1), "calls/acme-fy2026q1/events/12.1");
  EXPECT_EQ(CallEndName("calls/acme-fy2026q1", 12), "calls/acme-fy2026q1/events/12.end");
  EXPECT_EQ(UtteranceName("calls/acme-fy2026q1", 12), "calls/acme-fy2026q1/utterances/12");
  EXPECT_EQ(LastSegment("ruleSets/0ab1"), "0ab1");
  EXPECT_EQ(LastSegment("plain"), "plain");
}

TEST(IdentityTest, TheHashOfAnEventLeavesOutTimesAndTrace) {
  v1::CallEvent event;
  event.set_name("calls/acme-fy2026q1/events/1.0");
  event.mutable_utterance()->set_text("Sales grew 5%.");
  const uint64_t hash = ContentHashOf(event);
  event.mutable_times()->mutable_receive_time()->set_seconds(7);
  event.mutable_utterance()->mutable_speak_time()->set_seconds(7);
  event.set_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_EQ(ContentHashOf(event), hash);
  event.mutable_utterance()->set_text("Sales grew 6%.");
  EXPECT_NE(ContentHashOf(event), hash);
}

TEST(IdentityTest, TheIdOfARuleSetIsOfItsFilesInAnyOrder) {
  v1::RuleSet one;
  one.add_files()->set_path("a.yaml");
  one.add_files()->set_path("b.yaml");
  v1::RuleSet two;
  two.add_files()->set_path("b.yaml");
  two.add_files()->set_path("a.yaml");
  two.mutable_create_time()->set_seconds(1);
  EXPECT_EQ(RuleSetIdOf(one), RuleSetIdOf(two));
  one.add_lineages()->set_segment("retail");
  EXPECT_NE(RuleSetIdOf(one), RuleSetIdOf(two));
  two.add_lineages()->set_segment("retail");
  EXPECT_EQ(RuleSetIdOf(one), RuleSetIdOf(two));
  two.mutable_files(0)->set_content("groups: []");
  EXPECT_NE(RuleSetIdOf(one), RuleSetIdOf(two));
}

}  // namespace
}  // namespace earshot::wire
