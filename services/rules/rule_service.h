// earshot.v1.RuleService over gRPC.
#pragma once

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "earshot/v1/rule_service.grpc.pb.h"
#include "services/rules/app.h"

namespace earshot::rules {

// Thread-safe if `apply` is.
class RuleServiceHandler final : public v1::RuleService::Service {
 public:
  using Apply = std::function<absl::StatusOr<AppliedRuleSet>(const std::vector<v1::RuleFile>&)>;

  explicit RuleServiceHandler(Apply apply) : apply_(std::move(apply)) {}

  grpc::Status ApplyRuleSet(grpc::ServerContext* context, const v1::ApplyRuleSetRequest* request,
                            v1::ApplyRuleSetResponse* response) override;

 private:
  Apply apply_;
};

}  // namespace earshot::rules
