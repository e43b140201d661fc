#include "services/ingest/app.h"

#include <utility>

#include "common/base/status.h"
#include "common/wire/topics.h"
#include "services/ingest/call_desk.h"
#include "services/ingest/event_publisher.h"
#include "services/ingest/ingest_service.h"
#include "services/ingest/probe.h"
#include "services/ingest/worker_pool.h"

namespace earshot::ingest {

class App::Parts {
 public:
  Parts(AppOptions app_options, catalog::Catalog app_catalog, eventlog::EventLog& event_log,
        telemetry::Metrics& metrics)
      : options(app_options),
        catalog(std::move(app_catalog)),
        log(event_log),
        probe(metrics),
        service(*options.clock) {}

  const AppOptions options;
  const catalog::Catalog catalog;
  eventlog::EventLog& log;
  IngestProbe probe;
  IngestService service;
  // From Start on.
  std::unique_ptr<eventlog::Producer> producer;
  std::unique_ptr<EventPublisher> publisher;
  std::unique_ptr<CallDesk> desk;
  std::unique_ptr<WorkerPool> workers;
};

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

App::~App() { Stop(); }

absl::StatusOr<std::unique_ptr<App>> App::Create(AppOptions options, catalog::Catalog catalog, eventlog::EventLog& log,
                                                 telemetry::Metrics& metrics) {
  if (options.clock == nullptr) return InvalidArgument("ingest: no clock");
  EARSHOT_RETURN_IF_ERROR(log.EnsureTopics({{.name = std::string(wire::kCallEvents.name),
                                             .partitions = wire::kCallEvents.partitions,
                                             .compacted = wire::kCallEvents.compacted}}));
  return std::unique_ptr<App>(new App(std::make_unique<Parts>(options, std::move(catalog), log, metrics)));
}

absl::Status App::Start() {
  if (parts_->workers != nullptr) return FailedPrecondition("ingest: started before");
  EARSHOT_ASSIGN_OR_RETURN(parts_->producer, parts_->log.NewProducer());
  const Clock& clock = *parts_->options.clock;
  parts_->publisher = std::make_unique<EventPublisher>(*parts_->producer, clock, parts_->probe);
  parts_->desk = std::make_unique<CallDesk>(parts_->catalog, *parts_->publisher, clock, parts_->probe,
                                            parts_->options.max_open_calls);
  parts_->workers = std::make_unique<WorkerPool>(parts_->options.worker_threads);
  parts_->service.Serve(*parts_->desk, *parts_->workers);
  return absl::OkStatus();
}

grpc::Service& App::service() { return parts_->service; }

absl::Status App::Health() const {
  if (parts_->publisher == nullptr) return Unavailable("ingest: not started");
  return parts_->publisher->Health();
}

void App::EndStreams() { parts_->service.EndStreams(); }

void App::Stop() {
  EndStreams();
  if (parts_->workers != nullptr) parts_->workers->Stop();
}

}  // namespace earshot::ingest
