// A durable way from writers to one reader in the same process: what is measured, and what it is measured against.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace earshot::bench {

// A failure ends the program with a message.
class Pipe {
 public:
  virtual ~Pipe() = default;

  virtual std::string_view name() const = 0;

  // Returns once the bytes are on the disk. From any thread.
  virtual void Append(std::string bytes) = 0;

  // Waits for the next bytes. For one thread.
  virtual std::string Take() = 0;
};

// Each makes its file in `folder`.

// The embedded event log.
std::unique_ptr<Pipe> OpenLogPipe(const std::string& folder);

// A transaction a row, durable like the log; the reader asks every millisecond. What one has without a log.
std::unique_ptr<Pipe> OpenTablePipe(const std::string& folder);

// write and fdatasync on one file, and a queue in memory that knows nothing of a restart: as fast as the disk allows.
std::unique_ptr<Pipe> OpenFilePipe(const std::string& folder);

}  // namespace earshot::bench
