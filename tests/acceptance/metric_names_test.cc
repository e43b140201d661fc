// The names of all metrics, as dashboards and alert rules know them: changing one is a decision, not an accident.
// EARSHOT_UPDATE_GOLDEN=1 writes the file anew.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "tests/acceptance/serve.h"

namespace earshot::acceptance {
namespace {

std::string Scrape(const std::string& address) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
  if (connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
      write(fd, request.data(), request.size()) > 0) {
    char buffer[4096];
    for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;) answer.append(buffer, static_cast<size_t>(n));
  }
  close(fd);
  return answer;
}

// "earshot_alerts_total counter", a line each, sorted.
std::string NamesAndTypes(const std::string& exposition) {
  std::vector<std::string> names;
  std::istringstream lines(exposition);
  const std::string prefix = "# TYPE earshot_";
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.starts_with(prefix)) names.push_back(line.substr(std::string("# TYPE ").size()));
  }
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += name + "\n";
  return text;
}

TEST(MetricNamesTest, AreThoseOfTheGoldenFile) {
  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  const std::string names = NamesAndTypes(Scrape(serve.metrics_address()));
  const auto golden = SourceDir() / "tests/acceptance/metric_names.golden";
  if (std::getenv("EARSHOT_UPDATE_GOLDEN") != nullptr) WriteFile(golden, names);
  EXPECT_EQ(names, ReadFile(golden)) << "where this is meant, run with EARSHOT_UPDATE_GOLDEN=1, and look through "
                                        "deploy/grafana and deploy/prometheus for the names that are gone";
}

}  // namespace
}  // namespace earshot::acceptance
