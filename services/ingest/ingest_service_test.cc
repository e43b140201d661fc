// The service over real gRPC, on the embedded log.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/eventlog/embedded_backend.h"
#include "common/rpc/client.h"
#include "common/rpc/error_details.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "common/wire/identity.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "fmt/format.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/ingest/app.h"
#include "services/ingest/test_catalog.h"
#include "services/ingest/test_feed.h"

namespace earshot::ingest {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IngestServiceTest : public testing::Test {
 protected:
  void SetUp() override { Start(); }
  void TearDown() override { Stop(); }

  void Start(AppOptions options = {}) {
    auto app = App::Create(options, TestCatalog(), backend_.log(), metrics_);
    ASSERT_TRUE(app.ok()) << app.status();
    app_ = *std::move(app);
    ASSERT_TRUE(app_->Start().ok());
    auto server = rpc::Server::Start({}, {{"earshot.v1.IngestService", &app_->service()}});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    server_->OnDrain([this] { app_->EndStreams(); });
    server_->SetServing(true);
    stub_ = v1::IngestService::NewStub(rpc::Connect(server_->Address()));
  }

  void Stop() {
    if (server_ != nullptr) server_->Stop(absl::Seconds(5));
    if (app_ != nullptr) app_->Stop();
    server_.reset();
    app_.reset();
  }

  // As after a crash: what was open is forgotten, the log stays.
  void Restart() {
    Stop();
    Start();
  }

