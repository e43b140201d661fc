// RuleService as a client meets it.
#include "services/rules/rule_service.h"

#include "common/base/status.h"
#include "common/rpc/client.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "gmock/gmock.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"

namespace earshot::rules {
namespace {

class RuleServiceTest : public testing::Test {
 protected:
  RuleServiceTest() {
    auto server = rpc::Server::Start({}, {{v1::RuleService::service_full_name(), &service_}});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = v1::RuleService::NewStub(rpc::Connect(server_->Address()));
  }

  absl::Status Call(const v1::ApplyRuleSetRequest& request, v1::ApplyRuleSetResponse& response) {
    grpc::ClientContext context;
    rpc::SetTimeout(context, absl::Seconds(30));
    return rpc::FromGrpc(stub_->ApplyRuleSet(&context, request, &response));
  }

  absl::StatusOr<AppliedRuleSet> result_ = Internal("not set");
  std::vector<std::string> seen_;
  RuleServiceHandler service_{[this](const std::vector<v1::RuleFile>& files) {
    for (const v1::RuleFile& file : files) seen_.push_back(file.path() + ": " + file.content());
    return result_;
  }};
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::RuleService::Stub> stub_;
};

TEST_F(RuleServiceTest, HandsOverTheFilesAndSaysWhatBecameOfThem) {
  result_ = AppliedRuleSet{.name = "ruleSets/abc", .rule_count = 3, .unchanged = true};
  v1::ApplyRuleSetRequest request;
  request.add_files()->set_path("a.yaml");
  request.mutable_files(0)->set_content("groups: []");
  v1::ApplyRuleSetResponse response;
  ASSERT_TRUE(Call(request, response).ok());
  EXPECT_THAT(seen_, testing::ElementsAre("a.yaml: groups: []"));
  EXPECT_EQ(response.rule_set(), "ruleSets/abc");
  EXPECT_EQ(response.rule_count(), 3);
  EXPECT_TRUE(response.unchanged());
}

TEST_F(RuleServiceTest, CarriesWhatIsWrongWithItsDetails) {
  result_ =
      rpc::WithReason(rpc::WithFieldViolation(InvalidArgument("1 problem in the rule files:\na.yaml:1:1: ..."),
                                              "files[0].content", "a.yaml:1:1: expected a mapping, found nothing"),
                      "RULE_SET_INVALID");
  v1::ApplyRuleSetResponse response;
  const absl::Status status = Call({}, response);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(status), testing::HasSubstr("a.yaml:1:1"));
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "RULE_SET_INVALID");
  EXPECT_EQ(rpc::BadRequestOf(status).field_violations(0).field(), "files[0].content");
}

}  // namespace
}  // namespace earshot::rules
