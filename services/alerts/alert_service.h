// `earshot.v1.AlertService` over a board.
#pragma once

#include <atomic>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "services/alerts/board/board.h"
#include "services/alerts/streams.h"

namespace earshot::alerts {

// Thread-safe. Errors carry a google.rpc.ErrorInfo; those of the request name the field.
class AlertService final : public v1::AlertService::CallbackService {
 public:
  // UNAVAILABLE, reason NOT_READY, until SetReady.
  AlertService(Board& board, Streams& streams, absl::Duration slow_consumer_timeout)
      : board_(board), streams_(streams), slow_consumer_timeout_(slow_consumer_timeout) {}

  void SetReady() { ready_ = true; }

  grpc::ServerWriteReactor<v1::StreamAlertsResponse>* StreamAlerts(grpc::CallbackServerContext* context,
                                                                   const v1::StreamAlertsRequest* request) override;
  grpc::ServerUnaryReactor* ListAlerts(grpc::CallbackServerContext* context, const v1::ListAlertsRequest* request,
                                       v1::ListAlertsResponse* response) override;
  grpc::ServerUnaryReactor* GetAlert(grpc::CallbackServerContext* context, const v1::GetAlertRequest* request,
                                     v1::GetAlertResponse* response) override;

 private:
  absl::Status CheckReady() const;
  absl::StatusOr<Cursor> Subscribe(const v1::StreamAlertsRequest& request);
  absl::StatusOr<grpc::ServerWriteReactor<v1::StreamAlertsResponse>*> OpenStream(
      grpc::CallbackServerContext* context, const v1::StreamAlertsRequest& request);
  absl::Status List(const v1::ListAlertsRequest& request, v1::ListAlertsResponse& response);
  absl::Status Get(const v1::GetAlertRequest& request, v1::GetAlertResponse& response);

  Board& board_;
  Streams& streams_;
  const absl::Duration slow_consumer_timeout_;
  std::atomic<bool> ready_ = false;
};

}  // namespace earshot::alerts
