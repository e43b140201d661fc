#include "common/eventlog/embedded/groups.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace earshot::eventlog {

MemberId Groups::Join(const std::string& group, std::vector<StoredTopic> topics, Signal* signal) {
  std::lock_guard lock(mutex_);
  const MemberId id = next_member_++;
  members_[id] = {
      .group = group, .topics = std::move(topics), .signal = signal, .polling = true, .last_poll = absl::Now()};
  DealOut(group);
  return id;
}

void Groups::Leave(MemberId member) {
  std::lock_guard lock(mutex_);
  const auto found = members_.find(member);
  if (found == members_.end()) return;
  const std::string group = found->second.group;
  members_.erase(found);
  DealOut(group);
}

void Groups::DealOut(const std::string& group) {
  std::map<std::string, std::vector<Member*>> readers;  // by topic, in the order of joining
  std::map<std::string, StoredTopic> topics;
  for (auto& [id, member] : members_) {
    if (member.group != group) continue;
    member.target.clear();
    for (const StoredTopic& topic : member.topics) {
      readers[topic.spec.name].push_back(&member);
      topics[topic.spec.name] = topic;
    }
  }
  for (const auto& [name, members] : readers) {
    const StoredTopic& topic = topics[name];
    const int each = topic.spec.partitions / static_cast<int>(members.size());
    const int extra = topic.spec.partitions % static_cast<int>(members.size());
    int partition = 0;
    for (int i = 0; i < static_cast<int>(members.size()); ++i) {
      for (int n = each + (i < extra ? 1 : 0); n > 0; --n) {
        members[static_cast<size_t>(i)]->target.insert(topic.Id(partition++));
      }
    }
  }
  NotifyGroup(group);
}

std::vector<PartitionId> Groups::ToGiveUp(MemberId member) {
  std::lock_guard lock(mutex_);
  Member& self = members_.at(member);
  std::vector<PartitionId> partitions(self.lost.begin(), self.lost.end());
  std::set_difference(self.owned.begin(), self.owned.end(), self.target.begin(), self.target.end(),
                      std::back_inserter(partitions));
  return partitions;
}

void Groups::Release(MemberId member, const std::vector<PartitionId>& partitions) {
  std::lock_guard lock(mutex_);
  Member& self = members_.at(member);
  for (const PartitionId partition : partitions) {
    self.owned.erase(partition);
    self.lost.erase(partition);
  }
  NotifyGroup(self.group);
}

std::vector<PartitionId> Groups::Take(MemberId member) {
  std::lock_guard lock(mutex_);
  Member& self = members_.at(member);
  std::vector<PartitionId> taken;
  for (const PartitionId partition : self.target) {
    if (self.owned.contains(partition)) continue;
    if (Member* owner = OtherOwner(self, member, partition); owner != nullptr) {
      if (!IsLate(*owner)) continue;
      owner->owned.erase(partition);
      owner->lost.insert(partition);
    }
    self.owned.insert(partition);
    taken.push_back(partition);
  }
  return taken;
}

bool Groups::IsWaiting(MemberId member) {
  std::lock_guard lock(mutex_);
  const Member& self = members_.at(member);
  return !std::includes(self.owned.begin(), self.owned.end(), self.target.begin(), self.target.end());
}

bool Groups::Owns(MemberId member, PartitionId partition) {
  std::lock_guard lock(mutex_);
  const auto found = members_.find(member);
  return found != members_.end() && found->second.owned.contains(partition);
}

void Groups::SetPolling(MemberId member, bool polling) {
  std::lock_guard lock(mutex_);
  Member& self = members_.at(member);
  self.polling = polling;
  self.last_poll = absl::Now();
}

Groups::Member* Groups::OtherOwner(const Member& member, MemberId id, PartitionId partition) {
  for (auto& [other_id, other] : members_) {
    if (other_id != id && other.group == member.group && other.owned.contains(partition)) return &other;
  }
  return nullptr;
}

bool Groups::IsLate(const Member& member) const {
  return !member.polling && absl::Now() - member.last_poll > max_poll_interval_;
}

void Groups::NotifyGroup(const std::string& group) {
  for (auto& [id, member] : members_) {
    if (member.group == group) member.signal->Notify();
  }
}

}  // namespace earshot::eventlog
