#include "common/wire/trace_context.h"

#include "gtest/gtest.h"

namespace earshot::wire {
namespace {

constexpr std::string_view kTrace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContextTest, ReadsAndWritesTheW3cForm) {
  const auto context = ParseTraceparent(kTrace);
  ASSERT_TRUE(context);
  EXPECT_EQ(context->trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(context->parent_id, "00f067aa0ba902b7");
  EXPECT_TRUE(context->sampled);
  EXPECT_EQ(context->ToString(), kTrace);
}

TEST(TraceContextTest, RefusesWhatTheSpecRefuses) {
  for (const std::string_view bad : {
           "",
           "00",
           "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
           "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
           "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
           "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
       }) {
    EXPECT_FALSE(ParseTraceparent(bad)) << bad;
  }
}

TEST(TraceContextTest, TakesALaterVersionWithMoreBehindTheFlags) {
  EXPECT_TRUE(ParseTraceparent("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more"));
}

TEST(TraceContextTest, GoesOnWithAValidTraceAndBeginsANewOneOtherwise) {
  const std::string next = ContinueTrace(kTrace);
  EXPECT_EQ(next.substr(0, 36), kTrace.substr(0, 36));
  EXPECT_NE(next, kTrace);
  const auto fresh = ParseTraceparent(ContinueTrace("rubbish"));
  ASSERT_TRUE(fresh);
  EXPECT_NE(fresh->trace_id, TraceContext::New().trace_id);
}

}  // namespace
}  // namespace earshot::wire
