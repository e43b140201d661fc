#include <deque>
#include <utility>

#include "bench/pipe.h"
#include "common/eventlog/embedded_log.h"

namespace earshot::bench {
namespace {

using eventlog::Record;

constexpr char kTopic[] = "bench.v1";

class LogPipe final : public Pipe {
 public:
  explicit LogPipe(const std::string& folder) : log_(eventlog::OpenEmbeddedLog({.path = folder + "/log.db"}).value()) {
    if (const auto status = log_->EnsureTopics({{.name = kTopic}}); !status.ok()) std::abort();
    producer_ = log_->NewProducer().value();
    consumer_ = log_->NewConsumer({}).value();
    if (const auto status = consumer_->Assign({{kTopic, 0, 0}}); !status.ok()) std::abort();
  }

  std::string_view name() const override { return "embedded log"; }

  void Append(std::string bytes) override { producer_->Append({.topic = kTopic, .value = std::move(bytes)}).value(); }

  std::string Take() override {
    while (taken_.empty()) {
      auto records = consumer_->Poll(100, absl::Seconds(10)).value();
      for (Record& record : records) taken_.push_back(*std::move(record.value));
    }
    std::string bytes = std::move(taken_.front());
    taken_.pop_front();
    return bytes;
  }

 private:
  std::unique_ptr<eventlog::EventLog> log_;
  std::unique_ptr<eventlog::Producer> producer_;
  std::unique_ptr<eventlog::Consumer> consumer_;
  std::deque<std::string> taken_;
};

}  // namespace

std::unique_ptr<Pipe> OpenLogPipe(const std::string& folder) { return std::make_unique<LogPipe>(folder); }

}  // namespace earshot::bench
