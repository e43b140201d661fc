#include "services/rules/app.h"

#include <algorithm>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/telemetry/log.h"
#include "common/wire/topics.h"
#include "services/rules/activator.h"
#include "services/rules/probe.h"
#include "services/rules/rule_files.h"
#include "services/rules/rule_service.h"
#include "services/rules/worker.h"

namespace earshot::rules {
namespace {

// All diagnostics as one text; the first ones also as field violations, as far as they fit into a trailer.
absl::Status RefusalOf(const yaml::Diagnostics& diagnostics, const std::vector<v1::RuleFile>& files) {
  constexpr size_t kMaxViolations = 8;
  absl::Status status = InvalidArgument(
      "{} in the rule files:\n{}",
      diagnostics.size() == 1 ? std::string("1 problem") : fmt::format("{} problems", diagnostics.size()),
      Message(diagnostics.ToStatus()));
  for (const yaml::Diagnostic& item : diagnostics.items()) {
    if (&item - diagnostics.items().data() >= static_cast<ptrdiff_t>(kMaxViolations)) break;
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const v1::RuleFile& candidate) { return candidate.path() == item.path; });
    status = rpc::WithFieldViolation(std::move(status), fmt::format("files[{}].content", file - files.begin()),
                                     fmt::format("{}:{}:{}: {}", item.path, item.line, item.column, item.message));
  }
  return rpc::WithReason(std::move(status), "RULE_SET_INVALID",
                         {{"diagnostics", fmt::format("{}", diagnostics.size())}});
}

}  // namespace

class App::Parts {
 public:
  Parts(AppOptions options, catalog::Catalog catalog, eventlog::EventLog& log, telemetry::Metrics& metrics)
      : options_(options), catalog_(std::move(catalog)), log_(log), probe_(metrics) {}

  absl::Status Open() {
    EARSHOT_RETURN_IF_ERROR(log_.EnsureTopics(wire::AllTopicSpecs()));
    EARSHOT_ASSIGN_OR_RETURN(activator_, Activator::Create(log_, *options_.clock));
    EARSHOT_ASSIGN_OR_RETURN(
        worker_, Worker::Create({.checkpoint_interval = options_.checkpoint_interval}, log_, probe_, *options_.clock));
    return absl::OkStatus();
  }

  absl::StatusOr<AppliedRuleSet> Apply(const std::vector<v1::RuleFile>& files) {
    auto applied = CheckAndActivate(files);
    if (!applied.ok()) {
      probe_.RuleSetRefused();
      telemetry::Log::Warning("rules", "rule files refused", {{"error", applied.status()}});
    }
    return applied;
  }

  const AppOptions options_;
  const catalog::Catalog catalog_;
  eventlog::EventLog& log_;
  RulesProbe probe_;
  std::unique_ptr<Activator> activator_;
  std::unique_ptr<Worker> worker_;
  RuleServiceHandler service_{[this](const std::vector<v1::RuleFile>& files) { return Apply(files); }};

 private:
  absl::StatusOr<AppliedRuleSet> CheckAndActivate(const std::vector<v1::RuleFile>& files) {
    if (files.empty()) {
      return rpc::WithFieldViolation(InvalidArgument("no rule files were given"), "files", "is empty");
    }
    yaml::Diagnostics diagnostics;
    CheckedRuleSet checked = CheckRuleFiles(files, catalog_, diagnostics);
    if (!diagnostics.empty()) return RefusalOf(diagnostics, files);
    AppliedRuleSet applied{.name = checked.message.name(), .rule_count = checked.rule_count};
    EARSHOT_ASSIGN_OR_RETURN(applied.unchanged, activator_->Activate(std::move(checked.message)));
    probe_.RuleSetAccepted();
    telemetry::Log::Info("rules", applied.unchanged ? "rule set is active already" : "rule set applied",
                         {{"rule_set", applied.name}, {"rules", applied.rule_count}});
    return applied;
  }
};

absl::StatusOr<std::unique_ptr<App>> App::Create(AppOptions options, catalog::Catalog catalog, eventlog::EventLog& log,
                                                 telemetry::Metrics& metrics) {
  auto parts = std::make_unique<Parts>(options, std::move(catalog), log, metrics);
  EARSHOT_RETURN_IF_ERROR(parts->Open());
  return std::unique_ptr<App>(new App(std::move(parts)));
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

App::~App() { Stop(); }

absl::Status App::Start() {
  parts_->worker_->Start();
  return parts_->worker_->AwaitHealthy(parts_->options_.start_timeout);
}

grpc::Service& App::service() { return parts_->service_; }

absl::StatusOr<AppliedRuleSet> App::ApplyRuleSet(const std::vector<v1::RuleFile>& files) {
  return parts_->Apply(files);
}

absl::Status App::Health() const { return parts_->worker_->Health(); }

void App::Stop() { parts_->worker_->Stop(); }

}  // namespace earshot::rules
