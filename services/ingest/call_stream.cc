#include "services/ingest/call_stream.h"

#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"

namespace earshot::ingest {
namespace {

absl::Status OutOfPlace(std::string_view message) {
  const absl::Status status = InvalidArgument("{}; a stream is `open`, then utterances, then `end`", message);
  return rpc::WithFieldViolation(rpc::WithReason(status, "MESSAGE_OUT_OF_PLACE"), "message", message);
}

}  // namespace

void CallStreamHandle::Displace(absl::Status status) {
  const std::lock_guard lock(mutex_);
  if (stream_ != nullptr) stream_->Close(status);
}

void CallStreamHandle::StreamGone() {
  const std::lock_guard lock(mutex_);
  stream_ = nullptr;
}

CallStream::CallStream(CallDesk& desk, WorkerPool& workers, const Clock& clock, std::string traceparent)
    : desk_(desk),
      workers_(workers),
      clock_(clock),
      traceparent_(std::move(traceparent)),
      handle_(std::make_shared<CallStreamHandle>(*this)) {}

void CallStream::OnReadDone(bool ok) {
  arrived_ = clock_.Now();
  if (!ok) {
    // The client has no more to say, or is gone; its call stays open.
    FinishOnce(call_ == nullptr ? OutOfPlace("the stream ended before `open`") : absl::OkStatus());
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    if (doing_ == Doing::kFinished) return;
    doing_ = Doing::kWorking;
  }
  if (!workers_.Post([this] { Work(); })) FinishOnce(rpc::WithReason(Unavailable("shutting down"), "SHUTTING_DOWN"));
}

void CallStream::Work() {
  response_.Clear();
  const absl::Status status = Handle();
  if (!status.ok()) {
    FinishOnce(status);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    doing_ = Doing::kWriting;
  }
  StartWrite(&response_);
}

absl::Status CallStream::Handle() {
  if (ended_) return OutOfPlace("a message came behind `end`");
  const Arrival arrival{arrived_, traceparent_};
  switch (request_.message_case()) {
    case v1::StreamCallRequest::kOpen:
      return HandleOpen();
    case v1::StreamCallRequest::kUtterance: {
      if (call_ == nullptr) return OutOfPlace("an utterance came before `open`");
      EARSHOT_ASSIGN_OR_RETURN(*response_.mutable_acknowledged(),
                               desk_.Take(*call_, *handle_, request_.utterance(), arrival));
      return absl::OkStatus();
    }
    case v1::StreamCallRequest::kEnd: {
      if (call_ == nullptr) return OutOfPlace("`end` came before `open`");
      EARSHOT_ASSIGN_OR_RETURN(*response_.mutable_closed(),
                               desk_.End(*call_, *handle_, request_.end().last_sequence(), arrival));
      ended_ = true;
      return absl::OkStatus();
    }
    case v1::StreamCallRequest::MESSAGE_NOT_SET:
      break;
  }
  return OutOfPlace("a message without content came");
}

absl::Status CallStream::HandleOpen() {
  if (call_ != nullptr) return OutOfPlace("`open` came twice");
  EARSHOT_ASSIGN_OR_RETURN(CallDesk::Opening opening, desk_.Open(request_.open().call(), handle_));
  call_ = std::move(opening.call);
  *response_.mutable_opened() = std::move(opening.opened);
  return absl::OkStatus();
}

void CallStream::OnWriteDone(bool ok) {
  absl::Status close_with;
  {
    const std::lock_guard lock(mutex_);
    close_with = ok ? close_with_ : absl::CancelledError("the client is gone");
    if (close_with.ok()) {
      doing_ = Doing::kReading;
      StartRead(&request_);  // under the lock: Close must not finish the stream in front of it
      return;
    }
  }
  FinishOnce(close_with);
}

void CallStream::Close(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (doing_ == Doing::kFinished) return;
    close_with_ = status;
    if (doing_ != Doing::kReading) return;  // whoever is at work ends it
    doing_ = Doing::kFinished;              // at once: a message that comes now must not set to work
  }
  Finish(rpc::ToGrpc(status));
}

void CallStream::FinishOnce(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (doing_ == Doing::kFinished) return;
    doing_ = Doing::kFinished;
  }
  Finish(rpc::ToGrpc(status));
}

void CallStream::OnDone() {
  handle_->StreamGone();
  if (call_ != nullptr) desk_.Leave(*call_, *handle_);
  delete this;
}

}  // namespace earshot::ingest
