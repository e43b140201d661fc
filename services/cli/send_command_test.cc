#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <mutex>
#include <utility>

#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/cli/command_run.h"

namespace earshot::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Takes utterances; every stream breaks after two of them. A stream begins behind what has been taken, or at the
// first utterance where `forgets`.
class BreakingIngest final : public v1::IngestService::Service {
 public:
  grpc::Status StreamCall(grpc::ServerContext*,
                          grpc::ServerReaderWriter<v1::StreamCallResponse, v1::StreamCallRequest>* stream) override {
    v1::StreamCallRequest request;
    stream->Read(&request);
    if (request.open().call().company() == "NOBODY") {
      return rpc::ToGrpc(
          rpc::WithFieldViolation(InvalidArgument("unknown company 'NOBODY'"), "open.call.company", "is unknown"));
    }
    v1::StreamCallResponse response;
    *response.mutable_opened()->mutable_call() = request.open().call();
    response.mutable_opened()->set_resume_from(forgets ? 1 : static_cast<int>(taken.size()) + 1);
    stream->Write(response);
    for (int read = 0; stream->Read(&request);) {
      if (request.has_end()) break;
      if (read++ == breaks_after && !std::exchange(broken, breaks_once)) return {broken_by, "broken"};
      Take(request.utterance());
      response.mutable_acknowledged()->set_sequence(request.utterance().sequence());
      response.mutable_acknowledged()->set_observation_count(1);
      stream->Write(response);
    }
    response.mutable_closed()->set_utterance_count(static_cast<int>(taken.size()));
    stream->Write(response);
    return grpc::Status::OK;
  }

  void Take(const v1::Utterance& utterance) {
    std::lock_guard lock(mutex);
    texts.push_back(utterance.text());
    if (utterance.sequence() > static_cast<int>(taken.size())) taken.push_back(utterance);
  }

  bool forgets = false;
  int breaks_after = 2;
  bool breaks_once = false;
  bool broken = false;
  grpc::StatusCode broken_by = grpc::StatusCode::UNAVAILABLE;
  std::mutex mutex;
  std::vector<v1::Utterance> taken;
  std::vector<std::string> texts;  // as they came, repetitions included
};

class SendCommandTest : public ::testing::Test {
 protected:
  SendCommandTest()
      : server_(rpc::Server::Start({}, {{v1::IngestService::service_full_name(), &service_}}).value()),
        path_(::testing::TempDir() + "/send_command_test." + std::to_string(getpid())) {
    std::ofstream(path_) << "Acme Group - Earnings Call - Q1 2026\n\nSpeaker 1\none\ntwo\n\nSpeaker 2\nthree\nfour\n";
  }
  ~SendCommandTest() override { std::remove(path_.c_str()); }

  static CommandRun Send(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "send");
    return RunForTest(arguments);
  }

  BreakingIngest service_;
  std::unique_ptr<rpc::Server> server_;
  const std::string path_;
};

TEST_F(SendCommandTest, GoesOnWhereTheServerSays) {
  const CommandRun sent = Send({path_, "--to", server_->Address(), "--speed", "0"});
  EXPECT_EQ(sent.code, kGood) << sent.err;
  EXPECT_THAT(service_.texts, ElementsAre("one", "two", "three", "four"));
  EXPECT_THAT(sent.out, HasSubstr("call ended: 4 utterances"));
  EXPECT_THAT(sent.err, HasSubstr("connection lost (broken); trying again"));
  EXPECT_TRUE(service_.taken.front().has_speak_time());
}

TEST_F(SendCommandTest, SendsAgainFromTheFirstWhereTheServerHasForgotten) {
  service_.forgets = true;
  service_.breaks_once = true;
  const CommandRun sent = Send({path_, "--to", server_->Address(), "--speed", "0"});
  EXPECT_EQ(sent.code, kGood) << sent.err;
  EXPECT_THAT(service_.texts, ElementsAre("one", "two", "one", "two", "three", "four"));
}

TEST_F(SendCommandTest, LeavesTheCallToAnotherThatTookItOver) {
  service_.broken_by = grpc::StatusCode::ABORTED;
  const CommandRun sent = Send({path_, "--to", server_->Address(), "--speed", "0"});
  EXPECT_NE(sent.code, kGood);
  EXPECT_THAT(service_.texts, ElementsAre("one", "two"));
}

TEST_F(SendCommandTest, PacesByTheLengthOfTheText) {
  service_.breaks_after = 100;
  const absl::Time before = Clock::System().Now();
  const CommandRun sent = Send({path_, "--to", server_->Address(), "--speed", "10"});
  EXPECT_EQ(sent.code, kGood) << sent.err;
  // 15 letters at 67 ms each, ten times as fast.
  EXPECT_GE(Clock::System().Now() - before, absl::Milliseconds(100));
}

TEST_F(SendCommandTest, SaysWhatIsWrongAndWhichFlagHelps) {
  const CommandRun unknown = Send({path_, "--to", server_->Address(), "--company", "NOBODY"});
  EXPECT_EQ(unknown.code, kBadUsage);
  EXPECT_THAT(unknown.err, HasSubstr("unknown company 'NOBODY'; set with --company"));
  const CommandRun missing = Send({path_ + ".none", "--to", server_->Address()});
  EXPECT_EQ(missing.code, kBadUsage);
  EXPECT_THAT(missing.err, HasSubstr(".none: No such file"));
  EXPECT_EQ(Send({path_, "--to", "127.0.0.1:1"}).code, kUnreachable);
}

}  // namespace
}  // namespace earshot::cli
