// The writer thread of the embedded log: what many threads hand in while a transaction is being made durable goes into
// the next one together (group commit).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/eventlog/embedded/store.h"
#include "common/eventlog/embedded/tails.h"

namespace earshot::eventlog {

// Something to write. Its functions run on the writer thread.
class Write {
 public:
  explicit Write(size_t bytes) : bytes_(bytes) {}
  virtual ~Write() = default;

  size_t bytes() const { return bytes_; }

  // An error refuses this write alone.
  virtual absl::Status Check() { return absl::OkStatus(); }
  // An error undoes the whole transaction.
  virtual absl::Status Apply(StoreWriter& store) = 0;
  // Called once: OK when durable. Must not block.
  virtual void Done(const absl::Status& status) = 0;

 private:
  size_t bytes_;
};

// Thread-safe.
class Committer {
 public:
  // Wakes through `tails`, which must outlive this.
  Committer(StoreWriter store, Tails& tails);

  // Writes what was submitted, then stops.
  ~Committer();

  // Writes go into the file in the order of their submission. At once done with kUnavailable where 64 MiB are waiting.
  void Submit(std::unique_ptr<Write> write);

  // Until everything submitted so far is done; kUnavailable after the timeout.
  absl::Status Flush(absl::Duration timeout);

  // Between two transactions.
  absl::StatusOr<StoredTopic> CreateTopic(const TopicSpec& spec);

 private:
  using Batch = std::vector<std::unique_ptr<Write>>;

  void Run();
  // Empty when it is time to stop.
  Batch TakeBatch();
  // A status for each write.
  std::vector<absl::Status> CommitBatch(const Batch& batch);
  absl::Status ApplyAll(const Batch& batch, std::vector<absl::Status>& refusals);
  void WakeReaders();

  Tails& tails_;

  std::mutex store_mutex_;
  StoreWriter store_;               // by store_mutex_
  std::vector<int64_t> published_;  // by store_mutex_; ends that readers know

  std::mutex queue_mutex_;
  std::condition_variable submitted_, completed_;
  Batch queue_;              // by queue_mutex_, as all below
  size_t queued_bytes_ = 0;  // in the queue
  int64_t submitted_count_ = 0;
  int64_t completed_count_ = 0;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace earshot::eventlog
