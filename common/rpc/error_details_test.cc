#include "common/rpc/error_details.h"

#include "common/base/status.h"
#include "gtest/gtest.h"

namespace earshot::rpc {
namespace {

TEST(ErrorDetailsTest, ReadsBackWhatWasAttached) {
  absl::Status status = WithReason(InvalidArgument("no company"), "FIELD_MISSING", {{"field", "company"}});
  status = WithFieldViolation(status, "open.call.company", "is empty");
  status = WithFieldViolation(status, "open.call.fiscal_period", "is empty");
  status = WithRetryDelay(status, absl::Milliseconds(1500));
  EXPECT_EQ(ErrorInfoOf(status).reason(), "FIELD_MISSING");
  EXPECT_EQ(ErrorInfoOf(status).domain(), "earshot.io");
  EXPECT_EQ(BadRequestOf(status).field_violations_size(), 2);
  EXPECT_EQ(RetryDelayOf(status), absl::Milliseconds(1500));
  EXPECT_EQ(RenderError(status),
            "INVALID_ARGUMENT: no company\n"
            "  open.call.company: is empty\n"
            "  open.call.fiscal_period: is empty\n"
            "  reason FIELD_MISSING (field=company)\n"
            "  try again after 1.5s");
}

TEST(ErrorDetailsTest, AStatusWithoutDetailsIsOneLine) {
  EXPECT_EQ(ErrorInfoOf(NotFound("x")).reason(), "");
  EXPECT_EQ(RetryDelayOf(NotFound("x")), absl::ZeroDuration());
  EXPECT_EQ(RenderError(NotFound("no alert 'alerts/1'")), "NOT_FOUND: no alert 'alerts/1'");
}

}  // namespace
}  // namespace earshot::rpc
