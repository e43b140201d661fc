// The read model of the alerts service, and what streams read from it.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto board, Board::Open({.path = "data/board.db", .log_id = log.Id()}));
//   board->Apply({{.position = 0, .alert = alert}}, /*next_offset=*/1);
//   EARSHOT_ASSIGN_OR_RETURN(Cursor cursor, board->SubscribeBehind(place));
//   while (ChangePtr change = cursor.Next().value()) Send(*change);
//
// One thread applies; any number reads. A subscription is a place in the sequence of changes and pulls from there:
// from memory where it is near the end, else from the file. So replay and live are one sequence without a seam, a
// reader holds a bounded amount of memory however far it is behind, and the thread that applies never waits for one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/alerts/board/board_store.h"
#include "services/alerts/board/change.h"
#include "services/alerts/board/token.h"

namespace earshot::alerts {

class Board;

// A subscription. For one thread at a time; must not outlive its board.
class Cursor {
 public:
  // The next change, or null where there is none yet.
  absl::StatusOr<ChangePtr> Next();

  // Behind the last change that Next gave.
  StreamPlace place() const { return place_; }
  // Changes up to this one happened before the subscription.
  int64_t replayed_until() const { return replayed_until_; }

 private:
  friend class Board;
  Cursor(Board& board, StreamPlace place, int64_t replayed_until)
      : board_(&board), place_(place), replayed_until_(replayed_until) {}

  Board* board_;
  StreamPlace place_;
  int64_t replayed_until_;
  std::deque<ChangePtr> page_;  // read from the file, not given yet
};

struct BoardOptions {
  std::string path;
  std::string log_id;
  // Latest changes kept in memory.
  size_t recent_changes = 4096;
};

class Board {
 public:
  static absl::StatusOr<std::unique_ptr<Board>> Open(BoardOptions options);

  // Throws the file away. Only before the first Subscribe.
  absl::Status Rebuild();

  // By the one thread that applies. `next_offset` is where the log is read on from. After the changes can be read,
  // the listener is called.
  absl::StatusOr<std::vector<Outcome>> Apply(std::vector<IncomingAlert> alerts, int64_t next_offset);
  int64_t next_offset() const { return writer_->next_offset(); }

  // Called from Apply; must not block. Set before the first Apply of another thread.
  void SetListener(std::function<void()> listener) { listener_ = std::move(listener); }

  // The functions below are thread-safe.

  const std::string& log_id() const { return options_.log_id; }
  StreamPlace last() const;

  Cursor SubscribeFromEarliest();
  Cursor SubscribeFromLatest();
  // Behind `place`. INVALID_ARGUMENT, reason RESUME_TOKEN_INVALID, where no such place is there; UNAVAILABLE where it
  // is ahead of this instance.
  absl::StatusOr<Cursor> SubscribeBehind(const StreamPlace& place);

  absl::StatusOr<std::vector<BoardReader::Listed>> AlertsBefore(int64_t before, size_t limit);
  absl::StatusOr<std::optional<v1::Alert>> Find(std::string_view name);

 private:
  friend class Cursor;

  Board(BoardOptions options, BoardWriter writer) : options_(std::move(options)), writer_(std::move(writer)) {
    last_ = writer_->last();
  }

  // The change from memory; null where it is only in the file. `sequence` is at most that of the last change.
  ChangePtr Recent(int64_t sequence) const;
  absl::StatusOr<std::unique_ptr<BoardReader>> TakeReader();
  void ReturnReader(std::unique_ptr<BoardReader> reader);
  template <typename Read>
  auto WithReader(Read read) -> decltype(read(std::declval<BoardReader&>()));

  const BoardOptions options_;
  std::optional<BoardWriter> writer_;  // absent only after a Rebuild that failed
  std::function<void()> listener_;

  mutable std::mutex mutex_;
  std::deque<ChangePtr> recent_;  // by mutex_, as those below; contiguous, up to last_
  StreamPlace last_;
  std::vector<std::unique_ptr<BoardReader>> idle_readers_;
};

}  // namespace earshot::alerts
