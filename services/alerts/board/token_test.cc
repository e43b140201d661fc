#include "services/alerts/board/token.h"

#include "common/rpc/error_details.h"
#include "gtest/gtest.h"

namespace earshot::alerts {
namespace {

TEST(ResumeTokenTest, ComesBackAsItWas) {
  for (const StreamPlace& place : {StreamPlace{}, StreamPlace{1, 0}, StreamPlace{int64_t{1} << 40, int64_t{1} << 41}}) {
    EXPECT_EQ(DecodeResumeToken("log", EncodeResumeToken("log", place)).value(), place);
  }
}

TEST(ResumeTokenTest, DamageIsFound) {
  const std::string good = EncodeResumeToken("log", {12, 34});
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_EQ(DecodeResumeToken("log", bad).status().code(), absl::StatusCode::kInvalidArgument) << i;
    EXPECT_FALSE(DecodeResumeToken("log", good.substr(0, i)).ok());
  }
  const absl::Status status = DecodeResumeToken("log", good + "x").status();
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "RESUME_TOKEN_INVALID");
  EXPECT_EQ(rpc::BadRequestOf(status).field_violations(0).field(), "resume_token");
}

TEST(ResumeTokenTest, ATokenOfAnotherLogIsTold) {
  const absl::Status status = DecodeResumeToken("new", EncodeResumeToken("old", {12, 34})).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "RESUME_TOKEN_OF_ANOTHER_LOG");
}

TEST(PageTokenTest, IsGoodForItsLogAndFilterOnly) {
  const std::string token = EncodePageToken("log", {7, "alert.company == \"ACME\""});
  EXPECT_EQ(DecodePageToken("log", "alert.company == \"ACME\"", token).value(), 7);
  for (const absl::Status& status : {DecodePageToken("log", "", token).status(),
                                     DecodePageToken("other", "alert.company == \"ACME\"", token).status(),
                                     DecodePageToken("log", "", "%%%").status(),
                                     DecodePageToken("log", "", EncodeResumeToken("log", {7, 7})).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "PAGE_TOKEN_INVALID");
    EXPECT_EQ(rpc::BadRequestOf(status).field_violations(0).field(), "page_token");
  }
}

}  // namespace
}  // namespace earshot::alerts
