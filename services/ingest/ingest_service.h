// earshot.v1.IngestService over gRPC's callback API.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "common/base/clock.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "services/ingest/call_desk.h"
#include "services/ingest/call_stream.h"
#include "services/ingest/worker_pool.h"

namespace earshot::ingest {

// Thread-safe. The clock must outlive it. UNAVAILABLE (reason NOT_SERVING or SHUTTING_DOWN, with a delay) while it is
// not serving.
class IngestService final : public v1::IngestService::CallbackService {
 public:
  explicit IngestService(const Clock& clock) : clock_(clock) {}

  // Begins to serve; both must outlive the calls.
  void Serve(CallDesk& desk, WorkerPool& workers);

  // Refuses new calls and ends the open streams with UNAVAILABLE, so that their clients connect again. Does not wait.
  void EndStreams();

  grpc::ServerBidiReactor<v1::StreamCallRequest, v1::StreamCallResponse>* StreamCall(
      grpc::CallbackServerContext* context) override;

  grpc::ServerUnaryReactor* SubmitTranscript(grpc::CallbackServerContext* context,
                                             const v1::SubmitTranscriptRequest* request,
                                             v1::SubmitTranscriptResponse* response) override;

 private:
  enum class State { kNotServing, kServing, kShuttingDown };

  absl::Status Readiness() const;

  const Clock& clock_;
  CallDesk* desk_ = nullptr;
  WorkerPool* workers_ = nullptr;
  std::atomic<State> state_ = State::kNotServing;
  std::mutex mutex_;
  std::vector<std::weak_ptr<CallStreamHandle>> streams_;
};

}  // namespace earshot::ingest
