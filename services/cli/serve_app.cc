#include "services/cli/serve_app.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/catalog/catalog.h"
#include "common/eventlog/embedded_log.h"
#include "common/rpc/server.h"
#include "common/telemetry/log.h"
#include "common/telemetry/metrics_server.h"
#include "common/yaml/diagnostics.h"
#include "services/alerts/app.h"
#include "services/cli/ticker.h"
#include "services/ingest/app.h"
#include "services/rules/app.h"
#include "services/rules/rule_files.h"

namespace earshot::cli {
namespace {

using telemetry::Log;

constexpr absl::Duration kHealthInterval = absl::Milliseconds(250);

constexpr std::string_view kIngestService = "earshot.v1.IngestService";
constexpr std::string_view kRuleService = "earshot.v1.RuleService";
constexpr std::string_view kAlertService = "earshot.v1.AlertService";

absl::StatusOr<std::vector<v1::RuleFile>> ReadRules(const std::string& dir) {
  yaml::Diagnostics diagnostics;
  std::vector<v1::RuleFile> files = rules::ReadRuleFiles({dir}, diagnostics);
  EARSHOT_RETURN_IF_ERROR(diagnostics.ToStatus());
  return files;
}

absl::Status CheckRules(const std::vector<v1::RuleFile>& files, const catalog::Catalog& catalog) {
  yaml::Diagnostics diagnostics;
  rules::CheckRuleFiles(files, catalog, diagnostics);
  return diagnostics.ToStatus();
}

bool SameFiles(const std::vector<v1::RuleFile>& a, const std::vector<v1::RuleFile>& b) {
  return std::ranges::equal(a, b, [](const v1::RuleFile& x, const v1::RuleFile& y) {
    return x.path() == y.path() && x.content() == y.content();
  });
}

absl::StatusOr<std::unique_ptr<eventlog::EventLog>> OpenLog(const std::string& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error) return InvalidArgument("data folder {}: {}", dir, error.message());
  return eventlog::OpenEmbeddedLog({.path = (std::filesystem::path(dir) / "log.db").string()});
}

}  // namespace

// In the order in which they are made; what is made later goes first.
class ServeApp::Parts {
 public:
  Parts(ServeOptions options, std::vector<v1::RuleFile> files)
      : options_(std::move(options)), rules_(std::move(files)) {}

  absl::Status Open(const catalog::Catalog& catalog) {
    EARSHOT_ASSIGN_OR_RETURN(log_, OpenLog(options_.data_dir));
    EARSHOT_ASSIGN_OR_RETURN(ingest_app_, ingest::App::Create({}, catalog, *log_, metrics_));
    EARSHOT_ASSIGN_OR_RETURN(rules_app_, rules::App::Create({}, catalog, *log_, metrics_));
    const std::string board = (std::filesystem::path(options_.data_dir) / "board.db").string();
    EARSHOT_ASSIGN_OR_RETURN(alerts_app_, alerts::App::Create({.board_path = board}, *log_, metrics_));
    return absl::OkStatus();
  }

  absl::Status Start() {
    EARSHOT_RETURN_IF_ERROR(Listen());
    EARSHOT_RETURN_IF_ERROR(alerts_app_->Start());
    // A set in the log that this version cannot use is replaced by the one that is applied next.
    if (absl::Status status = rules_app_->Start(); !status.ok() && !absl::IsFailedPrecondition(status)) return status;
    EARSHOT_RETURN_IF_ERROR(ApplyRules());
    EARSHOT_RETURN_IF_ERROR(ingest_app_->Start());
    ShowHealth();
    health_ticker_ = std::make_unique<Ticker>(kHealthInterval, [this] { ShowHealth(); });
    rules_ticker_ = std::make_unique<Ticker>(options_.rules_interval, [this] { ApplyChangedRules(); });
    return absl::OkStatus();
  }

  void Stop() {
    rules_ticker_.reset();
    health_ticker_.reset();
    if (server_ != nullptr) server_->Stop(options_.drain_timeout);
    if (ingest_app_ != nullptr) ingest_app_->Stop();
    if (rules_app_ != nullptr) rules_app_->Stop();
    if (alerts_app_ != nullptr) alerts_app_->Stop();
    metrics_server_.reset();
  }

