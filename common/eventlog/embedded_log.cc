#include "common/eventlog/embedded_log.h"

#include <filesystem>
#include <future>
#include <mutex>
#include <system_error>
#include <utility>

#include "common/base/status.h"
#include "common/eventlog/embedded/committer.h"
#include "common/eventlog/embedded/consumer.h"
#include "common/eventlog/embedded/file_lock.h"
#include "common/eventlog/embedded/groups.h"
#include "common/eventlog/embedded/store.h"
#include "common/eventlog/embedded/tails.h"
#include "common/eventlog/embedded/topic_table.h"

namespace earshot::eventlog {
namespace {

class AppendWrite final : public Write {
 public:
  AppendWrite(const Clock& clock, StoredTopic topic, int partition, OutgoingRecord record, Producer::Done done)
      : Write(sizeof(AppendWrite) + (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0)),
        clock_(clock),
        topic_(std::move(topic)),
        position_{topic_.spec.name, partition, 0},
        record_(std::move(record)),
        done_(std::move(done)) {}

  absl::Status Apply(StoreWriter& store) override {
    const PartitionId id = topic_.Id(position_.partition);
    EARSHOT_ASSIGN_OR_RETURN(position_.offset, store.Append(id, topic_.spec.compacted, record_, clock_.Now()));
    return absl::OkStatus();
  }

  void Done(const absl::Status& status) override {
    if (status.ok()) {
      done_(std::move(position_));
    } else {
      done_(status);
    }
  }

 private:
  const Clock& clock_;
  const StoredTopic topic_;
  Position position_;
  const OutgoingRecord record_;
  const Producer::Done done_;
};

class EmbeddedProducer final : public Producer {
 public:
  EmbeddedProducer(const Clock& clock, const TopicTable& topics, Committer& committer)
      : clock_(clock), topics_(topics), committer_(committer) {}

  absl::StatusOr<Position> Append(OutgoingRecord record) override {
    std::promise<absl::StatusOr<Position>> promise;
    std::future<absl::StatusOr<Position>> result = promise.get_future();
    AppendAsync(std::move(record), [&promise](absl::StatusOr<Position> position) { promise.set_value(position); });
    return result.get();
  }

  void AppendAsync(OutgoingRecord record, Done done) override {
    absl::StatusOr<std::pair<StoredTopic, int>> place = PlaceFor(record);
    if (!place.ok()) return done(place.status());
    auto& [topic, partition] = *place;
    committer_.Submit(
        std::make_unique<AppendWrite>(clock_, std::move(topic), partition, std::move(record), std::move(done)));
  }

  absl::Status Flush(absl::Duration timeout) override { return committer_.Flush(timeout); }

 private:
  absl::StatusOr<std::pair<StoredTopic, int>> PlaceFor(const OutgoingRecord& record) const {
    EARSHOT_ASSIGN_OR_RETURN(StoredTopic topic, topics_.Get(record.topic));
    EARSHOT_RETURN_IF_ERROR(CheckRecord(topic, record));
    const int partition = record.partition.value_or(record.key ? PartitionOf(*record.key, topic.spec.partitions) : 0);
    EARSHOT_RETURN_IF_ERROR(topics_.IdOf({record.topic, partition}).status());
    return std::pair(std::move(topic), partition);
  }

  const Clock& clock_;
  const TopicTable& topics_;
  Committer& committer_;
};

class EmbeddedLog final : public EventLog {
 public:
  EmbeddedLog(EmbeddedLogOptions options, FileLock lock, StoreWriter writer, StoreReader reader)
      : options_(std::move(options)),
        lock_(std::move(lock)),
        id_(writer.id()),
        topics_(writer.topics()),
        groups_(options_.max_poll_interval),
        reader_(std::move(reader)),
        committer_(std::move(writer), tails_) {}

  std::string Id() const override { return id_; }

