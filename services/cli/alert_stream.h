// The alerts of a server, one after the other, over lost connections.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/client.h"
#include "earshot/v1/alert_service.pb.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace earshot::cli {

struct AlertStreamOptions {
  std::string address;
  std::string filter;
  v1::StartPosition start = v1::START_POSITION_LATEST;
  // How long the first connection may take.
  absl::Duration connect_timeout = rpc::kConnectTimeout;
};

// What to do after a message.
enum class Next { kGoOn, kStop };

class AlertStream {
 public:
  explicit AlertStream(AlertStreamOptions options);
  ~AlertStream();

  // Called with each message: an alert, a heartbeat (several a second while nothing happens), the end.
  std::function<Next(const v1::StreamAlertsResponse&)> on_message;
  // Called while there is no connection, each time that one is tried for again, with why.
  std::function<Next(const absl::Status&)> on_lost;

  // Until a callback says kStop: OK. UNAVAILABLE where the server could not be reached in the first place; what the
  // server says where it refuses (a bad filter, an expired token). After a lost connection it goes on behind the last
  // message, so that nothing is missed or comes twice.
  absl::Status Run();

 private:
  absl::Status ReadOnce(bool& stopped);
  v1::StreamAlertsRequest Request() const;

  const AlertStreamOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
  std::string resume_token_;
};

}  // namespace earshot::cli
