#include "common/telemetry/metrics_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::telemetry {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string HttpGet(const std::string& address, const std::string& path) {
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) return "cannot connect";
  const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
  if (write(fd, request.data(), request.size()) < 0) return "cannot write";
  std::string answer;
  char buffer[4096];
  for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;) answer.append(buffer, n);
  close(fd);
  return answer;
}

TEST(MetricsServerTest, ServesTheMetricsOnAFreePort) {
  Metrics metrics;
  metrics.AddCounter("earshot_things_total", "Things.").Increment(7);
  auto server = MetricsServer::Start(metrics, "127.0.0.1:0");
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_THAT((*server)->Address(), StartsWith("127.0.0.1:"));
  const std::string answer = HttpGet((*server)->Address(), "/metrics");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("earshot_things_total 7\n"));
}

TEST(MetricsServerTest, SaysWhichPortIsInUse) {
  Metrics metrics;
  auto first = MetricsServer::Start(metrics, "127.0.0.1:0");
  ASSERT_TRUE(first.ok());
  const auto second = MetricsServer::Start(metrics, (*first)->Address());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr((*first)->Address()));
}

TEST(MetricsServerTest, RefusesWhatIsNoAddress) {
  EXPECT_EQ(MetricsServer::Start(Metrics(), "nowhere").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace earshot::telemetry
