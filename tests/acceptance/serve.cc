#include "tests/acceptance/serve.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <signal.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/strings.h"
#include "common/wire/json.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "fmt/format.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "gtest/gtest.h"

namespace earshot::acceptance {
namespace {

constexpr std::string_view kSentinelRule = R"(
groups:
  - name: sentinel
    rules:
      - alert: Sentinel
        match: {metric: headcount, kind: AMOUNT}
        when: o.value == 424242.0
)";

// Asks by name, the last one that is set: for a moment gRPC calls a whole new server SERVING before that can be said.
bool IsServing(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(std::string(v1::AlertService::service_full_name()));
  grpc::health::v1::HealthCheckResponse response;
  const grpc::Status status = grpc::health::v1::Health::NewStub(channel)->Check(&context, request, &response);
  return status.ok() && response.status() == grpc::health::v1::HealthCheckResponse::SERVING;
}

}  // namespace

Serve::Serve(std::filesystem::path data, std::vector<std::string> more_flags)
    : data_(std::move(data)),
      more_flags_(std::move(more_flags)),
      address_(fmt::format("127.0.0.1:{}", FreePort())),
      metrics_listen_(fmt::format("127.0.0.1:{}", FreePort())) {}

void Serve::Start() {
  std::filesystem::copy(SourceDir() / "deploy/config/rules", data_ / "rules",
                        std::filesystem::copy_options::overwrite_existing | std::filesystem::copy_options::recursive);
  WriteFile(data_ / "rules/sentinel.yaml", kSentinelRule);
  std::vector<std::string> argv = {EarshotBinary(),    "serve",         "--data",
                                   data_ / "log",      "--listen",      address_,
                                   "--metrics-listen", metrics_listen_, "--rules",
                                   data_ / "rules",    "--catalog",     SourceDir() / "deploy/config/catalog"};
  argv.insert(argv.end(), more_flags_.begin(), more_flags_.end());
  process_.emplace(argv, data_ / "serve.log");
  const bool ready = Await([&] { return !process_->Running() || IsServing(channel()); });
  ASSERT_TRUE(ready && process_->Running()) << Output();
}

void Serve::Kill() {
  process_->Signal(SIGKILL);
  EXPECT_EQ(process_->Wait(absl::Seconds(10)), 128 + SIGKILL);
}

int Serve::Terminate() {
  process_->Signal(SIGTERM);
  return process_->Wait(absl::Seconds(30));
}

std::string Serve::metrics_address() const { return metrics_listen_; }

std::shared_ptr<grpc::Channel> Serve::channel() const {
  return grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
}

std::string Serve::Output() const { return ReadFile(data_ / "serve.log"); }

void Serve::AwaitDecided(const std::string& company) {
  const std::string period = fmt::format("FY{}Q1", 2050 + ++sentinels_);
  v1::SubmitTranscriptRequest request;
  request.set_content(R"({"speaker":"Ann Example","role":"MANAGEMENT","text":"Our headcount was 424,242."})");
  request.set_file_name("sentinel.jsonl");
  request.mutable_call()->set_company(company);
  request.mutable_call()->set_fiscal_period(period);
  grpc::ClientContext context;
  v1::SubmitTranscriptResponse response;
  const grpc::Status status = v1::IngestService::NewStub(channel())->SubmitTranscript(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const auto is_sentinel = [&](const v1::Alert& alert) {
    return alert.rule() == "rules/Sentinel" && alert.call() == response.call().name();
  };
  const bool decided = Await([&] {
    const std::vector<v1::Alert> alerts = AllAlerts();
    return std::any_of(alerts.begin(), alerts.end(), is_sentinel);
  });
  ASSERT_TRUE(decided) << Output();
}

std::vector<v1::Alert> Serve::Alerts() const {
  std::vector<v1::Alert> alerts = AllAlerts();
  std::erase_if(alerts, [](const v1::Alert& alert) { return alert.rule() == "rules/Sentinel"; });
  return alerts;
}

std::vector<v1::Alert> Serve::AllAlerts() const {
  const auto stub = v1::AlertService::NewStub(channel());
  std::vector<v1::Alert> alerts;
  v1::ListAlertsRequest request;
  do {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::ListAlertsResponse response;
    const grpc::Status status = stub->ListAlerts(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    if (!status.ok()) return alerts;
    alerts.insert(alerts.end(), response.alerts().begin(), response.alerts().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  std::reverse(alerts.begin(), alerts.end());
  return alerts;
}

Finished Send(const Serve& serve, const std::filesystem::path& file, std::vector<std::string> more_flags) {
  std::vector<std::string> argv = {EarshotBinary(), "send", file, "--to", serve.address(), "--speed", "0"};
  argv.insert(argv.end(), more_flags.begin(), more_flags.end());
  return Run(argv);
}

std::string Content(const v1::Alert& alert) {
  v1::Alert content = alert;
  content.clear_times();
  content.clear_traceparent();
  return wire::ToJson(content);
}

std::vector<std::string> Contents(const std::vector<v1::Alert>& alerts) {
  std::vector<std::string> contents;
  for (const v1::Alert& alert : alerts) contents.push_back(Content(alert));
  std::sort(contents.begin(), contents.end());
  return contents;
}

v1::Alert Only(const std::vector<v1::Alert>& alerts, const std::string& rule, const std::string& period) {
  std::vector<v1::Alert> found;
  for (const v1::Alert& alert : alerts) {
    if (alert.rule() == "rules/" + rule && alert.period() == period) found.push_back(alert);
  }
  EXPECT_EQ(found.size(), 1u) << rule << " " << period;
  return found.empty() ? v1::Alert() : found.front();
}

v1::Operand OperandOf(const v1::Alert& alert, const std::string& expression) {
  for (const v1::Operand& operand : alert.operands()) {
    if (operand.expression() == expression) return operand;
  }
  ADD_FAILURE() << alert.rule() << " has no operand " << expression << ": " << alert.ShortDebugString();
  return {};
}

}  // namespace earshot::acceptance
