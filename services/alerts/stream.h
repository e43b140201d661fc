// One open StreamAlerts call: pulls changes from its cursor and writes those that pass the filter, one at a time.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "earshot/v1/alert_service.pb.h"
#include "grpcpp/support/server_callback.h"
#include "services/alerts/board/board.h"
#include "services/alerts/dispatcher.h"
#include "services/alerts/filter.h"
#include "services/alerts/probe.h"

namespace earshot::alerts {

struct StreamOptions {
  absl::Duration heartbeat_interval = absl::Seconds(1);
  absl::Duration slow_consumer_timeout = absl::Seconds(60);
};

// Written to by the dispatcher's thread only; gRPC's threads tell it what happened and have it run. The dispatcher
// holds it until gRPC is done with it.
class Stream final : public grpc::ServerWriteReactor<v1::StreamAlertsResponse>, public Task {
 public:
  // What streams share; outlives them.
  struct Context {
    Board& board;
    Dispatcher& dispatcher;
    AlertsProbe& probe;
    const Clock& clock;
    // Set when the server drains; then every stream is run once more.
    const std::atomic<bool>& draining;
    // Called when gRPC is done with the stream, as the last thing.
    std::function<void(Stream*)> on_done;
  };

  Stream(const Context& context, grpc::CallbackServerContext* call, Cursor cursor, Filter filter,
         StreamOptions options);
  ~Stream() override;

  SteadyTime Run(SteadyTime now) override;

  // Changes that are there for it. Thread-safe.
  int64_t Behind(int64_t last_sequence) const { return last_sequence - sequence_; }

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  enum class Phase { kOpen, kEndSent, kFinished };

  SteadyTime AwaitWrite(SteadyTime now);
  // When the write that is under way has taken too long.
  SteadyTime WriteLimit() const;
  SteadyTime WriteNext(SteadyTime now);
  void WriteAlert(const Change& change, SteadyTime now);
  void WriteHeartbeat(SteadyTime now);
  void WriteEnd(SteadyTime now);
  void Write(SteadyTime now);
  void FinishWith(const absl::Status& status);

  const Context& context_;
  grpc::CallbackServerContext* const call_;
  Cursor cursor_;
  const Filter filter_;
  const StreamOptions options_;
  v1::StreamAlertsResponse response_;  // must stay until OnWriteDone
  Phase phase_ = Phase::kOpen;
  bool caught_up_ = false;  // what was there at the start has been sent
  bool cut_ = false;        // cancelled by this, which gRPC has not answered yet
  SteadyTime last_write_ = SteadyTime::min();

  std::atomic<bool> writing_ = false;
  std::atomic<bool> broken_ = false;  // cancelled, or a write failed
  std::atomic<int64_t> sequence_;     // of the cursor, for others to read
};

}  // namespace earshot::alerts
