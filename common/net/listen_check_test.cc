#include "common/net/listen_check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::net {
namespace {

using ::testing::StartsWith;

TEST(ListenCheckTest, AFreePortIsGoodAndOneInUseIsNamed) {
  EXPECT_TRUE(CheckCanListen("127.0.0.1:0").ok());
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(fd, 1), 0);
  ASSERT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string text = fmt::format("127.0.0.1:{}", ntohs(address.sin_port));
  const absl::Status status = CheckCanListen(text);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(Message(status)), StartsWith("address " + text + " is in use"));
  close(fd);
  EXPECT_TRUE(CheckCanListen(text).ok());
}

TEST(ListenCheckTest, WhatIsNoAddressOfThisMachineIsInvalid) {
  for (const char* bad :
       {"nowhere", ":7420", "127.0.0.1:", "no.such.host.invalid:1", "127.0.0.1:port", "192.0.2.1:7420"}) {
    EXPECT_EQ(CheckCanListen(bad).code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

}  // namespace
}  // namespace earshot::net