  std::string Address() const { return server_->Address(); }
  std::string MetricsAddress() const { return metrics_server_->Address(); }

 private:
  absl::Status Listen() {
    EARSHOT_ASSIGN_OR_RETURN(server_,
                             rpc::Server::Start({.address = options_.listen, .reflection = options_.reflection},
                                                {{std::string(kIngestService), &ingest_app_->service()},
                                                 {std::string(kRuleService), &rules_app_->service()},
                                                 {std::string(kAlertService), &alerts_app_->service()}}));
    server_->OnDrain([this] {
      ingest_app_->EndStreams();
      alerts_app_->EndStreams();
    });
    EARSHOT_ASSIGN_OR_RETURN(metrics_server_, telemetry::MetricsServer::Start(metrics_, options_.metrics_listen));
    return absl::OkStatus();
  }

  absl::Status ApplyRules() {
    EARSHOT_ASSIGN_OR_RETURN(const rules::AppliedRuleSet applied, rules_app_->ApplyRuleSet(rules_));
    Log::Info("serve", applied.unchanged ? "rules are active already" : "rules applied",
              {{"rule_set", applied.name}, {"rules", applied.rule_count}});
    return absl::OkStatus();
  }

  void ApplyChangedRules() {
    absl::StatusOr<std::vector<v1::RuleFile>> files = ReadRules(options_.rules_dir);
    if (files.ok() && SameFiles(*files, rules_)) return;
    absl::Status status = files.status();
    if (files.ok()) {
      rules_ = *std::move(files);
      status = ApplyRules();
    }
    const std::string problem(Message(status));
    if (problem != rules_problem_ && !status.ok()) {
      Log::Error("serve", "changed rules are not applied; the set before them stays", {{"error", status}});
    }
    rules_problem_ = problem;
  }

  void ShowHealth() {
    const std::pair<std::string_view, absl::Status> services[] = {{kIngestService, ingest_app_->Health()},
                                                                  {kRuleService, rules_app_->Health()},
                                                                  {kAlertService, alerts_app_->Health()}};
    std::string problem;
    for (const auto& [name, status] : services) {
      server_->SetServing(name, status.ok());
      if (!status.ok()) problem += fmt::format("{}{}: {}", problem.empty() ? "" : "; ", name, Message(status));
    }
    server_->SetServing("", problem.empty());
    if (std::exchange(health_problem_, problem) == problem) return;
    if (problem.empty()) {
      Log::Info("serve", "healthy again");
    } else {
      Log::Error("serve", "not healthy", {{"error", problem}});
    }
  }

  const ServeOptions options_;
  std::vector<v1::RuleFile> rules_;
  std::string rules_problem_;
  std::string health_problem_;
  telemetry::Metrics metrics_;
  std::unique_ptr<eventlog::EventLog> log_;
  std::unique_ptr<ingest::App> ingest_app_;
  std::unique_ptr<rules::App> rules_app_;
  std::unique_ptr<alerts::App> alerts_app_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<telemetry::MetricsServer> metrics_server_;
  std::unique_ptr<Ticker> health_ticker_;
  std::unique_ptr<Ticker> rules_ticker_;
};

ServeApp::ServeApp(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

ServeApp::~ServeApp() { parts_->Stop(); }

absl::StatusOr<std::unique_ptr<ServeApp>> ServeApp::Create(ServeOptions options) {
  EARSHOT_ASSIGN_OR_RETURN(const catalog::Catalog catalog, catalog::Catalog::Load(options.catalog_dir));
  EARSHOT_ASSIGN_OR_RETURN(std::vector<v1::RuleFile> rules, ReadRules(options.rules_dir));
  EARSHOT_RETURN_IF_ERROR(CheckRules(rules, catalog));
  auto parts = std::make_unique<Parts>(std::move(options), std::move(rules));
  EARSHOT_RETURN_IF_ERROR(parts->Open(catalog));
  return std::unique_ptr<ServeApp>(new ServeApp(std::move(parts)));
}

absl::Status ServeApp::Start() { return parts_->Start(); }

std::string ServeApp::Address() const { return parts_->Address(); }

std::string ServeApp::MetricsAddress() const { return parts_->MetricsAddress(); }

void ServeApp::Stop() { parts_->Stop(); }

}  // namespace earshot::cli
