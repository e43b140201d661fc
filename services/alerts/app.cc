#include "services/alerts/app.h"

#include <utility>

#include "common/base/status.h"
#include "common/telemetry/log.h"
#include "services/alerts/alert_service.h"
#include "services/alerts/board/board.h"
#include "services/alerts/follower.h"
#include "services/alerts/probe.h"
#include "services/alerts/streams.h"

namespace earshot::alerts {

class App::Parts {
 public:
  Parts(const AppOptions& options, std::unique_ptr<Board> board, eventlog::EventLog& log, telemetry::Metrics& metrics)
      : probe(metrics),
        board(std::move(board)),
        streams(*this->board, probe, *options.clock, options.stream_threads),
        service(*this->board, streams, options.slow_consumer_timeout),
        follower(log, *this->board, probe, *options.clock) {
    this->board->SetListener([this] { streams.Wake(); });
  }

  AlertsProbe probe;
  std::unique_ptr<Board> board;
  Streams streams;
  AlertService service;
  Follower follower;
};

absl::StatusOr<std::unique_ptr<App>> App::Create(AppOptions options, eventlog::EventLog& log,
                                                 telemetry::Metrics& metrics) {
  if (options.board_path.empty()) return InvalidArgument("the alerts service needs the path of its read model");
  if (options.stream_threads < 1) return InvalidArgument("the alerts service needs at least one thread for streams");
  EARSHOT_ASSIGN_OR_RETURN(
      auto board,
      Board::Open({.path = options.board_path, .log_id = log.Id(), .recent_changes = options.recent_changes}));
  return std::unique_ptr<App>(new App(std::make_unique<Parts>(options, std::move(board), log, metrics)));
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

App::~App() { Stop(); }

absl::Status App::Start() {
  EARSHOT_RETURN_IF_ERROR(parts_->follower.Start());
  parts_->service.SetReady();
  telemetry::Log::Info("alerts", "caught up with the event log", {{"changes", parts_->board->last().sequence}});
  return absl::OkStatus();
}

grpc::Service& App::service() { return parts_->service; }

absl::Status App::Health() const { return parts_->follower.Health(); }

void App::EndStreams() { parts_->streams.Drain(); }

void App::Stop() {
  EndStreams();
  parts_->follower.Stop();
}

}  // namespace earshot::alerts
