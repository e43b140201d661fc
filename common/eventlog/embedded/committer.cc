#include "common/eventlog/embedded/committer.h"

#include <utility>

#include "common/base/status.h"

namespace earshot::eventlog {
namespace {

constexpr size_t kMaxQueuedBytes = 64 << 20;
constexpr size_t kMaxBatchBytes = 8 << 20;
constexpr size_t kMaxBatchWrites = 4096;

}  // namespace

Committer::Committer(StoreWriter store, Tails& tails)
    : tails_(tails), store_(std::move(store)), published_(store_.ends()) {
  tails_.Add(published_);
  thread_ = std::thread([this] { Run(); });
}

Committer::~Committer() {
  {
    std::lock_guard lock(queue_mutex_);
    stopping_ = true;
  }
  submitted_.notify_all();
  thread_.join();
}

void Committer::Submit(std::unique_ptr<Write> write) {
  {
    std::lock_guard lock(queue_mutex_);
    if (queued_bytes_ < kMaxQueuedBytes) {
      queued_bytes_ += write->bytes();
      ++submitted_count_;
      queue_.push_back(std::move(write));
    }
  }
  if (write == nullptr) {
    submitted_.notify_one();
  } else {
    write->Done(
        Unavailable("the event log is busy: {} MiB wait to be written; append again later", kMaxQueuedBytes >> 20));
  }
}

absl::Status Committer::Flush(absl::Duration timeout) {
  std::unique_lock lock(queue_mutex_);
  const int64_t target = submitted_count_;
  const auto is_done = [&] { return completed_count_ >= target; };
  if (timeout == absl::InfiniteDuration()) {
    completed_.wait(lock, is_done);
  } else if (!completed_.wait_for(lock, absl::ToChronoNanoseconds(timeout), is_done)) {
    return Unavailable("the event log has not written everything within {}",
                       ToStd(absl::string_view(absl::FormatDuration(timeout))));
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredTopic> Committer::CreateTopic(const TopicSpec& spec) {
  std::lock_guard lock(store_mutex_);
  EARSHOT_ASSIGN_OR_RETURN(StoredTopic topic, store_.CreateTopic(spec));
  tails_.Add(std::vector<int64_t>(static_cast<size_t>(spec.partitions), 0));
  published_ = store_.ends();
  return topic;
}

void Committer::Run() {
  while (true) {
    const Batch batch = TakeBatch();
    if (batch.empty()) return;
    const std::vector<absl::Status> statuses = CommitBatch(batch);
    for (size_t i = 0; i < batch.size(); ++i) batch[i]->Done(statuses[i]);
    {
      std::lock_guard lock(queue_mutex_);
      completed_count_ += static_cast<int64_t>(batch.size());
    }
    completed_.notify_all();
  }
}

Committer::Batch Committer::TakeBatch() {
  std::unique_lock lock(queue_mutex_);
  submitted_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  size_t count = 0;
  for (size_t bytes = 0; count < queue_.size() && count < kMaxBatchWrites && bytes < kMaxBatchBytes; ++count) {
    bytes += queue_[count]->bytes();
    queued_bytes_ -= queue_[count]->bytes();
  }
  if (count == queue_.size()) return std::exchange(queue_, {});
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
  Batch batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return batch;
}

std::vector<absl::Status> Committer::CommitBatch(const Batch& batch) {
  std::lock_guard lock(store_mutex_);
  std::vector<absl::Status> statuses(batch.size());
  const absl::Status committed = ApplyAll(batch, statuses);
  if (committed.ok()) {
    WakeReaders();
  } else {
    store_.Rollback();
    for (absl::Status& status : statuses) {
      if (status.ok()) status = committed;
    }
  }
  return statuses;
}

absl::Status Committer::ApplyAll(const Batch& batch, std::vector<absl::Status>& refusals) {
  EARSHOT_RETURN_IF_ERROR(store_.Begin());
  for (size_t i = 0; i < batch.size(); ++i) {
    refusals[i] = batch[i]->Check();
    if (refusals[i].ok()) EARSHOT_RETURN_IF_ERROR(batch[i]->Apply(store_));
  }
  return store_.Commit();
}

void Committer::WakeReaders() {
  for (size_t i = 0; i < published_.size(); ++i) {
    if (published_[i] == store_.ends()[i]) continue;
    published_[i] = store_.ends()[i];
    tails_.Advance(static_cast<PartitionId>(i), published_[i]);
  }
}

}  // namespace earshot::eventlog
