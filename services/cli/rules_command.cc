#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/catalog/catalog.h"
#include "common/rpc/client.h"
#include "common/rpc/grpc_status.h"
#include "common/yaml/diagnostics.h"
#include "earshot/v1/rule_service.grpc.pb.h"
#include "fmt/ostream.h"
#include "grpcpp/grpcpp.h"
#include "services/cli/commands.h"
#include "services/cli/input_file.h"
#include "services/rules/rule_files.h"

namespace earshot::cli {
namespace {

struct RulesCheckOptions {
  std::vector<std::string> paths;
  std::string catalog;
};

struct RulesApplyOptions {
  std::vector<std::string> paths;
  std::string address;
};

absl::Status CheckPathsExist(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return NotFound("{}: no such file or folder", path);
  }
  return absl::OkStatus();
}

absl::StatusOr<catalog::Catalog> LoadRulesCatalog(const std::string& given) {
  EARSHOT_ASSIGN_OR_RETURN(const std::string dir, ConfigDirOr(given, "catalog"));
  return catalog::Catalog::Load(dir);
}

// "1 rule", "2 rules".
std::string Counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

int RunRulesCheck(const RulesCheckOptions& options, Console& console) {
  if (const absl::Status status = CheckPathsExist(options.paths); !status.ok()) return Fail(console, status);
  const absl::StatusOr<catalog::Catalog> catalog = LoadRulesCatalog(options.catalog);
  if (!catalog.ok()) return Fail(console, catalog.status());
  yaml::Diagnostics diagnostics;
  const std::vector<v1::RuleFile> files = rules::ReadRuleFiles(options.paths, diagnostics);
  const rules::CheckedRuleSet checked = rules::CheckRuleFiles(files, *catalog, diagnostics);
  if (diagnostics.empty()) {
    fmt::print(console.out, "{} in {} good: {}\n", Counted(checked.rule_count, "rule"), Counted(files.size(), "file"),
               checked.message.name());
    return kGood;
  }
  fmt::print(console.err, "{}{} in {}\n", diagnostics.Render(), Counted(diagnostics.size(), "error"),
             Counted(files.size(), "file"));
  return kCheckFailed;
}

absl::Status ApplyRulesAt(const RulesApplyOptions& options, Console& console) {
  EARSHOT_RETURN_IF_ERROR(CheckPathsExist(options.paths));
  yaml::Diagnostics diagnostics;
  v1::ApplyRuleSetRequest request;
  for (v1::RuleFile& file : rules::ReadRuleFiles(options.paths, diagnostics)) *request.add_files() = std::move(file);
  EARSHOT_RETURN_IF_ERROR(diagnostics.ToStatus());
  const auto channel = rpc::Connect(options.address);
  EARSHOT_RETURN_IF_ERROR(rpc::WaitUntilConnected(*channel, options.address, rpc::kConnectTimeout));
  grpc::ClientContext context;
  rpc::SetTimeout(context, absl::Seconds(60));
  v1::ApplyRuleSetResponse response;
  EARSHOT_RETURN_IF_ERROR(rpc::FromGrpc(v1::RuleService::NewStub(channel)->ApplyRuleSet(&context, request, &response)));
  fmt::print(console.out, "{}: {}, {}\n", response.rule_set(), Counted(response.rule_count(), "rule"),
             response.unchanged() ? "active already" : "active from now on");
  return absl::OkStatus();
}

}  // namespace

Action DeclareRulesCheck(Flags& flags) {
  auto options = std::make_shared<RulesCheckOptions>();
  flags.AddPositional("PATH", options->paths, "Rule files, and folders of them.").Required();
  flags.Add("catalog", options->catalog, "DIR", "Catalogue; the one that comes with Earshot where not given.");
  return [options](Console& console) { return RunRulesCheck(*options, console); };
}

Action DeclareRulesApply(Flags& flags) {
  auto options = std::make_shared<RulesApplyOptions>();
  flags.AddPositional("PATH", options->paths, "Rule files, and folders of them: the whole set.").Required();
  flags.Add("to", options->address, "HOST:PORT", "Server to apply them to.").Required();
  return [options](Console& console) -> int {
    const absl::Status status = ApplyRulesAt(*options, console);
    return status.ok() ? kGood : Fail(console, status);
  };
}

}  // namespace earshot::cli
