#include "services/alerts/streams.h"

#include <chrono>
#include <utility>

namespace earshot::alerts {

// Keeps the metric up to date.
class Streams::QueueGauge final : public Task {
 public:
  explicit QueueGauge(Streams& streams) : streams_(streams) {}

  SteadyTime Run(SteadyTime now) override {
    // It is run with all others whenever something is new; once a second is enough.
    if (now < next_) return next_;
    next_ = now + std::chrono::seconds(1);
    streams_.probe_.SetQueueLength(streams_.QueueLength());
    return next_;
  }

 private:
  Streams& streams_;
  SteadyTime next_ = SteadyTime::min();
};

Streams::Streams(Board& board, AlertsProbe& probe, const Clock& clock, int threads)
    : board_(board), probe_(probe), dispatcher_(std::make_unique<Dispatcher>(threads)) {
  context_.reset(new Stream::Context{.board = board_,
                                     .dispatcher = *dispatcher_,
                                     .probe = probe_,
                                     .clock = clock,
                                     .draining = draining_,
                                     .on_done = [this](Stream* stream) { Forget(stream); }});
  dispatcher_->Add(std::make_shared<QueueGauge>(*this));
}

Streams::~Streams() { dispatcher_.reset(); }

grpc::ServerWriteReactor<v1::StreamAlertsResponse>* Streams::Open(grpc::CallbackServerContext* call, Cursor cursor,
                                                                  Filter filter, StreamOptions options) {
  auto stream = std::make_shared<Stream>(*context_, call, std::move(cursor), std::move(filter), options);
  Stream* reactor = stream.get();
  {
    std::lock_guard lock(mutex_);
    open_.insert(reactor);
  }
  dispatcher_->Add(std::move(stream));
  return reactor;
}

void Streams::Drain() {
  draining_ = true;
  dispatcher_->ScheduleAll();
}

void Streams::Forget(Stream* stream) {
  std::lock_guard lock(mutex_);
  open_.erase(stream);
}

int64_t Streams::QueueLength() const {
  const int64_t last = board_.last().sequence;
  std::lock_guard lock(mutex_);
  int64_t length = 0;
  for (const Stream* stream : open_) length += std::max<int64_t>(0, stream->Behind(last));
  return length;
}

}  // namespace earshot::alerts
