#include "common/telemetry/log.h"

#include <unistd.h>

#include <atomic>
#include <cmath>
#include <iterator>
#include <memory>
#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/text/utf8.h"
#include "fmt/format.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace earshot::telemetry {
namespace {

struct LogOutput {
  std::mutex mutex;
  Log::LineSink sink;
  std::shared_ptr<spdlog::logger> stderr_logger;
  std::atomic<LogLevel> level = LogLevel::kInfo;
  std::atomic<bool> text = isatty(STDERR_FILENO) != 0;

  LogOutput() {
    stderr_logger = std::make_shared<spdlog::logger>("earshot", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    stderr_logger->set_pattern("%v");
    stderr_logger->set_level(spdlog::level::trace);
    stderr_logger->flush_on(spdlog::level::trace);
  }
};

LogOutput& Output() {
  static LogOutput& output = *new LogOutput;
  return output;
}

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
    case LogLevel::kOff:
      break;
  }
  return "error";
}

void AppendEscaped(char32_t c, std::string& out) {
  if (c == '"' || c == '\\') {
    out += '\\';
    out += static_cast<char>(c);
  } else if (c == '\n') {
    out += "\\n";
  } else if (c < 0x20) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<uint32_t>(c));
  } else {
    AppendUtf8(c, out);
  }
}

void AppendQuoted(std::string_view text, std::string& out) {
  out += '"';
  for (size_t i = 0; i < text.size();) {
    const CodePoint point = DecodeUtf8(text, i);
    AppendEscaped(point.value, out);
    i += point.size;
  }
  out += '"';
}

void AppendLogValue(const LogField::Value& value, std::string& out) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    AppendQuoted(*text, out);
  } else if (const auto* number = std::get_if<int64_t>(&value)) {
    fmt::format_to(std::back_inserter(out), "{}", *number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    const std::string_view quote = std::isfinite(*real) ? "" : "\"";
    fmt::format_to(std::back_inserter(out), "{}{}{}", quote, *real, quote);
  } else {
    out += std::get<bool>(value) ? "true" : "false";
  }
}

std::string LogTime(const char* format) { return absl::FormatTime(format, absl::Now(), absl::UTCTimeZone()); }

std::string JsonLine(LogLevel level, std::string_view logger, std::string_view message, Log::Fields fields) {
  std::string line =
      fmt::format(R"({{"time":"{}","level":"{}","logger":)", LogTime("%Y-%m-%dT%H:%M:%E6SZ"), LevelName(level));
  AppendQuoted(logger, line);
  line += R"(,"msg":)";
  AppendQuoted(message, line);
  for (const LogField& field : fields) {
    line += ',';
    AppendQuoted(field.key, line);
    line += ':';
    AppendLogValue(field.value, line);
  }
  line += '}';
  return line;
}

std::string TextLine(LogLevel level, std::string_view logger, std::string_view message, Log::Fields fields) {
  std::string line = fmt::format("{} {:<7} {}: {}", LogTime("%H:%M:%E3S"), LevelName(level), logger, message);
  for (const LogField& field : fields) {
    fmt::format_to(std::back_inserter(line), "  {}=", field.key);
    AppendLogValue(field.value, line);
  }
  return line;
}

void WriteLog(LogLevel level, std::string_view logger, std::string_view message, Log::Fields fields) {
  LogOutput& output = Output();
  if (level < output.level.load(std::memory_order_relaxed)) return;
  const std::string line =
      output.text ? TextLine(level, logger, message, fields) : JsonLine(level, logger, message, fields);
  std::lock_guard lock(output.mutex);
  if (output.sink) {
    output.sink(line);
  } else {
    output.stderr_logger->log(spdlog::level::info, "{}", line);
  }
}

}  // namespace

void Log::Debug(std::string_view logger, std::string_view message, Fields fields) {
  WriteLog(LogLevel::kDebug, logger, message, fields);
}

void Log::Info(std::string_view logger, std::string_view message, Fields fields) {
  WriteLog(LogLevel::kInfo, logger, message, fields);
}

void Log::Warning(std::string_view logger, std::string_view message, Fields fields) {
  WriteLog(LogLevel::kWarning, logger, message, fields);
}

void Log::Error(std::string_view logger, std::string_view message, Fields fields) {
  WriteLog(LogLevel::kError, logger, message, fields);
}

void Log::Configure(LogLevel level, LogFormat format) {
  LogOutput& output = Output();
  output.level = level;
  output.text = format == LogFormat::kText || (format == LogFormat::kAuto && isatty(STDERR_FILENO) != 0);
}

void Log::SetSink(LineSink sink) {
  std::lock_guard lock(Output().mutex);
  Output().sink = std::move(sink);
}

}  // namespace earshot::telemetry
