#include "services/alerts/board/board.h"

#include <limits>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"

namespace earshot::alerts {
namespace {

// Changes that a cursor reads from the file at a time.
constexpr size_t kPageChanges = 64;

}  // namespace

absl::StatusOr<ChangePtr> Cursor::Next() {
  const int64_t wanted = place_.sequence + 1;
  if (wanted > board_->last().sequence) return nullptr;
  ChangePtr change;
  if (page_.empty()) change = board_->Recent(wanted);
  if (change == nullptr) {
    if (page_.empty()) {
      EARSHOT_ASSIGN_OR_RETURN(
          auto page, board_->WithReader([&](BoardReader& reader) { return reader.ChangesFrom(wanted, kPageChanges); }));
      page_.assign(std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
    }
    if (page_.empty() || page_.front()->sequence != wanted) {
      return DataLoss("the read model lacks change {}: delete its file, it is made anew from the log", wanted);
    }
    change = std::move(page_.front());
    page_.pop_front();
  }
  place_ = {change->sequence, change->position};
  return change;
}

absl::StatusOr<std::unique_ptr<Board>> Board::Open(BoardOptions options) {
  EARSHOT_ASSIGN_OR_RETURN(auto writer, BoardWriter::Open(options.path, options.log_id));
  return std::unique_ptr<Board>(new Board(std::move(options), std::move(writer)));
}

absl::Status Board::Rebuild() {
  std::lock_guard lock(mutex_);
  // A connection that closes takes the write-ahead file of its path with it: close before there is a new one.
  idle_readers_.clear();
  writer_.reset();
  EARSHOT_ASSIGN_OR_RETURN(writer_, BoardWriter::Rebuild(options_.path, options_.log_id));
  recent_.clear();
  last_ = writer_->last();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Outcome>> Board::Apply(std::vector<IncomingAlert> alerts, int64_t next_offset) {
  EARSHOT_ASSIGN_OR_RETURN(BoardWriter::Applied applied, writer_->Apply(std::move(alerts), next_offset));
  if (!applied.changes.empty()) {
    {
      std::lock_guard lock(mutex_);
      for (ChangePtr& change : applied.changes) {
        last_ = {change->sequence, change->position};
        recent_.push_back(std::move(change));
        if (recent_.size() > options_.recent_changes) recent_.pop_front();
      }
    }
    if (listener_) listener_();
  }
  return std::move(applied.outcomes);
}

StreamPlace Board::last() const {
  std::lock_guard lock(mutex_);
  return last_;
}

Cursor Board::SubscribeFromEarliest() { return {*this, StreamPlace{}, last().sequence}; }

Cursor Board::SubscribeFromLatest() {
  const StreamPlace place = last();
  return {*this, place, place.sequence};
}

absl::StatusOr<Cursor> Board::SubscribeBehind(const StreamPlace& place) {
  const int64_t last_sequence = last().sequence;
  if (place.sequence > last_sequence) {
    return rpc::WithRetryDelay(
        rpc::WithReason(Unavailable("this server has not read the log up to the resume_token yet (change {} of {}): "
                                    "try again",
                                    last_sequence, place.sequence),
                        "NOT_CAUGHT_UP"),
        absl::Seconds(1));
  }
  std::optional<int64_t> position = -1;
  if (place.sequence > 0) {
    EARSHOT_ASSIGN_OR_RETURN(position,
                             WithReader([&](BoardReader& reader) { return reader.PositionOf(place.sequence); }));
  }
  if (position != place.position) {
    return rpc::WithReason(InvalidArgument("resume_token names no place of this stream"), "RESUME_TOKEN_INVALID");
  }
  return Cursor(*this, place, last_sequence);
}

absl::StatusOr<std::vector<BoardReader::Listed>> Board::AlertsBefore(int64_t before, size_t limit) {
  return WithReader([&](BoardReader& reader) { return reader.AlertsBefore(before, limit); });
}

absl::StatusOr<std::optional<v1::Alert>> Board::Find(std::string_view name) {
  return WithReader([&](BoardReader& reader) { return reader.Find(name); });
}

ChangePtr Board::Recent(int64_t sequence) const {
  std::lock_guard lock(mutex_);
  if (recent_.empty() || sequence < recent_.front()->sequence) return nullptr;
  return recent_[static_cast<size_t>(sequence - recent_.front()->sequence)];
}

absl::StatusOr<std::unique_ptr<BoardReader>> Board::TakeReader() {
  {
    std::lock_guard lock(mutex_);
    if (!idle_readers_.empty()) {
      auto reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  EARSHOT_ASSIGN_OR_RETURN(auto reader, BoardReader::Open(options_.path));
  return std::make_unique<BoardReader>(std::move(reader));
}

void Board::ReturnReader(std::unique_ptr<BoardReader> reader) {
  std::lock_guard lock(mutex_);
  idle_readers_.push_back(std::move(reader));
}

template <typename Read>
auto Board::WithReader(Read read) -> decltype(read(std::declval<BoardReader&>())) {
  EARSHOT_ASSIGN_OR_RETURN(auto reader, TakeReader());
  auto result = read(*reader);
  ReturnReader(std::move(reader));
  return result;
}

}  // namespace earshot::alerts
