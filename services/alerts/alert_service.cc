#include "services/alerts/alert_service.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"

namespace earshot::alerts {
namespace {

using StreamReactor = grpc::ServerWriteReactor<v1::StreamAlertsResponse>;

constexpr absl::Duration kDefaultHeartbeat = absl::Seconds(1);
constexpr absl::Duration kMinHeartbeat = absl::Milliseconds(100);
constexpr absl::Duration kMaxHeartbeat = absl::Hours(1);

constexpr int kDefaultPageSize = 100;
constexpr int kMaxPageSize = 1000;
// A page ends early here: a client takes messages of 4 MiB unless told otherwise.
constexpr size_t kMaxPageBytes = 3 << 20;
// Alerts that one call looks at for a filter that holds most of them back; the token goes on behind them.
constexpr size_t kMaxScannedAlerts = 10'000;
constexpr size_t kScanAlerts = 200;

constexpr std::string_view kAlertCollection = "alerts/";

// A stream that never opens.
class RefusedStream final : public StreamReactor {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(rpc::ToGrpc(status)); }
  void OnDone() override { delete this; }
};

grpc::ServerUnaryReactor* FinishUnary(grpc::CallbackServerContext* context, const absl::Status& status) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(rpc::ToGrpc(status));
  return reactor;
}

absl::StatusOr<absl::Duration> HeartbeatInterval(const v1::StreamAlertsRequest& request) {
  if (!request.has_heartbeat_interval()) return kDefaultHeartbeat;
  const auto& asked = request.heartbeat_interval();
  const absl::Duration interval = absl::Seconds(asked.seconds()) + absl::Nanoseconds(asked.nanos());
  if (interval >= kMinHeartbeat && interval <= kMaxHeartbeat) return interval;
  const std::string why = fmt::format("is {} s; it must be 0.1 s to 3600 s", absl::ToDoubleSeconds(interval));
  return rpc::WithReason(
      rpc::WithFieldViolation(InvalidArgument("heartbeat_interval {}", why), "heartbeat_interval", why),
      "HEARTBEAT_INTERVAL_INVALID");
}

absl::StatusOr<size_t> PageSize(const v1::ListAlertsRequest& request) {
  if (request.page_size() < 0) {
    return rpc::WithReason(
        rpc::WithFieldViolation(InvalidArgument("page_size is {}; it must be 0 or more", request.page_size()),
                                "page_size", "is negative"),
        "PAGE_SIZE_INVALID");
  }
  if (request.page_size() == 0) return kDefaultPageSize;
  return std::min(request.page_size(), kMaxPageSize);
}

}  // namespace

absl::Status AlertService::CheckReady() const {
  if (streams_.draining()) {
    return rpc::WithRetryDelay(rpc::WithReason(Unavailable("the server shuts down: connect again"), "SHUTTING_DOWN"),
                               absl::Seconds(1));
  }
  if (!ready_) {
    return rpc::WithRetryDelay(rpc::WithReason(Unavailable("the server is starting: try again"), "NOT_READY"),
                               absl::Seconds(1));
  }
  return absl::OkStatus();
}

StreamReactor* AlertService::StreamAlerts(grpc::CallbackServerContext* context,
                                          const v1::StreamAlertsRequest* request) {
  absl::StatusOr<StreamReactor*> stream = OpenStream(context, *request);
  return stream.ok() ? *stream : new RefusedStream(stream.status());
}

absl::StatusOr<StreamReactor*> AlertService::OpenStream(grpc::CallbackServerContext* context,
                                                        const v1::StreamAlertsRequest& request) {
  EARSHOT_RETURN_IF_ERROR(CheckReady());
  StreamOptions options{.slow_consumer_timeout = slow_consumer_timeout_};
  EARSHOT_ASSIGN_OR_RETURN(options.heartbeat_interval, HeartbeatInterval(request));
  EARSHOT_ASSIGN_OR_RETURN(Filter filter, Filter::Compile(request.filter()));
  EARSHOT_ASSIGN_OR_RETURN(Cursor cursor, Subscribe(request));
  return streams_.Open(context, std::move(cursor), std::move(filter), options);
}