  absl::StatusOr<v1::SubmitTranscriptResponse> Submit(const std::string& content, const std::string& company = "",
                                                      const std::string& period = "") {
    grpc::ClientContext context;
    rpc::SetTimeout(context, kPatience);
    v1::SubmitTranscriptRequest request;
    request.set_content(content);
    request.set_file_name("call.txt");
    request.mutable_call()->set_company(company);
    request.mutable_call()->set_fiscal_period(period);
    v1::SubmitTranscriptResponse response;
    const absl::Status status = rpc::FromGrpc(stub_->SubmitTranscript(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  // All that the log holds, in its order.
  std::vector<eventlog::Record> Records() {
    auto consumer = *backend_.log().NewConsumer({});
    std::vector<eventlog::Position> positions;
    size_t count = 0;
    for (int partition = 0; partition < wire::kCallEvents.partitions; ++partition) {
      const auto offsets = *backend_.log().Offsets({std::string(wire::kCallEvents.name), partition});
      positions.push_back({std::string(wire::kCallEvents.name), partition, offsets.begin});
      count += static_cast<size_t>(offsets.end - offsets.begin);
    }
    EXPECT_TRUE(consumer->Assign(positions).ok());
    std::vector<eventlog::Record> records;
    while (records.size() < count) {
      auto polled = consumer->Poll(1000, kPatience);
      EXPECT_TRUE(polled.ok() && !polled->empty()) << polled.status();
      if (!polled.ok() || polled->empty()) break;
      for (eventlog::Record& record : *polled) records.push_back(std::move(record));
    }
    return records;
  }

  std::vector<v1::CallEvent> Events() {
    std::vector<v1::CallEvent> events;
    for (const eventlog::Record& record : Records()) events.push_back(*wire::DecodeCallEvent(record));
    return events;
  }

  std::vector<std::string> EventNames() {
    std::vector<std::string> names;
    for (const v1::CallEvent& event : Events()) names.emplace_back(wire::LastSegment(event.name()));
    return names;
  }

  std::string MetricLine(const std::string& name) {
    const std::string text = metrics_.Expose();
    const size_t at = text.find("\n" + name + " ");
    return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  }

  eventlog::EmbeddedBackend backend_;
  telemetry::Metrics metrics_;
  std::unique_ptr<App> app_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
};

TEST_F(IngestServiceTest, PublishesWhatIsSaid) {
  Feed feed(*stub_);
  const auto opened = feed.Open();
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->resume_from(), 1);
  EXPECT_EQ(opened->call().name(), "calls/acme-fy2026q1");
  EXPECT_EQ(opened->call().currency(), "CNY");
  const auto acknowledged = feed.Say(1, "Revenue was RMB 12.5 billion.");
  ASSERT_TRUE(acknowledged.ok()) << acknowledged.status();
  EXPECT_EQ(acknowledged->observation_count(), 1);
  EXPECT_FALSE(acknowledged->duplicate());
  const auto closed = feed.End(1);
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->utterance_count(), 1);
  EXPECT_EQ(closed->observation_count(), 1);
  EXPECT_TRUE(feed.Finish().ok());

  const auto records = Records();
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].key, "ACME");
  EXPECT_EQ(wire::TypeOf(records[0]), wire::kCallEventType);
  const v1::CallEvent event = *wire::DecodeCallEvent(records[0]);
  EXPECT_EQ(event.observations(0).value(), 12.5e9);
  EXPECT_EQ(event.times().speak_time().seconds(), 1'756'450'001);
  EXPECT_FALSE(event.utterance().has_speak_time());
  EXPECT_GT(event.times().receive_time().seconds(), 0);
  EXPECT_GT(event.times().understand_time().seconds(), 0);
  EXPECT_GT(event.times().publish_time().seconds(), 0);
  EXPECT_THAT(event.traceparent(), HasSubstr(kTraceparent.substr(3, 32)));
  EXPECT_EQ(wire::DecodeCallEvent(records[1])->kind(), v1::CALL_EVENT_KIND_CALL_ENDED);
  EXPECT_EQ(MetricLine("earshot_utterances_received_total"), "earshot_utterances_received_total 1");
  EXPECT_EQ(MetricLine("earshot_open_calls"), "earshot_open_calls 1");
  EXPECT_THAT(metrics_.Expose(), HasSubstr("earshot_observations_total{kind=\"amount\",stance=\"actual\"} 1"));
  EXPECT_TRUE(app_->Health().ok());
}

TEST_F(IngestServiceTest, AClientGoesOnWhereItWasCutOff) {
  {
    Feed feed(*stub_);
    ASSERT_TRUE(feed.Open().ok());
    ASSERT_TRUE(feed.Say(1, "Hello.").ok());
    ASSERT_TRUE(feed.Say(2, "Revenue was RMB 12.5 billion.").ok());
  }  // cut
  Feed feed(*stub_);
  EXPECT_EQ(feed.Open()->resume_from(), 3);
  EXPECT_TRUE(feed.Say(2, "Revenue was RMB 12.5 billion.")->duplicate());
  ASSERT_TRUE(feed.Say(3, "Goodbye.").ok());
  EXPECT_EQ(feed.End(3)->utterance_count(), 3);
  EXPECT_THAT(EventNames(), testing::ElementsAre("1.0", "2.0", "3.0", "4.end"));
  EXPECT_EQ(MetricLine("earshot_utterance_duplicates_total"), "earshot_utterance_duplicates_total 1");
}

TEST_F(IngestServiceTest, AnInstanceThatDoesNotKnowTheCallAsksForAllOfIt) {
  const std::vector<std::string> words = {"Hello.", "Revenue was RMB 12.5 billion.", "Capital expenditure rose 20%."};
  for (int run = 0; run < 2; ++run) {
    if (run > 0) Restart();
    Feed feed(*stub_);
    EXPECT_EQ(feed.Open()->resume_from(), 1);
    for (size_t i = 0; i < words.size(); ++i) EXPECT_FALSE(feed.Say(static_cast<int>(i) + 1, words[i])->duplicate());
  }
  const auto events = Events();
  ASSERT_EQ(events.size(), 6u);  // twice on the log, dropped downstream by name and content
  for (int i = 0; i < 3; ++i) EXPECT_EQ(wire::ContentHashOf(events[i]), wire::ContentHashOf(events[i + 3])) << i;
}

TEST_F(IngestServiceTest, PartialAndRevisedUtterancesAreCarried) {
  Feed feed(*stub_);
  ASSERT_TRUE(feed.Open().ok());
  ASSERT_TRUE(feed.Say(1, "Revenue was", 0, v1::UTTERANCE_STATUS_PARTIAL).ok());
  EXPECT_EQ(feed.Say(1, "Revenue was RMB 12.5 billion.", 1)->observation_count(), 1);
  ASSERT_TRUE(feed.Say(2, "Hello.").ok());
  ASSERT_TRUE(feed.Say(1, "Revenue was RMB 12.6 billion.", 2).ok());
  const auto events = Events();
  EXPECT_THAT(EventNames(), testing::ElementsAre("1.0", "1.1", "2.0", "1.2"));
  EXPECT_EQ(events[0].utterance().status(), v1::UTTERANCE_STATUS_PARTIAL);
  EXPECT_EQ(events[3].observations(0).value(), 12.6e9);
}

TEST_F(IngestServiceTest, AConflictIsRefusedAndTheFirstWins) {
  Feed feed(*stub_);
  ASSERT_TRUE(feed.Open().ok());
  ASSERT_TRUE(feed.Say(1, "Revenue was RMB 12.5 billion.").ok());
  const auto conflict = feed.Say(1, "Revenue was RMB 99 billion.");
  EXPECT_EQ(conflict.status().code(), absl::StatusCode::kAlreadyExists) << conflict.status();
  EXPECT_EQ(rpc::ErrorInfoOf(conflict.status()).reason(), "UTTERANCE_CONFLICT");
  EXPECT_EQ(EventNames().size(), 1u);
  EXPECT_EQ(MetricLine("earshot_utterance_conflicts_total"), "earshot_utterance_conflicts_total 1");
}

TEST_F(IngestServiceTest, AGapIsRefusedWithThePlaceToGoOnFrom) {
  Feed feed(*stub_);
  ASSERT_TRUE(feed.Open().ok());
  const auto gap = feed.Say(3, "Hello.");
  EXPECT_EQ(gap.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(rpc::ErrorInfoOf(gap.status()).reason(), "SEQUENCE_GAP");
  EXPECT_EQ(rpc::ErrorInfoOf(gap.status()).metadata().at("resume_from"), "1");
}

TEST_F(IngestServiceTest, ANewClientTakesTheCallOver) {
  Feed old_feed(*stub_);
  ASSERT_TRUE(old_feed.Open().ok());
  ASSERT_TRUE(old_feed.Say(1, "Hello.").ok());
  Feed new_feed(*stub_);
  EXPECT_EQ(new_feed.Open()->resume_from(), 2);
  const absl::Status displaced = old_feed.WaitForEnd();
  EXPECT_EQ(displaced.code(), absl::StatusCode::kAborted) << displaced;
  EXPECT_EQ(rpc::ErrorInfoOf(displaced).reason(), "TAKEN_OVER");
  EXPECT_TRUE(new_feed.Say(2, "Goodbye.").ok());
}

TEST_F(IngestServiceTest, MessagesOutOfPlaceAreRefused) {
  v1::StreamCallRequest empty;
  EXPECT_EQ(rpc::ErrorInfoOf(Feed(*stub_).Send(empty).status()).reason(), "MESSAGE_OUT_OF_PLACE");
  EXPECT_EQ(rpc::ErrorInfoOf(Feed(*stub_).Say(1, "Hello.").status()).reason(), "MESSAGE_OUT_OF_PLACE");
  EXPECT_EQ(rpc::ErrorInfoOf(Feed(*stub_).End(1).status()).reason(), "MESSAGE_OUT_OF_PLACE");
  Feed twice(*stub_);
  ASSERT_TRUE(twice.Open().ok());
  EXPECT_EQ(rpc::ErrorInfoOf(twice.Open().status()).reason(), "MESSAGE_OUT_OF_PLACE");
}

TEST_F(IngestServiceTest, BadCallsAndUtterancesNameTheField) {
  const auto unknown = Feed(*stub_).Open("Nobody Inc");
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(rpc::BadRequestOf(unknown.status()).field_violations(0).field(), "open.call.company");
  const auto no_period = Feed(*stub_).Open("ACME", "");
  EXPECT_EQ(rpc::BadRequestOf(no_period.status()).field_violations(0).field(), "open.call.fiscal_period");
  Feed feed(*stub_);
  ASSERT_TRUE(feed.Open().ok());
  const auto no_words = feed.Say(1, "");
  EXPECT_EQ(no_words.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(rpc::BadRequestOf(no_words.status()).field_violations(0).field(), "utterance.text");
}

constexpr std::string_view kFile =
    "Acme Group - Earnings Call - Q1 2026\nAugust 29, 2025\n\nJane Roe (CFO)\n\nRevenue was RMB 12.5 billion.\n\nThank "
    "you.\n";

TEST_F(IngestServiceTest, TakesAWholeFileOnce) {
  const auto response = Submit(std::string(kFile));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->call().company(), "ACME");
  EXPECT_EQ(response->call().fiscal_period(), "FY2026Q1");
  EXPECT_EQ(response->call().date(), "2025-08-29");
  EXPECT_EQ(response->utterance_count(), 2);
  EXPECT_EQ(response->observation_count(), 1);
  EXPECT_EQ(response->duplicate_count(), 0);
  EXPECT_EQ(Submit(std::string(kFile))->duplicate_count(), 2);
  const auto events = Events();
  EXPECT_THAT(EventNames(), testing::ElementsAre("1.0", "2.0", "3.end"));
  EXPECT_EQ(events[0].observations(0).evidence().line(), 6);
  EXPECT_FALSE(events[0].times().has_speak_time());
}

TEST_F(IngestServiceTest, AFileAndAStreamOfTheSameCallAreTheSame) {
  ASSERT_TRUE(Submit(std::string(kFile)).ok());
  Feed feed(*stub_);
  EXPECT_EQ(feed.Open()->resume_from(), 3);
  EXPECT_TRUE(feed.End(2).ok());
  EXPECT_EQ(EventNames().size(), 3u);
}

TEST_F(IngestServiceTest, BadFilesAreRefusedWithPlaceAndAdvice) {
  struct Case {
    std::string content;
    std::string company;
    std::string period;
    std::string message;
    std::string field;
  };
  const std::string header = "Acme Group - Earnings Call\n\nSpeaker 1\nHello.\n";
  const std::vector<Case> cases = {
      {"", "ACME", "FY2026Q1", "call.txt: the file is empty", "content"},
      {std::string((4 << 20) + 1, 'a'), "ACME", "FY2026Q1", "call.txt: 4.0 MB; at most 4 MiB", "content"},
      {"Hi \xFF\n", "ACME", "FY2026Q1", "call.txt:1:4: byte 0xFF", "content"},
      {header, "", "", "names no fiscal period", "content"},
      {"Revenue rose.\n", "ACME", "", "call.fiscal_period: is empty", "call.fiscal_period"},
      {"Revenue rose.\n", "Nobody Inc", "FY2026Q1", "the catalogue has no company 'Nobody Inc'", "call.company"},
      {"Revenue rose.\n", "", "FY2026Q1", "call.company: is empty", "call.company"},
      {"{\"text\": \"Hi.\"}\n{\"text\": 1}\n", "ACME", "FY2026Q1", "call.txt:2: 'text' is no text", "content"},
  };
  for (const Case& bad : cases) {
    const auto response = Submit(bad.content, bad.company, bad.period);
    ASSERT_EQ(response.status().code(), absl::StatusCode::kInvalidArgument) << bad.message << response.status();
    EXPECT_THAT(std::string(Message(response.status())), HasSubstr(bad.message));
    ASSERT_EQ(rpc::BadRequestOf(response.status()).field_violations_size(), 1) << bad.message;
    EXPECT_EQ(rpc::BadRequestOf(response.status()).field_violations(0).field(), bad.field);
    EXPECT_FALSE(rpc::ErrorInfoOf(response.status()).reason().empty());
  }
  EXPECT_EQ(Submit(std::string(10 << 20, 'a')).status().code(), absl::StatusCode::kResourceExhausted);  // gRPC's own
  EXPECT_THAT(Records(), IsEmpty());
  EXPECT_TRUE(Submit(header, "", "FY2026Q1").ok());  // the caller knows
}

TEST_F(IngestServiceTest, TheCallThatWasSilentForLongestIsForgotten) {
  Stop();
  Start({.max_open_calls = 2});
  {
    Feed feed(*stub_);
    ASSERT_TRUE(feed.Open("AAA").ok());
    ASSERT_TRUE(feed.Say(1, "Hello.").ok());
  }
  Feed second(*stub_);
  ASSERT_TRUE(second.Open("BBB").ok());
  // The first call's stream may still be going; its place is free once the server has seen it go.
  std::optional<Feed> third;
  absl::Status opened;
  for (const absl::Time give_up = absl::Now() + kPatience; absl::Now() < give_up;) {
    opened = third.emplace(*stub_).Open("CCC").status();
    if (!absl::IsResourceExhausted(opened)) break;
  }
  ASSERT_TRUE(opened.ok()) << opened;
  const auto full = Feed(*stub_).Open("DDD");
  EXPECT_EQ(full.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(rpc::ErrorInfoOf(full.status()).reason(), "TOO_MANY_CALLS");
  EXPECT_GT(rpc::RetryDelayOf(full.status()), absl::ZeroDuration());
}

TEST(IngestServiceOnAFullLogTest, WhatTheLogDoesNotTakeIsNotAcknowledged) {
  eventlog::TempFolder folder;
  auto log = eventlog::OpenEmbeddedLog({.path = folder.File("log.db"), .max_bytes = 1 << 20});
  ASSERT_TRUE(log.ok()) << log.status();
  telemetry::Metrics metrics;
  auto app = App::Create({}, TestCatalog(), **log, metrics);
  ASSERT_TRUE(app.ok()) << app.status();
  ASSERT_TRUE((*app)->Start().ok());
  auto server = rpc::Server::Start({}, {{"earshot.v1.IngestService", &(*app)->service()}});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = v1::IngestService::NewStub(rpc::Connect((*server)->Address()));

  int sequence = 0;
  absl::Status refused;
  {
    Feed feed(*stub);
    ASSERT_TRUE(feed.Open().ok());
    const std::string much(60'000, 'a');
    while (refused.ok() && sequence < 100) refused = feed.Say(++sequence, much).status();
  }
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable) << refused;
  EXPECT_EQ(rpc::ErrorInfoOf(refused).reason(), "EVENT_LOG_UNAVAILABLE");
  EXPECT_GT(rpc::RetryDelayOf(refused), absl::ZeroDuration());
  EXPECT_FALSE((*app)->Health().ok());
  {
    Feed feed(*stub);
    EXPECT_EQ(feed.Open()->resume_from(), sequence);
  }
  (*server)->Stop(absl::Seconds(5));
  (*app)->Stop();
}

TEST_F(IngestServiceTest, AShutdownTellsStreamsToConnectAgain) {
  Feed feed(*stub_);
  ASSERT_TRUE(feed.Open().ok());
  app_->EndStreams();
  const absl::Status ended = feed.WaitForEnd();
  EXPECT_EQ(ended.code(), absl::StatusCode::kUnavailable) << ended;
  EXPECT_EQ(rpc::ErrorInfoOf(ended).reason(), "SHUTTING_DOWN");
  EXPECT_EQ(rpc::ErrorInfoOf(Feed(*stub_).Open().status()).reason(), "SHUTTING_DOWN");
}

}  // namespace
}  // namespace earshot::ingest
