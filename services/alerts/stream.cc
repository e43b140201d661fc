#include "services/alerts/stream.h"

#include <algorithm>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/grpc_status.h"
#include "common/telemetry/log.h"
#include "grpcpp/server_context.h"

namespace earshot::alerts {
namespace {

// Changes that a filter may hold back before others have their turn.
constexpr int kMaxHeldBack = 256;

void SetProtoTime(absl::Time time, google::protobuf::Timestamp* into) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  into->set_seconds(seconds);
  into->set_nanos(static_cast<int32_t>((time - absl::FromUnixSeconds(seconds)) / absl::Nanoseconds(1)));
}

}  // namespace

Stream::Stream(const Context& context, grpc::CallbackServerContext* call, Cursor cursor, Filter filter,
               StreamOptions options)
    : context_(context),
      call_(call),
      cursor_(std::move(cursor)),
      filter_(std::move(filter)),
      options_(options),
      sequence_(cursor_.place().sequence) {
  context_.probe.StreamOpened();
}

Stream::~Stream() { context_.probe.StreamClosed(); }

SteadyTime Stream::Run(SteadyTime now) {
  if (phase_ == Phase::kFinished) return kNever;
  if (writing_) return AwaitWrite(now);
  if (broken_) {
    FinishWith({absl::StatusCode::kCancelled, "the desk has gone"});
  } else if (phase_ == Phase::kEndSent) {
    FinishWith(absl::OkStatus());
  } else if (context_.draining) {
    WriteEnd(now);
  } else {
    return WriteNext(now);
  }
  return phase_ == Phase::kFinished ? kNever : WriteLimit();
}

SteadyTime Stream::WriteLimit() const {
  return last_write_ + absl::ToChronoNanoseconds(options_.slow_consumer_timeout);
}

SteadyTime Stream::AwaitWrite(SteadyTime now) {
  if (broken_ || cut_) return kNever;  // OnWriteDone comes
  if (now < WriteLimit()) return WriteLimit();
  // Nothing can be said to a desk that does not read: its connection's window is full.
  telemetry::Log::Warning("alerts", "a stream is cut: its desk takes nothing",
                          {{"sequence", cursor_.place().sequence}});
  context_.probe.StreamDropped(DropReason::kSlowConsumer);
  cut_ = true;
  call_->TryCancel();
  return kNever;
}

SteadyTime Stream::WriteNext(SteadyTime now) {
  for (int held_back = 0; held_back < kMaxHeldBack; ++held_back) {
    absl::StatusOr<ChangePtr> change = cursor_.Next();
    if (!change.ok()) {
      telemetry::Log::Error("alerts", "a stream ends: the read model cannot be read", {{"error", change.status()}});
      context_.probe.StreamDropped(DropReason::kError);
      FinishWith(change.status());
      return kNever;
    }
    if (*change == nullptr) {
      const SteadyTime heartbeat = last_write_ + absl::ToChronoNanoseconds(options_.heartbeat_interval);
      if (caught_up_ && now < heartbeat) return heartbeat;
      caught_up_ = true;
      WriteHeartbeat(now);
      return WriteLimit();
    }
    sequence_ = (*change)->sequence;
    if (filter_.Passes((*change)->alert)) {
      WriteAlert(**change, now);
      return WriteLimit();
    }
  }
  return now;
}

void Stream::WriteAlert(const Change& change, SteadyTime now) {
  response_.Clear();
  v1::Alert& alert = *response_.mutable_alert();
  alert = change.alert;
  SetProtoTime(context_.clock.Now(), alert.mutable_times()->mutable_deliver_time());
  response_.set_sequence(change.sequence);
  response_.set_replayed(change.sequence <= cursor_.replayed_until());
  if (!response_.replayed()) context_.probe.AlertDelivered(alert);
  Write(now);
}

void Stream::WriteHeartbeat(SteadyTime now) {
  response_.Clear();
  SetProtoTime(context_.clock.Now(), response_.mutable_heartbeat()->mutable_heartbeat_time());
  response_.set_sequence(cursor_.place().sequence + 1);
  Write(now);
}

void Stream::WriteEnd(SteadyTime now) {
  response_.Clear();
  response_.mutable_end()->set_reason(v1::StreamEnd::REASON_SHUTDOWN);
  response_.set_sequence(cursor_.place().sequence + 1);
  context_.probe.StreamDropped(DropReason::kShutdown);
  phase_ = Phase::kEndSent;
  Write(now);
}

void Stream::Write(SteadyTime now) {
  response_.set_resume_token(EncodeResumeToken(context_.board.log_id(), cursor_.place()));
  last_write_ = now;
  writing_ = true;
  StartWrite(&response_);
}

void Stream::FinishWith(const absl::Status& status) {
  phase_ = Phase::kFinished;
  Finish(rpc::ToGrpc(status));
}

void Stream::OnWriteDone(bool ok) {
  if (!ok) broken_ = true;
  writing_ = false;
  context_.dispatcher.Schedule(this);
}

void Stream::OnCancel() {
  broken_ = true;
  context_.dispatcher.Schedule(this);
}

void Stream::OnDone() {
  context_.on_done(this);
  context_.dispatcher.Remove(this);  // may destroy this
}

}  // namespace earshot::alerts