  absl::Status EnsureTopics(const std::vector<TopicSpec>& topics) override {
    std::lock_guard lock(ensure_mutex_);
    for (const TopicSpec& spec : topics) {
      EARSHOT_RETURN_IF_ERROR(CheckTopicSpec(spec));
      EARSHOT_RETURN_IF_ERROR(EnsureTopic(spec));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<int> PartitionCount(const std::string& topic) const override {
    EARSHOT_ASSIGN_OR_RETURN(const StoredTopic stored, topics_.Get(topic));
    return stored.spec.partitions;
  }

  absl::StatusOr<OffsetRange> Offsets(const TopicPartition& partition) const override {
    EARSHOT_ASSIGN_OR_RETURN(const PartitionId id, topics_.IdOf(partition));
    const int64_t end = tails_.End(id);
    std::lock_guard lock(reader_mutex_);
    EARSHOT_ASSIGN_OR_RETURN(const auto first, reader_.First(id));
    return OffsetRange{.begin = first.value_or(end), .end = end};
  }

  absl::StatusOr<std::unique_ptr<Producer>> NewProducer() override {
    return std::make_unique<EmbeddedProducer>(*options_.clock, topics_, committer_);
  }

  absl::StatusOr<std::unique_ptr<Consumer>> NewConsumer(ConsumerOptions options) override {
    if (options.group.empty() && !options.topics.empty()) {
      return InvalidArgument("a consumer without a group is given no topics: it assigns itself partitions");
    }
    std::vector<StoredTopic> topics;
    for (const std::string& name : options.topics) {
      EARSHOT_ASSIGN_OR_RETURN(StoredTopic topic, topics_.Get(name));
      topics.push_back(std::move(topic));
    }
    EARSHOT_ASSIGN_OR_RETURN(StoreReader reader, StoreReader::Open(options_.path));
    const ConsumerContext context{topics_, tails_, groups_, committer_};
    return std::make_unique<EmbeddedConsumer>(context, std::move(options), std::move(topics), std::move(reader));
  }

 private:
  absl::Status EnsureTopic(const TopicSpec& spec) {
    if (const auto existing = topics_.Find(spec.name)) {
      if (existing->spec.partitions == spec.partitions && existing->spec.compacted == spec.compacted) {
        return absl::OkStatus();
      }
      return InvalidArgument("topic {} exists with {} partitions, {}; wanted are {}, {}", spec.name,
                             existing->spec.partitions, existing->spec.compacted ? "compacted" : "not compacted",
                             spec.partitions, spec.compacted ? "compacted" : "not compacted");
    }
    EARSHOT_ASSIGN_OR_RETURN(const StoredTopic topic, committer_.CreateTopic(spec));
    topics_.Add(topic);
    return absl::OkStatus();
  }

  const EmbeddedLogOptions options_;
  const FileLock lock_;
  const std::string id_;
  TopicTable topics_;
  Tails tails_;
  Groups groups_;
  std::mutex ensure_mutex_;
  mutable std::mutex reader_mutex_;
  mutable StoreReader reader_;  // by reader_mutex_
  Committer committer_;         // last: stops first
};

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> OpenEmbeddedLog(EmbeddedLogOptions options) {
  if (options.path.empty()) return InvalidArgument("the event log needs the path of a file");
  if (const auto folder = std::filesystem::path(options.path).parent_path(); !folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return Unavailable("cannot create folder {}: {}", folder.string(), error.message());
  }
  EARSHOT_ASSIGN_OR_RETURN(FileLock lock, FileLock::Take(options.path));
  EARSHOT_ASSIGN_OR_RETURN(auto writer, StoreWriter::Open(options.path, options.max_bytes, options.clock->Now()));
  EARSHOT_ASSIGN_OR_RETURN(auto reader, StoreReader::Open(options.path));
  return std::make_unique<EmbeddedLog>(std::move(options), std::move(lock), std::move(writer), std::move(reader));
}

}  // namespace earshot::eventlog
