#include "services/rules/rule_service.h"

#include "common/rpc/grpc_status.h"

namespace earshot::rules {

grpc::Status RuleServiceHandler::ApplyRuleSet(grpc::ServerContext*, const v1::ApplyRuleSetRequest* request,
                                              v1::ApplyRuleSetResponse* response) {
  const auto applied = apply_({request->files().begin(), request->files().end()});
  if (!applied.ok()) return rpc::ToGrpc(applied.status());
  response->set_rule_set(applied->name);
  response->set_rule_count(applied->rule_count);
  response->set_unchanged(applied->unchanged);
  return grpc::Status::OK;
}

}  // namespace earshot::rules
