// How long a record takes through the embedded log, beside what the same disk gives a table and a bare file.
//
//   eventlog_latency [SECONDS [FOLDER]]     default: 10 seconds of records a pipe, in the folder for temporary files
//
// Records of 1 KiB. First 200 a second, one at a time, the pipes taking turns so that other load hits all of them;
// then as many as 32 writers get through, each waiting for its own. Milliseconds; `seen` is from the call of Append
// until a reader that waits has the record.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "bench/pipe.h"
#include "fmt/format.h"

namespace earshot::bench {
namespace {

constexpr int kRecordsPerSecond = 200;
constexpr int kWriters = 32;
constexpr absl::Duration kThroughputTime = absl::Seconds(3);
constexpr size_t kRecordBytes = 1024;

struct Candidate {
  std::unique_ptr<Pipe> pipe;
  std::vector<double> append_ms, seen_ms;
  double records_per_second = 0;
};

std::string StampedRecord() {
  std::string bytes(kRecordBytes, 'x');
  const int64_t now = absl::GetCurrentTimeNanos();
  std::memcpy(bytes.data(), &now, sizeof(now));
  return bytes;
}

double AgeInMs(const std::string& record) {
  int64_t then;
  std::memcpy(&then, record.data(), sizeof(then));
  return static_cast<double>(absl::GetCurrentTimeNanos() - then) / 1e6;
}

void MeasureLatency(Candidate& candidate, int records) {
  std::thread reader([&] {
    for (int i = 0; i < records; ++i) candidate.seen_ms.push_back(AgeInMs(candidate.pipe->Take()));
  });
  absl::Time due = absl::Now();
  for (int i = 0; i < records; ++i, due += absl::Seconds(1) / kRecordsPerSecond) {
    absl::SleepFor(due - absl::Now());
    std::string record = StampedRecord();
    const std::string stamp = record.substr(0, sizeof(int64_t));
    candidate.pipe->Append(std::move(record));
    candidate.append_ms.push_back(AgeInMs(stamp));
  }
  reader.join();
}

void MeasureThroughput(Candidate& candidate) {
  std::atomic<int64_t> appended = 0;
  const absl::Time start = absl::Now();
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (; absl::Now() < start + kThroughputTime; ++appended) candidate.pipe->Append(StampedRecord());
    });
  }
  for (std::thread& writer : writers) writer.join();
  candidate.records_per_second = static_cast<double>(appended) / absl::ToDoubleSeconds(absl::Now() - start);
}

double Quantile(std::vector<double>& values, double q) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void PrintRow(Candidate& c) {
  fmt::print("| {:<24} | {:>8.2f} | {:>8.2f} | {:>8.2f} | {:>8.2f} | {:>10.2f} | {:>9.0f} |\n", c.pipe->name(),
             Quantile(c.append_ms, 0.5), Quantile(c.append_ms, 0.99), Quantile(c.seen_ms, 0.5),
             Quantile(c.seen_ms, 0.99), Quantile(c.seen_ms, 0.999), c.records_per_second);
}

void MeasureAll(int seconds, const std::string& folder) {
  std::vector<Candidate> candidates(3);
  candidates[0].pipe = OpenLogPipe(folder);
  candidates[1].pipe = OpenTablePipe(folder);
  candidates[2].pipe = OpenFilePipe(folder);
  for (int second = 0; second < seconds; ++second) {
    for (Candidate& candidate : candidates) MeasureLatency(candidate, kRecordsPerSecond);
  }
  for (Candidate& candidate : candidates) MeasureThroughput(candidate);
  fmt::print("| {:<24} | {:>8} | {:>8} | {:>8} | {:>8} | {:>10} | {:>9} |\n", "", "append50", "append99", "seen 50",
             "seen 99", "seen 99.9", "records/s");
  fmt::print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (Candidate& candidate : candidates) PrintRow(candidate);
}

}  // namespace
}  // namespace earshot::bench

int main(int argc, char** argv) {
  const int seconds = std::max(1, argc > 1 ? std::atoi(argv[1]) : 10);
  std::string folder =
      (argc > 2 ? std::filesystem::path(argv[2]) : std::filesystem::temp_directory_path()) / "eventlog_latency.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) {
    fmt::print(stderr, "{}: no folder can be made there\n", folder);
    return 2;
  }
  earshot::bench::MeasureAll(seconds, folder);
  std::filesystem::remove_all(folder);
}
