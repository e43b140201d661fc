// The open streams of the service: opens, counts and ends them.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <set>

#include "services/alerts/board/board.h"
#include "services/alerts/dispatcher.h"
#include "services/alerts/filter.h"
#include "services/alerts/probe.h"
#include "services/alerts/stream.h"

namespace earshot::alerts {

// Thread-safe. Destroyed when no stream is open any more: after the server.
class Streams {
 public:
  Streams(Board& board, AlertsProbe& probe, const Clock& clock, int threads);
  ~Streams();

  // The reactor of the call; it goes by itself.
  grpc::ServerWriteReactor<v1::StreamAlertsResponse>* Open(grpc::CallbackServerContext* call, Cursor cursor,
                                                           Filter filter, StreamOptions options);

  // There is something new on the board.
  void Wake() { dispatcher_->ScheduleAll(); }

  // Ends all, once each has been told why. New ones end at once.
  void Drain();
  bool draining() const { return draining_; }

 private:
  class QueueGauge;

  void Forget(Stream* stream);
  // Changes that open streams have not been given yet.
  int64_t QueueLength() const;

  Board& board_;
  AlertsProbe& probe_;
  std::atomic<bool> draining_ = false;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::unique_ptr<Stream::Context> context_;

  mutable std::mutex mutex_;
  std::set<Stream*> open_;  // by mutex_
};

}  // namespace earshot::alerts
