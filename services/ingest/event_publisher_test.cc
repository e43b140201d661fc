#include "services/ingest/event_publisher.h"

#include <string>
#include <vector>

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::ingest {
namespace {

// Does not take the second record, once.
class ForgetfulProducer final : public eventlog::Producer {
 public:
  absl::StatusOr<eventlog::Position> Append(eventlog::OutgoingRecord record) override {
    if (++appends_ == 2) return Unavailable("no space left");
    taken.push_back(*eventlog::FindHeader(record.headers, "ce_id"));
    return eventlog::Position{record.topic, 0, static_cast<int64_t>(taken.size()) - 1};
  }
  void AppendAsync(eventlog::OutgoingRecord record, Done done) override { done(Append(std::move(record))); }
  absl::Status Flush(absl::Duration) override { return absl::OkStatus(); }

  std::vector<std::string> taken;

 private:
  int appends_ = 0;
};

TEST(EventPublisherTest, WritesNothingBehindWhatWasLost) {
  ForgetfulProducer producer;
  telemetry::Metrics metrics;
  IngestProbe probe(metrics);
  EventPublisher publisher(producer, Clock::System(), probe);
  std::vector<v1::CallEvent> events(4);
  for (size_t i = 0; i < events.size(); ++i) events[i].set_name(std::to_string(i));
  const std::vector<absl::Status> statuses = publisher.Publish(events);
  EXPECT_THAT(producer.taken, testing::ElementsAre("0")) << "a later figure would be judged without an earlier plan";
  ASSERT_EQ(statuses.size(), 4u);
  EXPECT_TRUE(statuses[0].ok()) << statuses[0];
  for (size_t i = 1; i < statuses.size(); ++i) EXPECT_TRUE(absl::IsUnavailable(statuses[i])) << statuses[i];
  EXPECT_FALSE(publisher.Health().ok());
}

}  // namespace
}  // namespace earshot::ingest
