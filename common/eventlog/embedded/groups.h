// Who reads what: consumer groups within the process. When members come or go, each topic's partitions are dealt out
// anew in ranges (Kafka's range assignor, members in the order in which they joined). A partition changes hands in two
// steps: its owner gives it up in its next Poll, then the new one takes it. So no record is in two hands, and what the
// old owner committed is there for the new one. An owner that does not poll loses it after `max_poll_interval`.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/eventlog/embedded/store.h"
#include "common/eventlog/embedded/tails.h"

namespace earshot::eventlog {

using MemberId = int64_t;

// Thread-safe. Partitions are given by their ids.
class Groups {
 public:
  explicit Groups(absl::Duration max_poll_interval) : max_poll_interval_(max_poll_interval) {}

  // `signal` is notified when there is something to give up or to take; it must outlive the membership.
  MemberId Join(const std::string& group, std::vector<StoredTopic> topics, Signal* signal);
  void Leave(MemberId member);

  // What the member must give up or has lost: it is still its own until Release, unless it has lost it.
  std::vector<PartitionId> ToGiveUp(MemberId member);
  void Release(MemberId member, const std::vector<PartitionId>& partitions);

  // Takes what is the member's and nobody else's any more.
  std::vector<PartitionId> Take(MemberId member);

  // Whether there is still something to take, once its owner gives it up.
  bool IsWaiting(MemberId member);

  bool Owns(MemberId member, PartitionId partition);

  // A member that polls is not late.
  void SetPolling(MemberId member, bool polling);

 private:
  struct Member {
    std::string group;
    std::vector<StoredTopic> topics;
    Signal* signal = nullptr;
    std::set<PartitionId> target, owned, lost;
    bool polling = false;
    absl::Time last_poll;
  };

  void DealOut(const std::string& group);
  // Who else of the group owns the partition, or null.
  Member* OtherOwner(const Member& member, MemberId id, PartitionId partition);
  bool IsLate(const Member& member) const;
  void NotifyGroup(const std::string& group);

  const absl::Duration max_poll_interval_;
  std::mutex mutex_;
  std::map<MemberId, Member> members_;  // in the order of joining
  MemberId next_member_ = 1;
};

}  // namespace earshot::eventlog
