// Structured logs: one JSON object a line on stderr, or a short line for eyes where stderr is a terminal.
//
//   Log::Info("ingest", "call opened", {{"call", call.name()}, {"resume_from", 1}});
//   {"time":"2026-01-05T09:30:00.123456Z","level":"info","logger":"ingest","msg":"call
//   opened","call":"calls/acme-fy2026q1","resume_from":1}
//
// Thread-safe. A message is a constant text; what varies goes into fields. Nothing here fails: what is no UTF-8 is
// written with the replacement character. The only door to spdlog.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "common/base/strings.h"

namespace earshot::telemetry {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

enum class LogFormat {
  kAuto,  // text where stderr is a terminal, else JSON
  kJson,
  kText,
};

// A name and a value of a log line; borrows its text for the length of the call.
struct LogField {
  using Value = std::variant<std::string_view, int64_t, double, bool>;

  LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
  LogField(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, const absl::Status& v) : key(k), value(ToStd(v.message())) {}
  template <std::integral T>
  LogField(std::string_view k, T v) : key(k) {
    if constexpr (std::same_as<T, bool>) {
      value = v;
    } else {
      value = static_cast<int64_t>(v);
    }
  }
  template <std::floating_point T>
  LogField(std::string_view k, T v) : key(k), value(static_cast<double>(v)) {}

  std::string_view key;
  Value value;
};

class Log {
 public:
  using Fields = std::initializer_list<LogField>;
  // Takes finished lines, without the newline, one at a time.
  using LineSink = std::function<void(std::string_view line)>;

  static void Debug(std::string_view logger, std::string_view message, Fields fields = {});
  static void Info(std::string_view logger, std::string_view message, Fields fields = {});
  static void Warning(std::string_view logger, std::string_view message, Fields fields = {});
  static void Error(std::string_view logger, std::string_view message, Fields fields = {});

  // Lines below `level` cost a comparison and are dropped. Default: kInfo, kAuto.
  static void Configure(LogLevel level, LogFormat format = LogFormat::kAuto);

  // Sends lines to `sink` in place of stderr, for tests and embedders; null puts stderr back.
  static void SetSink(LineSink sink);
};

}  // namespace earshot::telemetry
