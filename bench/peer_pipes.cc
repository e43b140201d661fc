#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "bench/pipe.h"
#include "common/sqlite/database.h"

namespace earshot::bench {
namespace {

void Require(bool good) {
  if (!good) std::abort();
}

sqlite::Database OpenTable(const std::string& path) {
  sqlite::Database database = sqlite::Database::Open(path).value();
  Require(database.Execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, bytes BLOB)").ok());
  return database;
}

class TablePipe final : public Pipe {
 public:
  explicit TablePipe(const std::string& folder)
      : writer_(OpenTable(folder + "/table.db")), reader_(OpenTable(folder + "/table.db")) {
    insert_ = writer_.Prepare("INSERT INTO rows (bytes) VALUES (?)").value();
    select_ = reader_.Prepare("SELECT id, bytes FROM rows WHERE id > ? ORDER BY id LIMIT 100").value();
  }

  std::string_view name() const override { return "SQLite, asked every 1 ms"; }

  void Append(std::string bytes) override {
    std::lock_guard lock(mutex_);
    Require(insert_->Run(sqlite::Blob{bytes}).ok());
  }

  std::string Take() override {
    for (; taken_.empty(); Ask()) {
      if (asked_) absl::SleepFor(absl::Milliseconds(1));
      asked_ = true;
    }
    std::string bytes = std::move(taken_.front());
    taken_.pop_front();
    asked_ = !taken_.empty();
    return bytes;
  }

 private:
  void Ask() {
    Require(select_->Start(last_).ok());
    while (select_->Step().value()) {
      last_ = select_->Int(0);
      taken_.emplace_back(select_->Text(1));
    }
  }

  sqlite::Database writer_, reader_;
  std::mutex mutex_;
  std::optional<sqlite::Statement> insert_, select_;
  std::deque<std::string> taken_;
  int64_t last_ = 0;
  bool asked_ = false;
};

class FilePipe final : public Pipe {
 public:
  explicit FilePipe(const std::string& folder)
      : file_(open((folder + "/file").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
    Require(file_ >= 0);
  }
  ~FilePipe() override { close(file_); }

  std::string_view name() const override { return "bare file, fdatasync"; }

  void Append(std::string bytes) override {
    {
      std::lock_guard lock(file_mutex_);
      Require(write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && fdatasync(file_) == 0);
    }
    {
      std::lock_guard lock(queue_mutex_);
      queue_.push_back(std::move(bytes));
    }
    appended_.notify_one();
  }

  std::string Take() override {
    std::unique_lock lock(queue_mutex_);
    appended_.wait(lock, [this] { return !queue_.empty(); });
    std::string bytes = std::move(queue_.front());
    queue_.pop_front();
    return bytes;
  }

 private:
  int file_;
  std::mutex file_mutex_, queue_mutex_;
  std::condition_variable appended_;
  std::deque<std::string> queue_;
};

}  // namespace

std::unique_ptr<Pipe> OpenTablePipe(const std::string& folder) { return std::make_unique<TablePipe>(folder); }
std::unique_ptr<Pipe> OpenFilePipe(const std::string& folder) { return std::make_unique<FilePipe>(folder); }

}  // namespace earshot::bench
