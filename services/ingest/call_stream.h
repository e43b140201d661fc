// One StreamCall: reads a message, has it done by the desk on a worker, answers, and only then reads the next.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/ingest/call_desk.h"
#include "services/ingest/worker_pool.h"

namespace earshot::ingest {

class CallStream;

// The way to a stream that may be gone. Thread-safe.
class CallStreamHandle final : public Feeder {
 public:
  explicit CallStreamHandle(CallStream& stream) : stream_(&stream) {}
  // Ends the stream, if it is still there.
  void Displace(absl::Status status) override;
  void StreamGone();

 private:
  std::mutex mutex_;
  CallStream* stream_;
};

// Deletes itself when gRPC is done with it.
class CallStream final : public grpc::ServerBidiReactor<v1::StreamCallRequest, v1::StreamCallResponse> {
 public:
  // The desk, workers and clock must outlive it.
  CallStream(CallDesk& desk, WorkerPool& workers, const Clock& clock, std::string traceparent);

  const std::shared_ptr<CallStreamHandle>& handle() const { return handle_; }

  void Begin() { StartRead(&request_); }

  // Ends the stream with `status` as soon as what is under way has been answered. From any thread.
  void Close(const absl::Status& status);

 private:
  // What gRPC does for the stream at the moment.
  enum class Doing { kReading, kWorking, kWriting, kFinished };

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override;

  void Work();
  // The answer to the request, in response_.
  absl::Status Handle();
  absl::Status HandleOpen();
  void FinishOnce(const absl::Status& status);

  CallDesk& desk_;
  WorkerPool& workers_;
  const Clock& clock_;
  const std::string traceparent_;
  const std::shared_ptr<CallStreamHandle> handle_;
  std::shared_ptr<CallDesk::OpenCall> call_;  // null before `open`
  absl::Time arrived_;
  bool ended_ = false;
  v1::StreamCallRequest request_;
  v1::StreamCallResponse response_;

  std::mutex mutex_;  // guards what follows
  Doing doing_ = Doing::kReading;
  absl::Status close_with_;  // not OK: ends the stream at the next chance
};

}  // namespace earshot::ingest
