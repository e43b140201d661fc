#include "common/eventlog/embedded/consumer.h"

#include <algorithm>
#include <future>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/eventlog/embedded/topic_table.h"

namespace earshot::eventlog {
namespace {

// One Poll returns no more than this, or one record.
constexpr int64_t kMaxPollBytes = 16 << 20;
// A member that waits for a partition looks this often whether its owner is late.
constexpr absl::Duration kOwnerCheckInterval = absl::Milliseconds(100);

using PositionOf = std::pair<PartitionId, int64_t>;

class PositionWrite final : public Write {
 public:
  PositionWrite(Groups& groups, MemberId member, std::string group, std::vector<PositionOf> positions)
      : Write(positions.size() * sizeof(PositionOf)),
        groups_(groups),
        member_(member),
        group_(std::move(group)),
        positions_(std::move(positions)) {}

  std::future<absl::Status> Result() { return result_.get_future(); }

  absl::Status Check() override {
    for (const auto& [partition, offset] : positions_) {
      if (!groups_.Owns(member_, partition)) {
        return FailedPrecondition("group {} has given a partition to another consumer: nothing is committed", group_);
      }
    }
    return absl::OkStatus();
  }

  absl::Status Apply(StoreWriter& store) override {
    for (const auto& [partition, offset] : positions_) {
      EARSHOT_RETURN_IF_ERROR(store.SetPosition(group_, partition, offset));
    }
    return absl::OkStatus();
  }

  void Done(const absl::Status& status) override { result_.set_value(status); }

