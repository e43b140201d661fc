// What a kill -9 may not change.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <set>

#include "earshot/v1/alert_service.grpc.pb.h"
#include "earshot/v1/ingest_service.grpc.pb.h"
#include "services/ingest/transcript/transcript.h"
#include "tests/acceptance/serve.h"

namespace earshot::acceptance {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;

struct Feed {
  v1::Call call;
  std::vector<v1::Utterance> utterances;
};

// One connection of a feed: opens the call, sends what the server asks for, waits for each acknowledgement.
// Ends when `count` utterances of this connection are acknowledged, or with the end of the call.
class Connection {
 public:
  Connection(const Serve& serve, const Feed& feed)
      : feed_(feed), stub_(v1::IngestService::NewStub(serve.channel())), stream_(stub_->StreamCall(&context_)) {
    v1::StreamCallRequest request;
    *request.mutable_open()->mutable_call() = feed.call;
    stream_->Write(request);
    v1::StreamCallResponse response;
    if (!stream_->Read(&response)) {
      const grpc::Status status = stream_->Finish();
      ADD_FAILURE() << "refused: " << status.error_code() << " " << status.error_message();
      return;
    }
    next_ = response.opened().resume_from();
  }

  int resume_from() const { return next_; }

  void SendUpTo(int last) {
    for (; next_ <= last; ++next_) {
      v1::StreamCallRequest request;
      *request.mutable_utterance() = feed_.utterances[next_ - 1];
      ASSERT_TRUE(stream_->Write(request));
      v1::StreamCallResponse response;
      ASSERT_TRUE(stream_->Read(&response)) << stream_->Finish().error_message();
      ASSERT_EQ(response.acknowledged().sequence(), next_);
    }
  }

  void End() {
    v1::StreamCallRequest request;
    request.mutable_end()->set_last_sequence(static_cast<int>(feed_.utterances.size()));
    ASSERT_TRUE(stream_->Write(request));
    v1::StreamCallResponse response;
    ASSERT_TRUE(stream_->Read(&response));
    EXPECT_TRUE(response.has_closed());
    stream_->WritesDone();
    EXPECT_TRUE(stream_->Finish().ok());
  }

  void Abandon() { context_.TryCancel(); }

 private:
  const Feed& feed_;
  grpc::ClientContext context_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamCallRequest, v1::StreamCallResponse>> stream_;
  int next_ = 1;
};

Feed FeedOf(const std::filesystem::path& file) {
  const auto transcript = transcript::ReadTranscript(ReadFile(file), {.file_name = file.filename()});
  EXPECT_TRUE(transcript.ok()) << transcript.status();
  Feed feed;
  if (!transcript.ok()) return feed;
  feed.call.set_company("BABA");
  feed.call.set_fiscal_period(transcript->header.fiscal_period);
  feed.call.set_date(transcript->header.date);
  int sequence = 0;
  for (const auto& raw : transcript->utterances) feed.utterances.push_back(transcript::ToUtterance(raw, ++sequence));
  return feed;
}

std::vector<Feed> SampleFeeds() {
  std::vector<Feed> feeds;
  for (const auto& file : Samples()) feeds.push_back(FeedOf(file));
  return feeds;
}

void SendWhole(const Serve& serve, const Feed& feed) {
  Connection connection(serve, feed);
  connection.SendUpTo(static_cast<int>(feed.utterances.size()));
  connection.End();
}

std::vector<std::string> StreamedNames(const Serve& serve, size_t count) {
  const auto stub = v1::AlertService::NewStub(serve.channel());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  v1::StreamAlertsRequest request;
  request.set_start(v1::START_POSITION_EARLIEST);
  auto stream = stub->StreamAlerts(&context, request);
  std::vector<std::string> names;
  v1::StreamAlertsResponse response;
  while (names.size() < count && stream->Read(&response)) {
    if (response.has_alert()) names.push_back(response.alert().name());
  }
  context.TryCancel();
  return names;
}

// The alerts of an undisturbed run, once for all tests.
const std::vector<std::string>& Undisturbed() {
  static const std::vector<std::string> alerts = [] {
    const TemporaryFolder folder;
    Serve serve(folder.path());
    serve.Start();
    for (const Feed& feed : SampleFeeds()) SendWhole(serve, feed);
    serve.AwaitDecided();
    return Contents(serve.Alerts());
  }();
  return alerts;
}

// Where in the later call the process is killed, in percent of its utterances.
class KillTest : public ::testing::TestWithParam<int> {};

TEST_P(KillTest, ChangesNoAlert) {
  ASSERT_THAT(Undisturbed(), Not(IsEmpty()));
  const std::vector<Feed> feeds = SampleFeeds();
  ASSERT_EQ(feeds.size(), 2u);
  const Feed& later = feeds[1];
  const int middle = std::max(1, static_cast<int>(later.utterances.size()) * GetParam() / 100);

  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  SendWhole(serve, feeds[0]);
  {
    Connection connection(serve, later);
    ASSERT_EQ(connection.resume_from(), 1);
    connection.SendUpTo(middle);
    serve.Kill();
    connection.Abandon();
  }
  serve.Start();
  Connection connection(serve, later);
  ASSERT_EQ(connection.resume_from(), 1)
      << "an instance that does not know the call has to understand it from the start";
  connection.SendUpTo(static_cast<int>(later.utterances.size()));
  connection.End();
  serve.AwaitDecided();

  EXPECT_THAT(Contents(serve.Alerts()), ElementsAreArray(Undisturbed()));
  const std::vector<std::string> streamed = StreamedNames(serve, Undisturbed().size());
  EXPECT_EQ(std::set<std::string>(streamed.begin(), streamed.end()).size(), Undisturbed().size())
      << "doubled on a stream";
}

INSTANTIATE_TEST_SUITE_P(Percent, KillTest, ::testing::Values(1, 35, 70, 100));

TEST(ReconnectTest, AClientThatLostItsConnectionIsToldWhereToGoOn) {
  const Feed feed = SampleFeeds().at(0);
  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  {
    Connection connection(serve, feed);
    connection.SendUpTo(5);
    connection.Abandon();
  }
  Connection again(serve, feed);
  EXPECT_EQ(again.resume_from(), 6);
  again.SendUpTo(static_cast<int>(feed.utterances.size()));
  again.End();
}

TEST(SendTest, GoesOnByItselfOnceTheServiceIsBack) {
  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  const std::vector<Feed> feeds = SampleFeeds();
  SendWhole(serve, feeds[0]);
  Process send({EarshotBinary(), "send", Samples().at(1), "--to", serve.address(), "--speed", "2000"},
               folder.path() / "send.log");
  ASSERT_TRUE(Await([&] { return serve.Alerts().size() > Undisturbed().size() / 2 || !send.Running(); }));
  serve.Kill();
  serve.Start();
  EXPECT_EQ(send.Wait(absl::Seconds(60)), 0) << send.Output();
  serve.AwaitDecided();
  EXPECT_THAT(Contents(serve.Alerts()), ElementsAreArray(Undisturbed()));
}

TEST(DrainTest, TerminatedServiceKeepsWhatItTook) {
  const TemporaryFolder folder;
  Serve serve(folder.path());
  serve.Start();
  for (const Feed& feed : SampleFeeds()) SendWhole(serve, feed);
  EXPECT_EQ(serve.Terminate(), 0) << serve.Output();
  serve.Start();
  serve.AwaitDecided();
  EXPECT_THAT(Contents(serve.Alerts()), ElementsAreArray(Undisturbed()));
}

}  // namespace
}  // namespace earshot::acceptance