absl::StatusOr<Cursor> AlertService::Subscribe(const v1::StreamAlertsRequest& request) {
  const bool has_token = !request.resume_token().empty();
  if (has_token && request.start() != v1::START_POSITION_CUSTOM) {
    return rpc::WithReason(
        rpc::WithFieldViolation(InvalidArgument("resume_token is for START_POSITION_CUSTOM, but start is {}",
                                                v1::StartPosition_Name(request.start())),
                                "resume_token", "is set without start CUSTOM"),
        "RESUME_TOKEN_UNEXPECTED");
  }
  switch (request.start()) {
    case v1::START_POSITION_UNSPECIFIED:
    case v1::START_POSITION_LATEST:
      return board_.SubscribeFromLatest();
    case v1::START_POSITION_EARLIEST:
      return board_.SubscribeFromEarliest();
    case v1::START_POSITION_CUSTOM: {
      EARSHOT_ASSIGN_OR_RETURN(const StreamPlace place, DecodeResumeToken(board_.log_id(), request.resume_token()));
      return board_.SubscribeBehind(place);
    }
    default:
      return rpc::WithReason(rpc::WithFieldViolation(InvalidArgument("start is {}, which this server does not know",
                                                                     static_cast<int>(request.start())),
                                                     "start", "is unknown"),
                             "START_UNKNOWN");
  }
}

grpc::ServerUnaryReactor* AlertService::ListAlerts(grpc::CallbackServerContext* context,
                                                   const v1::ListAlertsRequest* request,
                                                   v1::ListAlertsResponse* response) {
  return FinishUnary(context, List(*request, *response));
}

absl::Status AlertService::List(const v1::ListAlertsRequest& request, v1::ListAlertsResponse& response) {
  EARSHOT_RETURN_IF_ERROR(CheckReady());
  EARSHOT_ASSIGN_OR_RETURN(const size_t page_size, PageSize(request));
  EARSHOT_ASSIGN_OR_RETURN(const Filter filter, Filter::Compile(request.filter()));
  int64_t before = std::numeric_limits<int64_t>::max();
  if (!request.page_token().empty()) {
    EARSHOT_ASSIGN_OR_RETURN(before, DecodePageToken(board_.log_id(), filter.text(), request.page_token()));
  }
  size_t bytes = 0;
  for (size_t scanned = 0; scanned < kMaxScannedAlerts;) {
    // One more than fits tells whether there is another page.
    const size_t room = page_size - static_cast<size_t>(response.alerts_size()) + 1;
    const size_t wanted = filter.text().empty() ? std::min(kScanAlerts, room) : kScanAlerts;
    EARSHOT_ASSIGN_OR_RETURN(auto listed, board_.AlertsBefore(before, wanted));
    for (auto& [first_sequence, alert] : listed) {
      const bool passes = filter.Passes(alert);
      if (passes && (static_cast<size_t>(response.alerts_size()) == page_size || bytes >= kMaxPageBytes)) {
        response.set_next_page_token(EncodePageToken(board_.log_id(), {before, filter.text()}));
        return absl::OkStatus();
      }
      before = first_sequence;
      if (!passes) continue;
      bytes += alert.ByteSizeLong();
      *response.add_alerts() = std::move(alert);
    }
    scanned += listed.size();
    if (listed.size() < wanted) return absl::OkStatus();
  }
  response.set_next_page_token(EncodePageToken(board_.log_id(), {before, filter.text()}));
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* AlertService::GetAlert(grpc::CallbackServerContext* context,
                                                 const v1::GetAlertRequest* request, v1::GetAlertResponse* response) {
  return FinishUnary(context, Get(*request, *response));
}

absl::Status AlertService::Get(const v1::GetAlertRequest& request, v1::GetAlertResponse& response) {
  EARSHOT_RETURN_IF_ERROR(CheckReady());
  const std::string& name = request.name();
  if (!name.starts_with(kAlertCollection) || name.size() == kAlertCollection.size()) {
    return rpc::WithReason(
        rpc::WithFieldViolation(InvalidArgument("name is '{}'; it must be alerts/ID", name.substr(0, 100)), "name",
                                "must be alerts/ID"),
        "NAME_INVALID");
  }
  EARSHOT_ASSIGN_OR_RETURN(auto alert, board_.Find(name));
  if (!alert) {
    return rpc::WithReason(NotFound("there is no alert {}", name.substr(0, 100)), "ALERT_NOT_FOUND",
                           {{"name", name.substr(0, 100)}});
  }
  *response.mutable_alert() = *std::move(alert);
  return absl::OkStatus();
}

}  // namespace earshot::alerts
