#include "services/ingest/transcript/lines.h"

#include "common/base/status.h"
#include "common/text/source_text.h"
#include "common/text/utf8.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::transcript {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view TrimBlanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; };
  for (bool again = true; again;) {
    again = false;
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    for (const std::string_view wide : {std::string_view("\xC2\xA0"), std::string_view("\xE3\x80\x80")}) {
      if (text.starts_with(wide)) text.remove_prefix(wide.size()), again = true;
      if (text.ends_with(wide)) text.remove_suffix(wide.size()), again = true;
    }
  }
  return text;
}

double Megabytes(size_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

}  // namespace

std::vector<Line> SplitLines(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  std::vector<Line> lines;
  while (!bytes.empty()) {
    const size_t end = bytes.find_first_of("\r\n");
    lines.push_back({static_cast<int>(lines.size()) + 1, TrimBlanks(bytes.substr(0, end))});
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + (bytes.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return lines;
}

absl::Status CheckBytes(std::string_view bytes, std::string_view file_name) {
  if (bytes.empty()) {
    return InvalidArgument("{}: the file is empty; send a transcript: lines of text, or a JSON object a line",
                           file_name);
  }
  if (bytes.size() > kMaxTranscriptBytes) {
    return InvalidArgument("{}: {:.1f} MB; at most {} MiB are taken; is it the transcript of one call?", file_name,
                           Megabytes(bytes.size()), kMaxTranscriptBytes >> 20);
  }
  if (const auto invalid = FindInvalidUtf8(bytes)) {
    const SourceText source{std::string(file_name), std::string(bytes.substr(0, *invalid))};
    const auto [line, column] = source.Locate(*invalid);
    return InvalidArgument("{}:{}:{}: byte 0x{:02X} at offset {} is no UTF-8; save the file as UTF-8", file_name, line,
                           column, static_cast<unsigned char>(bytes[*invalid]), *invalid);
  }
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    const SourceText source{std::string(file_name), std::string(bytes.substr(0, nul))};
    const auto [line, column] = source.Locate(nul);
    return InvalidArgument("{}:{}:{}: a NUL byte at offset {}; this is no text file", file_name, line, column, nul);
  }
  return absl::OkStatus();
}

}  // namespace earshot::transcript
