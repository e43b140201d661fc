#include "common/eventlog/embedded_log.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "common/base/status.h"
#include "common/eventlog/embedded_backend.h"
#include "common/eventlog/event_log_contract.h"
#include "common/eventlog/group_contract.h"
#include "common/sqlite/database.h"

namespace earshot::eventlog {
namespace {

using ::testing::HasSubstr;

INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, EventLogContract, EmbeddedBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, GroupContract, EmbeddedBackend);

class EmbeddedLogTest : public ::testing::Test {
 protected:
  std::string Path() const { return folder_.File("log.db"); }

  // All of partition 0, from the beginning.
  static std::vector<Record> ReadAll(EventLog& log, const std::string& topic) {
    auto consumer = log.NewConsumer({}).value();
    EXPECT_TRUE(consumer->Assign({{topic, 0, 0}}).ok());
    std::vector<Record> all;
    while (true) {
      auto records = consumer->Poll(1000, absl::ZeroDuration());
      EXPECT_TRUE(records.ok()) << records.status();
      if (!records.ok() || records->empty()) return all;
      for (Record& record : *records) all.push_back(std::move(record));
    }
  }

  TempFolder folder_;
};

TEST_F(EmbeddedLogTest, OneProcessAFile) {
  auto log = OpenEmbeddedLog({.path = Path()}).value();
  const absl::Status second = OpenEmbeddedLog({.path = Path()}).status();
  EXPECT_EQ(second.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(Message(second)), HasSubstr("log.db is in use by this very process"));
  log.reset();
  EXPECT_TRUE(OpenEmbeddedLog({.path = Path()}).ok());
}

TEST_F(EmbeddedLogTest, TheHolderOfTheFileIsNamed) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    auto log = OpenEmbeddedLog({.path = Path()});
    const char mark = log.ok() ? 'y' : 'n';
    if (write(ready[1], &mark, 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char mark = 0;
  ASSERT_EQ(read(ready[0], &mark, 1), 1);
  ASSERT_EQ(mark, 'y');
  const absl::Status status = OpenEmbeddedLog({.path = Path()}).status();
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("in use by process " + std::to_string(child)));
  EXPECT_TRUE(OpenEmbeddedLog({.path = Path()}).ok()) << "the lock goes with the process";
  close(ready[0]);
  close(ready[1]);
}

TEST_F(EmbeddedLogTest, APartitionThatCannotBeReadTakesNothingFromTheOthers) {
  auto log = OpenEmbeddedLog({.path = Path()}).value();
  ASSERT_TRUE(log->EnsureTopics({{.name = "t", .partitions = 2}}).ok());
  auto producer = log->NewProducer().value();
  ASSERT_TRUE(producer->Append({.topic = "t", .partition = 0, .value = "first"}).ok());
  ASSERT_TRUE(producer->Append({.topic = "t", .partition = 1, .value = "damaged"}).ok());
  sqlite::Database file = sqlite::Database::Open(Path()).value();
  ASSERT_TRUE(file.Execute("UPDATE records SET headers = x'ff' WHERE value = x'64616d61676564'").ok());
  ASSERT_EQ(file.Changes(), 1);
  auto consumer = log->NewConsumer({}).value();
  ASSERT_TRUE(consumer->Assign({{"t", 0, 0}, {"t", 1, 0}}).ok());
  std::vector<std::string> values;
  int errors = 0;
  const auto poll = [&] {
    const auto records = consumer->Poll(100, absl::ZeroDuration());
    if (!records.ok()) return void(++errors);
    for (const Record& record : *records) values.push_back(record.value.value_or(""));
  };
  for (int i = 0; i < 3; ++i) poll();
  EXPECT_THAT(values, testing::ElementsAre("first"));
  EXPECT_GT(errors, 0) << "it has to be told";
  ASSERT_TRUE(producer->Append({.topic = "t", .partition = 0, .value = "second"}).ok());
  for (int i = 0; i < 3; ++i) poll();
  EXPECT_THAT(values, testing::ElementsAre("first", "second"));
}

// A child appends and reports each ack; it is killed in the middle of it.
TEST_F(EmbeddedLogTest, WhatWasAckedSurvivesKill9) {
  int acks[2];
  ASSERT_EQ(pipe(acks), 0);
  const pid_t child = fork();
  if (child == 0) {
    auto log = OpenEmbeddedLog({.path = Path()});
    if (!log.ok() || !(*log)->EnsureTopics({{.name = "t"}}).ok()) _exit(1);
    auto producer = (*log)->NewProducer().value();
    for (int i = 0;; ++i) {
      if (!producer->Append({.topic = "t", .value = std::to_string(i)}).ok()) _exit(1);
      const char ack = 'a';
      if (write(acks[1], &ack, 1) != 1) _exit(1);
    }
  }
  close(acks[1]);
  size_t acked = 0;
  char buffer[64];
  while (acked < 300) {
    const ssize_t size = read(acks[0], buffer, sizeof buffer);
    ASSERT_GT(size, 0) << "the child failed";
    acked += static_cast<size_t>(size);
  }
  kill(child, SIGKILL);
  for (ssize_t size; (size = read(acks[0], buffer, sizeof buffer)) > 0;) acked += static_cast<size_t>(size);
  waitpid(child, nullptr, 0);
  close(acks[0]);

  auto log = OpenEmbeddedLog({.path = Path()}).value();
  const std::vector<Record> records = ReadAll(*log, "t");
  ASSERT_GE(records.size(), acked);
  for (size_t i = 0; i < records.size(); ++i) EXPECT_EQ(records[i].value, std::to_string(i));
}

TEST_F(EmbeddedLogTest, ANewerSchemaIsRefused) {
  OpenEmbeddedLog({.path = Path()}).value().reset();
  ASSERT_TRUE(sqlite::Database::Open(Path()).value().Execute("PRAGMA user_version = 7").ok());
  const absl::Status status = OpenEmbeddedLog({.path = Path()}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("newer version of Earshot (schema 7"));
}

TEST_F(EmbeddedLogTest, ADatabaseOfSomethingElseIsRefused) {
  ASSERT_TRUE(sqlite::Database::Open(Path()).value().Execute("CREATE TABLE people (name TEXT)").ok());
  const absl::Status status = OpenEmbeddedLog({.path = Path()}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("no event log"));
}

TEST_F(EmbeddedLogTest, AFileThatIsNoDatabaseIsDataLoss) {
  std::ofstream(Path()) << std::string(10'000, 'z');
  const absl::Status status = OpenEmbeddedLog({.path = Path()}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
  EXPECT_THAT(std::string(Message(status)), HasSubstr("log.db"));
}

TEST_F(EmbeddedLogTest, DamagedPagesAreAnErrorAndNoCrash) {
  {
    auto log = OpenEmbeddedLog({.path = Path()}).value();
    ASSERT_TRUE(log->EnsureTopics({{.name = "t"}}).ok());
    auto producer = log->NewProducer().value();
    for (int i = 0; i < 200; ++i) {
      ASSERT_TRUE(producer->Append({.topic = "t", .value = std::string(1000, 'v')}).ok());
    }
  }
  {
    std::fstream file(Path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(12 * 4096);
    file << std::string(20 * 4096, '\x5a');
  }
  auto log = OpenEmbeddedLog({.path = Path()});
  absl::Status status = log.status();
  if (log.ok()) {
    auto consumer = (*log)->NewConsumer({}).value();
    ASSERT_TRUE(consumer->Assign({{"t", 0, 0}}).ok());
    status = consumer->Poll(1000, absl::ZeroDuration()).status();
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
}

TEST_F(EmbeddedLogTest, AFullFileRefusesAppendsAndKeepsWhatItHas) {
  auto log = OpenEmbeddedLog({.path = Path(), .max_bytes = 400'000}).value();
  ASSERT_TRUE(log->EnsureTopics({{.name = "t"}}).ok());
  auto producer = log->NewProducer().value();
  size_t taken = 0;
  absl::Status status;
  while (taken < 100) {
    status = producer->Append({.topic = "t", .value = std::string(10'000, 'v')}).status();
    if (!status.ok()) break;
    ++taken;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("no space left"));
  EXPECT_GT(taken, 10u);
  const std::vector<Record> records = ReadAll(*log, "t");
  ASSERT_EQ(records.size(), taken);
  const auto next = producer->Append({.topic = "t", .value = "small"});
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->offset, records.back().offset + 1);
}

// Some records of the transaction went in before it failed: none of them counts.
TEST_F(EmbeddedLogTest, ATransactionThatFailsLeavesNoGap) {
  auto log = OpenEmbeddedLog({.path = Path(), .max_bytes = 400'000}).value();
  ASSERT_TRUE(log->EnsureTopics({{.name = "t"}}).ok());
  auto producer = log->NewProducer().value();
  std::atomic<size_t> taken = 0;
  for (int i = 0; i < 200; ++i) {
    producer->AppendAsync({.topic = "t", .value = std::string(10'000, 'v')},
                          [&](const absl::StatusOr<Position>& position) { taken += position.ok() ? 1 : 0; });
  }
  ASSERT_TRUE(producer->Flush(kPatience).ok());
  ASSERT_LT(taken, 100u);
  EXPECT_EQ(ReadAll(*log, "t").size(), taken);
  const auto next = producer->Append({.topic = "t", .value = "small"});
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->offset, static_cast<int64_t>(taken));
}

TEST_F(EmbeddedLogTest, AFolderThatCannotBeMadeIsUnavailable) {
  std::ofstream(folder_.File("file")) << "no folder";
  const absl::Status status = OpenEmbeddedLog({.path = folder_.File("file/log.db")}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(OpenEmbeddedLog({.path = folder_.File("new/folder/log.db")}).ok());
}

TEST_F(EmbeddedLogTest, RecordsHaveTheTimeOfTheClock) {
  const absl::Time time = absl::FromUnixMicros(1'767'605'400'123'456);
  ManualClock clock(time);
  auto log = OpenEmbeddedLog({.path = Path(), .clock = &clock}).value();
  ASSERT_TRUE(log->EnsureTopics({{.name = "t"}}).ok());
  ASSERT_TRUE(log->NewProducer().value()->Append({.topic = "t", .value = "v"}).ok());
  EXPECT_EQ(ReadAll(*log, "t").at(0).time, time);
}

TEST_F(EmbeddedLogTest, CompactionRemovesTheSupersededAtOnceAndTombstonesAfterADay) {
  ManualClock clock(absl::FromUnixSeconds(1'767'605'400));
  const auto open = [&] { return OpenEmbeddedLog({.path = Path(), .clock = &clock}).value(); };
  const auto offsets = [&](EventLog& log) {
    std::vector<int64_t> all;
    for (const Record& record : ReadAll(log, "t")) all.push_back(record.offset);
    return all;
  };
  auto log = open();
  ASSERT_TRUE(log->EnsureTopics({{.name = "t", .compacted = true}}).ok());
  auto producer = log->NewProducer().value();
  ASSERT_TRUE(producer->Append({.topic = "t", .key = "a", .value = "1"}).ok());
  ASSERT_TRUE(producer->Append({.topic = "t", .key = "b", .value = "1"}).ok());
  ASSERT_TRUE(producer->Append({.topic = "t", .key = "a"}).ok());
  EXPECT_EQ(offsets(*log), (std::vector<int64_t>{1, 2}));
  ASSERT_TRUE(producer->Append({.topic = "t", .key = "b"}).ok());
  EXPECT_EQ(offsets(*log), (std::vector<int64_t>{2, 3}));

  const auto reopen = [&] {
    producer.reset();
    log.reset();
    log = open();
    producer = log->NewProducer().value();
  };
  clock.Advance(absl::Hours(23));
  reopen();
  EXPECT_EQ(offsets(*log), (std::vector<int64_t>{2, 3}));
  clock.Advance(absl::Hours(2));
  reopen();
  EXPECT_EQ(offsets(*log), std::vector<int64_t>{3}) << "the last one tells where the partition ends";
  EXPECT_EQ(producer->Append({.topic = "t", .key = "a", .value = "2"}).value().offset, 4);
  EXPECT_EQ(offsets(*log), (std::vector<int64_t>{3, 4}));
}

TEST_F(EmbeddedLogTest, AMemberThatDoesNotPollLosesItsPartitions) {
  auto log = OpenEmbeddedLog({.path = Path(), .max_poll_interval = absl::Milliseconds(1)}).value();
  ASSERT_TRUE(log->EnsureTopics({{.name = "t", .partitions = 2}}).ok());
  std::vector<TopicPartition> revoked;
  ConsumerOptions options{.group = "g", .topics = {"t"}};
  options.on_revoked = [&](const auto& partitions) { revoked = partitions; };
  auto late = log->NewConsumer(options).value();
  ASSERT_TRUE(late->Poll(1, absl::ZeroDuration()).ok());
  ASSERT_EQ(late->Assignment().size(), 2u);

  auto other = log->NewConsumer({.group = "g", .topics = {"t"}}).value();
  while (other->Assignment().empty()) ASSERT_TRUE(other->Poll(1, absl::Milliseconds(50)).ok());
  const TopicPartition taken = other->Assignment().at(0);
  EXPECT_EQ(late->Commit({{"t", taken.partition, 5}}).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(other->Commit({{"t", taken.partition, 0}}).ok());
  ASSERT_TRUE(late->Poll(1, absl::ZeroDuration()).ok());
  EXPECT_EQ(revoked, std::vector<TopicPartition>{taken});
  EXPECT_EQ(late->Assignment().size(), 1u);
}

TEST_F(EmbeddedLogTest, ALogMadeAnewHasAnotherId) {
  const std::string id = OpenEmbeddedLog({.path = Path()}).value()->Id();
  EXPECT_EQ(OpenEmbeddedLog({.path = Path()}).value()->Id(), id);
  EXPECT_NE(OpenEmbeddedLog({.path = folder_.File("other.db")}).value()->Id(), id);
}

}  // namespace
}  // namespace earshot::eventlog
