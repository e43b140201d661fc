#include "services/ingest/app.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/status.h"
#include "common/wire/topics.h"
#include "services/ingest/call_desk.h"
#include "services/ingest/call_session.h"
#include "services/ingest/event_publisher.h"
#include "services/ingest/ingest_service.h"
#include "services/ingest/probe.h"
#include "services/ingest/worker_pool.h"

namespace earshot::ingest {
namespace {

// Understands a made-up call, so that what is made on first use, patterns above all, is there before the first real
// one: it would take that one's first utterances tens of milliseconds.
void Rehearse(const catalog::Catalog& catalog) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kScript = {
      {{"Speaker 1", "Welcome. With us are Ann Bo, Chief Executive Officer; and Carl Dee, Chief Financial Officer."},
       {"Speaker 1", "These are forward-looking statements. I will now turn the call over to Ann."},
       {"Speaker 2",
        "Thank you. Revenue rose 4% to $1.2 billion. That ends our remarks, and we can open for questions."},
       {"Speaker 1", "Your first question comes from Eva Fox with Example Bank."},
       {"Speaker 3", "Thank you. How will margins develop?"},
       {"Speaker 4", "我的问题是关于利润率。谢谢。"},
       {"Speaker 2", "谢谢你的问题。收入增长了 4%,达到 12 亿美元。"}}};
  v1::Call call;
  call.set_name("calls/rehearsal");
  call.set_company("REHEARSAL");
  call.set_fiscal_period("FY2025Q1");
  CallSession session(catalog, call);
  for (int sequence = 0; const auto& [label, text] : kScript) {
    v1::Utterance utterance;
    utterance.set_sequence(++sequence);
    utterance.set_text(std::string(text));
    utterance.mutable_speaker()->set_label(std::string(label));
    session.Understand(utterance).IgnoreError();
  }
}

}  // namespace

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
  Rehearse(parts_->catalog);
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
