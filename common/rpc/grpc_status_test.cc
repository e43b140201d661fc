#include "common/rpc/grpc_status.h"

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "gtest/gtest.h"

namespace earshot::rpc {
namespace {

TEST(GrpcStatusTest, CarriesCodeMessageAndDetails) {
  const absl::Status sent =
      WithRetryDelay(WithReason(Unavailable("draining"), "SHUTTING_DOWN", {{"node", "a"}}), absl::Seconds(1));
  const absl::Status got = FromGrpc(ToGrpc(sent));
  EXPECT_EQ(got.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Message(got), "draining");
  EXPECT_EQ(ErrorInfoOf(got).metadata().at("node"), "a");
  EXPECT_EQ(RetryDelayOf(got), absl::Seconds(1));
}

TEST(GrpcStatusTest, AlwaysHasAnErrorInfo) {
  const absl::Status got = FromGrpc(ToGrpc(NotFound("nothing")));
  EXPECT_EQ(ErrorInfoOf(got).reason(), "NOT_FOUND");
  EXPECT_EQ(ErrorInfoOf(got).domain(), kErrorDomain);
}

TEST(GrpcStatusTest, OkIsOk) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
}

TEST(GrpcStatusTest, CutsALongMessageBetweenCharacters) {
  std::string message = "a";
  for (int i = 0; i < 2000; ++i) message += "字";
  const grpc::Status status = ToGrpc(Internal("{}", message));
  EXPECT_LT(status.error_message().size(), 2060u);
  EXPECT_TRUE(status.error_message().ends_with("字…"));
}

TEST(GrpcStatusTest, DetailsThatAreNoneAreIgnored) {
  const absl::Status got = FromGrpc({grpc::StatusCode::ABORTED, "x", "\xff\xff"});
  EXPECT_EQ(got.code(), absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace earshot::rpc
