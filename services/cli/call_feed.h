// Feeds a call to a server utterance by utterance, over lost connections.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/client.h"
#include "earshot/v1/ingest_service.pb.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace earshot::cli {

struct CallFeedOptions {
  std::string address;
  v1::Call call;
  // Sequences from 1 without gaps.
  std::vector<v1::Utterance> utterances;
  absl::Duration connect_timeout = rpc::kConnectTimeout;
  // How long to try again after a lost connection.
  absl::Duration patience = absl::Seconds(60);
};

class CallFeed {
 public:
  explicit CallFeed(CallFeedOptions options);
  ~CallFeed();

  // The call as the server completed it, and where it goes on; after each connection.
  std::function<void(const v1::CallOpened&)> on_opened;
  // Before an utterance is sent for the first time: waits until it has been spoken, sets its time.
  std::function<void(v1::Utterance&)> before_send;
  std::function<void(const v1::UtteranceAcknowledged&)> on_acknowledged;
  std::function<void(const absl::Status&)> on_lost;

  // Until the server has all of it. UNAVAILABLE where it cannot be reached or does not come back; what it says where
  // it refuses the call or an utterance.
  absl::StatusOr<v1::CallClosed> Run();

 private:
  absl::StatusOr<v1::CallClosed> SendOnce();

  CallFeedOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
  int highest_acknowledged_ = 0;
};

}  // namespace earshot::cli