 private:
  Groups& groups_;
  const MemberId member_;
  const std::string group_;
  const std::vector<PositionOf> positions_;
  std::promise<absl::Status> result_;
};

}  // namespace

EmbeddedConsumer::EmbeddedConsumer(ConsumerContext context, ConsumerOptions options, std::vector<StoredTopic> topics,
                                   StoreReader reader)
    : context_(context), options_(std::move(options)), topics_(std::move(topics)), reader_(std::move(reader)) {}

EmbeddedConsumer::~EmbeddedConsumer() { Close(); }

absl::Status EmbeddedConsumer::CheckOpen() const {
  if (closed_) return {absl::StatusCode::kCancelled, "the consumer is closed"};
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Record>> EmbeddedConsumer::Poll(size_t max_records, absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  std::lock_guard lock(poll_mutex_);
  EARSHOT_RETURN_IF_ERROR(CheckOpen());
  if (!options_.group.empty() && !member_) member_ = context_.groups.Join(options_.group, topics_, &signal_);
  if (member_) context_.groups.SetPolling(*member_, true);
  auto records = PollOpen(max_records, deadline);
  if (member_) context_.groups.SetPolling(*member_, false);
  return records;
}

absl::StatusOr<std::vector<Record>> EmbeddedConsumer::PollOpen(size_t max_records, absl::Time deadline) {
  while (true) {
    EARSHOT_ASSIGN_OR_RETURN(const bool changed, FollowGroup());
    EARSHOT_RETURN_IF_ERROR(CheckOpen());
    EARSHOT_ASSIGN_OR_RETURN(std::vector<Record> records, Fetch(max_records));
    const bool woken = woken_.exchange(false);
    if (!records.empty() || woken || changed || absl::Now() >= deadline) return records;
    const bool waits_for_owner = member_ && context_.groups.IsWaiting(*member_);
    signal_.WaitUntil(waits_for_owner ? std::min(deadline, absl::Now() + kOwnerCheckInterval) : deadline);
    EARSHOT_RETURN_IF_ERROR(CheckOpen());
  }
}

absl::StatusOr<std::vector<Record>> EmbeddedConsumer::Fetch(size_t max_records) {
  std::lock_guard lock(cursors_mutex_);
  std::vector<Record> records;
  int64_t bytes = kMaxPollBytes;
  auto cursor = cursors_.upper_bound(read_last_);
  for (size_t turn = 0; turn < cursors_.size() && records.size() < max_records && bytes > 0; ++turn) {
    if (cursor == cursors_.end()) cursor = cursors_.begin();
    auto& [partition, at] = *cursor++;
    const int64_t end = context_.tails.End(partition);
    if (at.next >= end) continue;
    const size_t of_others = records.size();
    const auto next = reader_.Read(at.name, partition, {at.next, end}, max_records - of_others, bytes, records);
    read_last_ = partition;  // also where it failed: the others have their turn
    if (next.ok()) {
      at.next = *next;
      continue;
    }
    // What was read of others is given, as their cursors are behind it; the error comes again when it is the first.
    records.erase(records.begin() + static_cast<std::ptrdiff_t>(of_others), records.end());
    if (records.empty()) return next.status();
    return records;
  }
  return records;
}

absl::StatusOr<bool> EmbeddedConsumer::FollowGroup() {
  if (!member_) return false;
  const std::vector<PartitionId> given_up = context_.groups.ToGiveUp(*member_);
  if (!given_up.empty()) GiveUp(given_up);
  if (!member_) return true;  // closed by the callback
  const std::vector<PartitionId> taken = context_.groups.Take(*member_);
  if (!taken.empty()) EARSHOT_RETURN_IF_ERROR(TakePartitions(taken));
  return !given_up.empty() || !taken.empty();
}

absl::Status EmbeddedConsumer::TakePartitions(const std::vector<PartitionId>& partitions) {
  std::vector<TopicPartition> names;
  for (const PartitionId partition : partitions) {
    const absl::StatusOr<int64_t> start = StartOf(partition);
    if (!start.ok()) {
      context_.groups.Release(*member_, partitions);  // the next Poll tries again
      for (const PartitionId taken : partitions) RemoveCursor(taken);
      return start.status();
    }
    names.push_back(NameOf(partition));
    AddCursor(partition, {.name = names.back(), .next = *start});
  }
  if (options_.on_assigned) options_.on_assigned(names);
  return absl::OkStatus();
}

void EmbeddedConsumer::GiveUp(const std::vector<PartitionId>& partitions) {
  std::vector<TopicPartition> names;
  for (const PartitionId partition : partitions) names.push_back(NameOf(partition));
  if (options_.on_revoked) options_.on_revoked(names);
  for (const PartitionId partition : partitions) RemoveCursor(partition);
  context_.groups.Release(*member_, partitions);
}

absl::StatusOr<int64_t> EmbeddedConsumer::StartOf(PartitionId partition) {
  EARSHOT_ASSIGN_OR_RETURN(const auto committed, reader_.CommittedPosition(options_.group, partition));
  if (committed) return *committed;
  return options_.start == StartAt::kLatest ? context_.tails.End(partition) : 0;
}

void EmbeddedConsumer::AddCursor(PartitionId partition, Cursor cursor) {
  std::lock_guard lock(cursors_mutex_);
  if (cursors_.insert_or_assign(partition, std::move(cursor)).second) context_.tails.Listen(partition, &signal_);
}

void EmbeddedConsumer::RemoveCursor(PartitionId partition) {
  std::lock_guard lock(cursors_mutex_);
  if (cursors_.erase(partition) > 0) context_.tails.StopListening(partition, &signal_);
}

void EmbeddedConsumer::Wake() {
  woken_ = true;
  signal_.Notify();
}

absl::Status EmbeddedConsumer::Assign(const std::vector<Position>& positions) {
  std::lock_guard poll_lock(poll_mutex_);
  EARSHOT_RETURN_IF_ERROR(CheckOpen());
  if (!options_.group.empty()) return InvalidArgument("a consumer of a group is assigned its partitions");
  Cursors wanted;
  for (const auto& [topic, partition, offset] : positions) {
    const TopicPartition name{topic, partition};
    EARSHOT_ASSIGN_OR_RETURN(const PartitionId id, context_.topics.IdOf(name));
    if (offset < 0) return InvalidArgument("offset {} of {}: it must be 0 or more", offset, topic);
    wanted[id] = {.name = name, .next = offset};
  }
  std::vector<PartitionId> before;
  for (const auto& [id, cursor] : cursors_) before.push_back(id);
  for (const PartitionId id : before) RemoveCursor(id);
  for (auto& [id, cursor] : wanted) AddCursor(id, std::move(cursor));
  return absl::OkStatus();
}

absl::Status EmbeddedConsumer::Seek(const Position& position) {
  std::lock_guard poll_lock(poll_mutex_);
  EARSHOT_RETURN_IF_ERROR(CheckOpen());
  EARSHOT_ASSIGN_OR_RETURN(const PartitionId id, context_.topics.IdOf({position.topic, position.partition}));
  if (position.offset < 0)
    return InvalidArgument("offset {} of {}: it must be 0 or more", position.offset, position.topic);
  std::lock_guard lock(cursors_mutex_);
  const auto cursor = cursors_.find(id);
  if (cursor == cursors_.end()) {
    return FailedPrecondition("partition {} of {} is not assigned to this consumer", position.partition,
                              position.topic);
  }
  cursor->second.next = position.offset;
  return absl::OkStatus();
}

absl::Status EmbeddedConsumer::Commit(const std::vector<Position>& positions) {
  std::lock_guard poll_lock(poll_mutex_);
  if (options_.group.empty()) return InvalidArgument("a consumer without a group has nowhere to commit");
  std::vector<PositionOf> by_id;
  for (const auto& [topic, partition, offset] : positions) {
    EARSHOT_ASSIGN_OR_RETURN(const PartitionId id, context_.topics.IdOf({topic, partition}));
    if (offset < 0) return InvalidArgument("offset {} of {}: it must be 0 or more", offset, topic);
    by_id.emplace_back(id, offset);
  }
  if (!member_) {
    // Closed only counts once the group has been left: on_revoked within Close may still commit.
    EARSHOT_RETURN_IF_ERROR(CheckOpen());
    return FailedPrecondition("no partition is assigned before the first Poll");
  }
  auto write = std::make_unique<PositionWrite>(context_.groups, *member_, options_.group, std::move(by_id));
  std::future<absl::Status> result = write->Result();
  context_.committer.Submit(std::move(write));
  return result.get();
}

absl::StatusOr<std::optional<int64_t>> EmbeddedConsumer::Committed(const TopicPartition& partition) {
  std::lock_guard poll_lock(poll_mutex_);
  EARSHOT_RETURN_IF_ERROR(CheckOpen());
  if (options_.group.empty()) return InvalidArgument("a consumer without a group has no committed position");
  EARSHOT_ASSIGN_OR_RETURN(const PartitionId id, context_.topics.IdOf(partition));
  return reader_.CommittedPosition(options_.group, id);
}

std::vector<TopicPartition> EmbeddedConsumer::Assignment() const {
  std::lock_guard lock(cursors_mutex_);
  std::vector<TopicPartition> names;
  for (const auto& [id, cursor] : cursors_) names.push_back(cursor.name);
  return names;
}

void EmbeddedConsumer::Close() {
  if (closed_.exchange(true)) return;
  signal_.Notify();
  std::lock_guard lock(poll_mutex_);
  LeaveGroup();
}

void EmbeddedConsumer::LeaveGroup() {
  std::vector<PartitionId> partitions;
  for (const auto& [id, cursor] : cursors_) partitions.push_back(id);
  if (member_) {
    if (!partitions.empty()) GiveUp(partitions);
    context_.groups.Leave(*member_);
    member_.reset();
  } else {
    for (const PartitionId partition : partitions) RemoveCursor(partition);
  }
}

TopicPartition EmbeddedConsumer::NameOf(PartitionId partition) const {
  for (const StoredTopic& topic : topics_) {
    if (partition >= topic.first && partition < topic.first + topic.spec.partitions) {
      return {topic.spec.name, static_cast<int>(partition - topic.first)};
    }
  }
  return {};
}

}  // namespace earshot::eventlog
