// The event log in one SQLite file, for one process on one machine.
//
// Durable before the ack (WAL, synchronous=FULL). One writer thread takes what many threads append and commits it in
// groups; readers have connections of their own and are woken in memory. A record that a newer one of the same key
// supersedes is removed from a compacted topic in the transaction that writes the newer one; a tombstone stays for a
// day and goes when the file is next opened, so a reader that was away for longer than a day starts at the beginning.
//
// One process a file: beside it lies `<path>.lock`, held for as long as the log is open.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/event_log.h"

namespace earshot::eventlog {

struct EmbeddedLogOptions {
  // Created with its folder where missing.
  std::string path;
  // Gives the records their times. Must outlive the log.
  const Clock* clock = &Clock::System();
  // A member of a group that does not poll for this long while another waits for one of its partitions loses it.
  absl::Duration max_poll_interval = absl::Seconds(30);
  // Appends that would make the file larger are kUnavailable; 0 for no limit but the disk's.
  int64_t max_bytes = 0;
};

// kUnavailable where another process has the file (the message names it) or it cannot be opened, kFailedPrecondition
// where a newer version of Earshot wrote it, kInvalidArgument where it is a database of something else, kDataLoss
// where it is damaged.
absl::StatusOr<std::unique_ptr<EventLog>> OpenEmbeddedLog(EmbeddedLogOptions options);

}  // namespace earshot::eventlog
