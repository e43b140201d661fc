#include "services/alerts/dispatcher.h"

#include <future>

#include "gtest/gtest.h"

namespace earshot::alerts {
namespace {

using std::chrono::milliseconds;

// Counts its runs, and says each time when it wants the next.
class CountingTask final : public Task {
 public:
  explicit CountingTask(milliseconds again) : again_(again) {}

  SteadyTime Run(SteadyTime now) override {
    {
      std::lock_guard lock(mutex_);
      ++runs_;
    }
    changed_.notify_all();
    return again_ == milliseconds::max() ? kNever : now + again_;
  }

  bool WaitForRuns(int runs) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return runs_ >= runs; });
  }

  int runs() {
    std::lock_guard lock(mutex_);
    return runs_;
  }

 private:
  const milliseconds again_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int runs_ = 0;
};

TEST(DispatcherTest, ATaskIsRunWhenItIsAddedAndWhenItAsksFor) {
  Dispatcher dispatcher(2);
  auto task = std::make_shared<CountingTask>(milliseconds(1));
  dispatcher.Add(task);
  EXPECT_TRUE(task->WaitForRuns(5));
}

TEST(DispatcherTest, ATaskThatAsksForNothingIsRunWhenItIsScheduled) {
  Dispatcher dispatcher(2);
  std::vector<std::shared_ptr<CountingTask>> tasks;
  for (int i = 0; i < 10; ++i) {
    tasks.push_back(std::make_shared<CountingTask>(milliseconds::max()));
    dispatcher.Add(tasks.back());
  }
  for (auto& task : tasks) ASSERT_TRUE(task->WaitForRuns(1));
  dispatcher.Schedule(tasks[3].get());
  EXPECT_TRUE(tasks[3]->WaitForRuns(2));
  EXPECT_EQ(tasks[4]->runs(), 1);
  dispatcher.ScheduleAll();
  for (auto& task : tasks) EXPECT_TRUE(task->WaitForRuns(2));
}

TEST(DispatcherTest, ABusyTaskLeavesTheOthersTheirTurn) {
  Dispatcher dispatcher(1);
  auto busy = std::make_shared<CountingTask>(milliseconds(0));
  auto other = std::make_shared<CountingTask>(milliseconds(0));
  dispatcher.Add(busy);
  dispatcher.Add(other);
  EXPECT_TRUE(other->WaitForRuns(100));
  EXPECT_TRUE(busy->WaitForRuns(100));
}

TEST(DispatcherTest, WhatIsRemovedIsLetGo) {
  Dispatcher dispatcher(1);
  auto task = std::make_shared<CountingTask>(milliseconds::max());
  dispatcher.Add(task);
  ASSERT_TRUE(task->WaitForRuns(1));
  dispatcher.Remove(task.get());
  dispatcher.Schedule(task.get());
  auto marker = std::make_shared<CountingTask>(milliseconds::max());
  dispatcher.Add(marker);
  ASSERT_TRUE(marker->WaitForRuns(1));
  EXPECT_EQ(task->runs(), 1);
  EXPECT_EQ(task.use_count(), 1);
}

}  // namespace
}  // namespace earshot::alerts
