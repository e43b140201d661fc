#include "services/alerts/board/board.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>

#include "common/rpc/error_details.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::alerts {
namespace {

using ::testing::ElementsAre;

v1::Alert MakeAlert(const std::string& name, int revision, double value = 1) {
  v1::Alert alert;
  alert.set_name("alerts/" + name);
  alert.set_revision(revision);
  alert.set_company("ACME");
  alert.mutable_observation()->set_value(value);
  return alert;
}

class BoardTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / ("board_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path() const { return (folder_ / "board.db").string(); }

  std::unique_ptr<Board> OpenBoard(size_t recent = 4096, const std::string& log_id = "log-1") {
    auto board = Board::Open({.path = Path(), .log_id = log_id, .recent_changes = recent});
    EXPECT_TRUE(board.ok()) << board.status();
    return *std::move(board);
  }

  static Outcome ApplyOne(Board& board, const v1::Alert& alert) {
    const int64_t position = board.next_offset();
    auto outcomes = board.Apply({{.position = position, .alert = alert}}, position + 1);
    EXPECT_TRUE(outcomes.ok()) << outcomes.status();
    return outcomes->at(0);
  }

  static std::vector<int64_t> Drain(Cursor& cursor) {
    std::vector<int64_t> sequences;
    while (true) {
      auto change = cursor.Next();
      EXPECT_TRUE(change.ok()) << change.status();
      if (!change.ok() || *change == nullptr) return sequences;
      sequences.push_back((*change)->sequence);
    }
  }

  static std::vector<std::string> List(Board& board) {
    std::vector<std::string> listed;
    const auto alerts = board.AlertsBefore(std::numeric_limits<int64_t>::max(), 100).value();
    for (const auto& [sequence, alert] : alerts) {
      listed.push_back(alert.name() + "@" + std::to_string(alert.revision()));
    }
    return listed;
  }

  std::filesystem::path folder_;
};

TEST_F(BoardTest, AlertsAreListedAsTheyAreNowNewestFirst) {
  auto board = OpenBoard();
  ApplyOne(*board, MakeAlert("a", 1));
  ApplyOne(*board, MakeAlert("b", 1));
  ApplyOne(*board, MakeAlert("a", 2));
  EXPECT_THAT(List(*board), ElementsAre("alerts/b@1", "alerts/a@2"));
  EXPECT_EQ(board->Find("alerts/a").value()->revision(), 2);
  EXPECT_EQ(board->Find("alerts/none").value(), std::nullopt);
  EXPECT_EQ(board->AlertsBefore(2, 100).value().at(0).alert.name(), "alerts/a");
}

TEST_F(BoardTest, WhatWasSeenIsDroppedAndTakesNoNumber) {
  auto board = OpenBoard();
  EXPECT_EQ(ApplyOne(*board, MakeAlert("a", 1)), Outcome::kTaken);
  v1::Alert later = MakeAlert("a", 1);
  later.mutable_times()->mutable_evaluate_time()->set_seconds(5);
  later.set_traceparent("00-x");
  EXPECT_EQ(ApplyOne(*board, later), Outcome::kDuplicate) << "times and trace are no content";
  EXPECT_EQ(ApplyOne(*board, MakeAlert("a", 1, 2)), Outcome::kConflict);
  EXPECT_EQ(ApplyOne(*board, MakeAlert("a", 3)), Outcome::kTaken);
  EXPECT_EQ(ApplyOne(*board, MakeAlert("a", 2)), Outcome::kStale);
  EXPECT_EQ(board->last(), (StreamPlace{2, 3}));
  EXPECT_EQ(board->next_offset(), 5);
  EXPECT_EQ(board->Find("alerts/a").value()->observation().value(), 1);
  Cursor cursor = board->SubscribeFromEarliest();
  EXPECT_THAT(Drain(cursor), ElementsAre(1, 2));
}

TEST_F(BoardTest, ARepetitionWithinOneBatchIsFound) {
  auto board = OpenBoard();
  const auto outcomes = board->Apply({{0, MakeAlert("a", 1)}, {1, MakeAlert("a", 1)}}, 2);
  EXPECT_THAT(outcomes.value(), ElementsAre(Outcome::kTaken, Outcome::kDuplicate));
}

TEST_F(BoardTest, ItGoesOnWhereItWas) {
  {
    auto board = OpenBoard();
    ApplyOne(*board, MakeAlert("a", 1));
    ApplyOne(*board, MakeAlert("a", 1));
    ApplyOne(*board, MakeAlert("b", 1));
  }
  auto board = OpenBoard();
  EXPECT_EQ(board->next_offset(), 3);
  EXPECT_EQ(board->last(), (StreamPlace{2, 2}));
  EXPECT_EQ(ApplyOne(*board, MakeAlert("a", 1)), Outcome::kDuplicate);
  Cursor cursor = board->SubscribeFromEarliest();
  EXPECT_THAT(Drain(cursor), ElementsAre(1, 2));
}

TEST_F(BoardTest, AFileOfAnotherLogIsMadeAnew) {
  { ApplyOne(*OpenBoard(), MakeAlert("a", 1)); }
  auto board = OpenBoard(4096, "log-2");
  EXPECT_EQ(board->next_offset(), 0);
  EXPECT_THAT(List(*board), ElementsAre());
}

TEST_F(BoardTest, ADamagedFileIsMadeAnew) {
  std::ofstream(Path()) << std::string(10'000, 'z');
  auto board = OpenBoard();
  ASSERT_NE(board, nullptr);
  EXPECT_EQ(ApplyOne(*board, MakeAlert("a", 1)), Outcome::kTaken);
}

TEST_F(BoardTest, RebuildBeginsAnewAndLasts) {
  auto board = OpenBoard();
  ApplyOne(*board, MakeAlert("a", 1));
  EXPECT_THAT(List(*board), ElementsAre("alerts/a@1"));
  ASSERT_TRUE(board->Rebuild().ok());
  EXPECT_EQ(board->next_offset(), 0);
  EXPECT_THAT(List(*board), ElementsAre());
  ApplyOne(*board, MakeAlert("b", 1));
  board.reset();
  EXPECT_THAT(List(*OpenBoard()), ElementsAre("alerts/b@1"));
}

TEST_F(BoardTest, ACursorStartsWhereItIsTold) {
  auto board = OpenBoard();
  for (int revision = 1; revision <= 5; ++revision) ApplyOne(*board, MakeAlert("a", revision));
  Cursor latest = board->SubscribeFromLatest();
  Cursor earliest = board->SubscribeFromEarliest();
  Cursor behind = board->SubscribeBehind({3, 2}).value();
  ApplyOne(*board, MakeAlert("a", 6));
  EXPECT_THAT(Drain(latest), ElementsAre(6));
  EXPECT_THAT(Drain(earliest), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(Drain(behind), ElementsAre(4, 5, 6));
  EXPECT_EQ(behind.replayed_until(), 5);
  EXPECT_EQ(behind.place(), (StreamPlace{6, 5}));
  EXPECT_TRUE(board->SubscribeBehind({0, -1}).ok());
}

TEST_F(BoardTest, PlacesThatAreNotThereAreRefused) {
  auto board = OpenBoard();
  ApplyOne(*board, MakeAlert("a", 1));
  const absl::Status wrong = board->SubscribeBehind({1, 7}).status();
  EXPECT_EQ(wrong.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(rpc::ErrorInfoOf(wrong).reason(), "RESUME_TOKEN_INVALID");
  const absl::Status ahead = board->SubscribeBehind({2, 1}).status();
  EXPECT_EQ(ahead.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(rpc::ErrorInfoOf(ahead).reason(), "NOT_CAUGHT_UP");
}

TEST_F(BoardTest, WhatHasLeftMemoryIsReadFromTheFile) {
  auto board = OpenBoard(/*recent=*/10);
  Cursor cursor = board->SubscribeFromEarliest();
  std::vector<int64_t> expected;
  for (int i = 1; i <= 300; ++i) {
    ApplyOne(*board, MakeAlert("a", i));
    expected.push_back(i);
  }
  EXPECT_EQ(Drain(cursor), expected);
}

// Readers that pull at their own pace while another thread applies: each sees every change once, in order.
TEST_F(BoardTest, ReplayAndLiveAreOneSequence) {
  constexpr int kChanges = 2000;
  auto board = OpenBoard(/*recent=*/16);
  std::thread applier([&] {
    for (int i = 1; i <= kChanges; ++i) ApplyOne(*board, MakeAlert("a", i));
  });
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 4; ++reader) {
    readers.emplace_back([&] {
      Cursor cursor = board->SubscribeFromEarliest();
      for (int64_t expected = 1; expected <= kChanges;) {
        auto change = cursor.Next();
        ASSERT_TRUE(change.ok()) << change.status();
        if (*change == nullptr) {
          std::this_thread::yield();
        } else {
          ASSERT_EQ((*change)->sequence, expected);
          ASSERT_EQ((*change)->alert.revision(), expected);
          ++expected;
        }
      }
    });
  }
  applier.join();
  for (std::thread& reader : readers) reader.join();
}

TEST_F(BoardTest, TheListenerIsCalledWhenChangesCanBeRead) {
  auto board = OpenBoard();
  std::vector<int64_t> seen;
  board->SetListener([&] { seen.push_back(board->last().sequence); });
  ApplyOne(*board, MakeAlert("a", 1));
  ApplyOne(*board, MakeAlert("a", 1));
  ApplyOne(*board, MakeAlert("a", 2));
  EXPECT_THAT(seen, ElementsAre(1, 2));
}

}  // namespace
}  // namespace earshot::alerts
