#include "common/telemetry/metrics_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <thread>

#include "common/base/status.h"
#include "common/net/listen_check.h"
#include "prometheus/collectable.h"
#include "prometheus/exposer.h"

namespace earshot::telemetry {

namespace {

// Opens and closes a connection, so that CivetWeb looks up from its wait of two seconds.
void KnockAt(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  (void)connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  close(fd);
}

}  // namespace

class MetricsServer::Listener {
 public:
  Listener(const std::string& address, std::shared_ptr<prometheus::Collectable> metrics)
      : metrics_(std::move(metrics)),
        exposer_(std::make_unique<prometheus::Exposer>(address, /*num_threads=*/2)),
        port_(exposer_->GetListeningPorts().at(0)) {
    exposer_->RegisterCollectable(metrics_);
  }

  ~Listener() {
    std::atomic<bool> stopped = false;
    std::thread knocker([&] {
      while (!stopped) {
        KnockAt(port_);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    });
    exposer_.reset();
    stopped = true;
    knocker.join();
  }

  int Port() const { return port_; }

 private:
  std::shared_ptr<prometheus::Collectable> metrics_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  const int port_;
};

MetricsServer::MetricsServer(std::unique_ptr<Listener> listener, std::string address)
    : listener_(std::move(listener)), address_(std::move(address)) {}

MetricsServer::~MetricsServer() = default;

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const Metrics& metrics, std::string_view address) {
  EARSHOT_RETURN_IF_ERROR(net::CheckCanListen(address));
  try {
    auto listener = std::make_unique<Listener>(std::string(address), metrics.collectable());
    std::string bound = fmt::format("{}:{}", address.substr(0, address.rfind(':')), listener->Port());
    return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(listener), std::move(bound)));
  } catch (const std::exception& error) {
    return Unavailable("address {} cannot be listened on: {}", address, error.what());
  }
}

}  // namespace earshot::telemetry
