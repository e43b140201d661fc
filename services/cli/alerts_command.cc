#include <memory>
#include <ostream>
#include <string>

#include "common/base/status.h"
#include "common/rpc/client.h"
#include "common/rpc/grpc_status.h"
#include "common/wire/json.h"
#include "earshot/v1/alert_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/cli/blotter.h"
#include "services/cli/commands.h"

namespace earshot::cli {
namespace {

struct AlertsListOptions {
  std::string address;
  std::string filter;
  bool json = false;
  int64_t limit = 1000;
};

void PrintListed(const v1::Alert& alert, const AlertsListOptions& options, Console& console) {
  if (options.json) {
    console.out << wire::ToJson(alert) << "\n";
  } else {
    console.out << RenderAlertLine(
        alert, {.colour = console.colour, .fit_width = console.out_is_terminal, .width = console.width});
  }
}

absl::Status ListAlerts(const AlertsListOptions& options, Console& console) {
  const auto channel = rpc::Connect(options.address);
  EARSHOT_RETURN_IF_ERROR(rpc::WaitUntilConnected(*channel, options.address, rpc::kConnectTimeout));
  const auto stub = v1::AlertService::NewStub(channel);
  v1::ListAlertsRequest request;
  request.set_filter(options.filter);
  int64_t left = options.limit;
  do {
    request.set_page_size(static_cast<int>(std::min<int64_t>(left, 1000)));
    grpc::ClientContext context;
    rpc::SetTimeout(context, absl::Seconds(30));
    v1::ListAlertsResponse response;
    EARSHOT_RETURN_IF_ERROR(rpc::FromGrpc(stub->ListAlerts(&context, request, &response)));
    for (const v1::Alert& alert : response.alerts()) PrintListed(alert, options, console);
    left -= response.alerts_size();
    request.set_page_token(response.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace

Action DeclareAlertsList(Flags& flags) {
  auto options = std::make_shared<AlertsListOptions>();
  flags.Add("from", options->address, "HOST:PORT", "Server to ask.").Required();
  flags.Add("filter", options->filter, "CEL", "Only alerts for which it is true.");
  flags.Add("limit", options->limit, "N", "At most so many, newest first.").Between(1, 1e9);
  flags.Add("json", options->json, "One JSON object a line.");
  return [options](Console& console) -> int {
    const absl::Status status = ListAlerts(*options, console);
    return status.ok() ? kGood : Fail(console, status);
  };
}

}  // namespace earshot::cli
