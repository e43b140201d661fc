#include "services/ingest/transcript/transcript.h"

#include <array>
#include <utility>

#include "common/base/status.h"
#include "common/text/suggest.h"
#include "re2/re2.h"
#include "services/ingest/transcript/header.h"
#include "services/ingest/transcript/json_lines.h"
#include "services/ingest/transcript/lines.h"
#include "services/ingest/transcript/people.h"

namespace earshot::transcript {
namespace {

constexpr std::array<std::string_view, 5> kFormatNames = {"automatic", "named", "numbered", "sentences", "json-lines"};

bool IsNumberedLabel(std::string_view line) {
  static const RE2& kPattern = *new RE2("(?i)speaker[ _-]?\\d+:?");
  return RE2::FullMatch(line, kPattern);
}

bool IsNamedLabel(std::string_view line) {
  // A name of one to six words that begin in upper case (or are particles, or Chinese), and an office.
  static const RE2& kPattern = *new RE2(
      "(?:(?:[\\p{Lu}\\p{Lo}][^\\s()!?;]*|de|da|der|van|von|bin|al)(?: |$)?){1,6}"
      "(?: ?[(（][^()（）]{1,120}[)）]| -- \\p{Lu}[^.!?]{1,120}):?");
  static const RE2& kRole = *new RE2("(?i)(?:operator|conference operator|interpreter|translator|moderator):?");
  return line.size() <= 200 && !IsTitleLine(line) && (RE2::FullMatch(line, kPattern) || RE2::FullMatch(line, kRole));
}

bool IsLabel(std::string_view line) { return IsNumberedLabel(line) || IsNamedLabel(line); }

Format Recognise(const std::vector<Line>& lines) {
  int named = 0;
  int numbered = 0;
  bool first = true;
  for (const Line& line : lines) {
    if (line.blank()) continue;
    if (std::exchange(first, false) && line.text.starts_with('{')) return Format::kJsonLines;
    if (IsNumberedLabel(line.text)) {
      ++numbered;
    } else if (IsNamedLabel(line.text)) {
      ++named;
    }
  }
  if (numbered == 0 && named == 0) return Format::kSentences;
  return numbered >= named ? Format::kNumbered : Format::kNamed;
}

// Titles and dates among the lines above the first utterance.
Header ReadHeader(const std::vector<Line>& lines, size_t end, int& title_line) {
  Header header;
  for (size_t i = 0; i < end; ++i) {
    const std::string_view text = lines[i].text;
    if (IsTitleLine(text) && header.fiscal_period.empty()) {
      const std::string period = FindFiscalPeriod(text);
      if (header.title.empty() || !period.empty()) {
        header.title = text;
        title_line = lines[i].number;
      }
      header.fiscal_period = period;
    } else if (IsDateLine(text) && header.date.empty()) {
      header.date = FindDate(text);
    }
  }
  header.company_name = CompanyOfTitle(header.title);
  return header;
}

absl::StatusOr<Transcript> ReadLabelled(Format format, const std::vector<Line>& lines, const ReadOptions& options) {
  size_t first = 0;
  while (first < lines.size() && !IsLabel(lines[first].text)) ++first;
  if (first == lines.size()) {
    return InvalidArgument(
        "{}: no line names a speaker, as 'Jane Doe (CFO)' or 'Speaker 1' would; try --format sentences",
        options.file_name);
  }
  Transcript transcript{.format = format};
  int title_line = 1;
  transcript.header = ReadHeader(lines, first, title_line);
  if (!transcript.header.title.empty() && transcript.header.fiscal_period.empty() && !options.period_known) {
    return InvalidArgument(
        "{}:{}:1: the header '{}' names no fiscal period; write one as in 'Acme Group - Earnings Call - Q3 2025', or "
        "give the period with the call",
        options.file_name, title_line, transcript.header.title);
  }
  RawUtterance raw;
  for (size_t i = first; i < lines.size(); ++i) {
    if (lines[i].blank()) continue;
    if (IsLabel(lines[i].text)) {
      const Label label = ParseLabel(lines[i].text, "");
      raw = {.label = label.name, .title = label.title};
      continue;
    }
    raw.text = lines[i].text;
    raw.line = lines[i].number;
    transcript.utterances.push_back(raw);
  }
  return transcript;
}

Transcript ReadSentences(const std::vector<Line>& lines) {
  Transcript transcript{.format = Format::kSentences};
  size_t body = 0;
  for (size_t i = 0; i < lines.size() && i < 8; ++i) {
    const std::string_view text = lines[i].text;
    const bool title = IsTitleLine(text) && !FindFiscalPeriod(text).empty();
    if (!title && !IsDateLine(text) && text != "Transcript" && !text.empty()) break;
    body = i + 1;
  }
  int title_line = 1;
  transcript.header = ReadHeader(lines, body, title_line);
  for (size_t i = body; i < lines.size(); ++i) {
    if (lines[i].blank()) continue;
    transcript.utterances.push_back({.text = std::string(lines[i].text), .line = lines[i].number});
  }
  return transcript;
}

absl::StatusOr<Transcript> ReadBody(const std::vector<Line>& lines, const ReadOptions& options) {
  const Format format = options.format == Format::kAutomatic ? Recognise(lines) : options.format;
  switch (format) {
    case Format::kJsonLines:
      return ReadJsonLines(lines, options.file_name);
    case Format::kNamed:
    case Format::kNumbered:
      return ReadLabelled(format, lines, options);
    case Format::kSentences:
    case Format::kAutomatic:
      break;
  }
  return ReadSentences(lines);
}

void SetDuration(absl::Duration duration, google::protobuf::Duration& out) {
  const int64_t nanoseconds = absl::ToInt64Nanoseconds(duration);
  out.set_seconds(nanoseconds / 1'000'000'000);
  out.set_nanos(static_cast<int32_t>(nanoseconds % 1'000'000'000));
}

}  // namespace

std::string_view FormatName(Format format) { return kFormatNames[static_cast<size_t>(format)]; }

absl::StatusOr<Format> ParseFormat(std::string_view name) {
  for (size_t i = 0; i < kFormatNames.size(); ++i) {
    if (kFormatNames[i] == name) return static_cast<Format>(i);
  }
  return InvalidArgument("'{}' is no format of transcripts{}; take named, numbered, sentences, json-lines or automatic",
                         name, DidYouMean(name, kFormatNames));
}

absl::StatusOr<Transcript> ReadTranscript(std::string_view bytes, const ReadOptions& options) {
  EARSHOT_RETURN_IF_ERROR(CheckBytes(bytes, options.file_name));
  const std::vector<Line> lines = SplitLines(bytes);
  EARSHOT_ASSIGN_OR_RETURN(Transcript transcript, ReadBody(lines, options));
  if (transcript.utterances.empty()) {
    return InvalidArgument("{}: nothing is said in it; write what was said in lines of text", options.file_name);
  }
  for (const RawUtterance& raw : transcript.utterances) {
    if (raw.text.size() <= kMaxUtteranceBytes) continue;
    return InvalidArgument("{}:{}:1: {} KiB in one line; at most {} KiB are taken as one utterance: break the line",
                           options.file_name, raw.line, raw.text.size() >> 10, kMaxUtteranceBytes >> 10);
  }
  return transcript;
}

v1::Utterance ToUtterance(const RawUtterance& raw, int sequence) {
  v1::Utterance utterance;
  utterance.set_sequence(sequence);
  utterance.set_status(v1::UTTERANCE_STATUS_FINAL);
  utterance.set_text(raw.text);
  utterance.set_language(raw.language);
  utterance.set_line(raw.line);
  v1::Speaker& speaker = *utterance.mutable_speaker();
  speaker.set_label(raw.label);
  speaker.set_title(raw.title);
  speaker.set_role(raw.role);
  if (raw.start) SetDuration(*raw.start, *utterance.mutable_start_offset());
  if (raw.end) SetDuration(*raw.end, *utterance.mutable_end_offset());
  return utterance;
}

}  // namespace earshot::transcript
