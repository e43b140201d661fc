// Reads transcripts of earnings calls in any known form into a header and raw utterances. Pure; thread-safe.
//
//   EARSHOT_ASSIGN_OR_RETURN(Transcript transcript, ReadTranscript(bytes, {.file_name = "acme-q3.txt"}));
//   CallTracker tracker;
//   int sequence = 0;
//   for (const RawUtterance& raw : transcript.utterances) Use(tracker.Annotate(ToUtterance(raw, ++sequence)));
//
// Forms: docs of Format below. One line of text is one utterance. A byte order mark, CRLF and blanks at the ends of
// lines are tolerated.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "earshot/v1/utterance.pb.h"

namespace earshot::transcript {

// Largest transcript that is taken, bytes.
inline constexpr size_t kMaxTranscriptBytes = size_t{4} << 20;

// Largest text of one utterance, bytes.
inline constexpr size_t kMaxUtteranceBytes = size_t{64} << 10;

enum class Format {
  kAutomatic,  // recognised from the content
  kNamed,      // "Jane Doe (CFO)" above paragraphs; what stands before the first of them is the header, or junk
  kNumbered,   // "Speaker 7" above paragraphs
  kSentences,  // a sentence a line, no speakers; a header is rare
  kJsonLines,  // an object a line: {"speaker","role","text","start","end","language"}, start and end in seconds; an
               // object without "text" is the header: {"title","company","fiscal_period","date"}
};

// "automatic", "named", "numbered", "sentences", "json-lines".
std::string_view FormatName(Format format);
// INVALID_ARGUMENT with the names, and "did you mean".
absl::StatusOr<Format> ParseFormat(std::string_view name);

// As far as the file tells; what it does not tell is empty.
struct Header {
  std::string title;          // as printed: "Acme Group - Earnings Call - Q3 2025"
  std::string company_name;   // as printed: "Acme Group"
  std::string fiscal_period;  // "FY2025Q3", "FY2025"
  std::string date;           // ISO 8601: "2025-02-20"
};

struct RawUtterance {
  std::string label;                                    // as printed, without the title: "Jane Doe", "Speaker 7"
  std::string title;                                    // as printed behind the label: "CFO", "Equity Analyst"
  v1::SpeakerRole role = v1::SPEAKER_ROLE_UNSPECIFIED;  // as the source says
  std::string text;                                     // never empty
  std::string language;                                 // as the source says
  int line = 0;                                         // from 1
  std::optional<absl::Duration> start;
  std::optional<absl::Duration> end;
};

struct Transcript {
  Format format = Format::kAutomatic;  // never kAutomatic once read
  Header header;
  std::vector<RawUtterance> utterances;  // never empty
};

struct ReadOptions {
  std::string file_name = "transcript";  // for messages
  Format format = Format::kAutomatic;
  // The caller knows the fiscal period: a header that names none is good.
  bool period_known = false;
};

// INVALID_ARGUMENT with place and advice ("acme.txt:3:17: …") for: no bytes; more than kMaxTranscriptBytes; invalid
// UTF-8; a NUL byte; a header that names no fiscal period; a line that is no such JSON; no utterance at all; an
// utterance over kMaxUtteranceBytes.
absl::StatusOr<Transcript> ReadTranscript(std::string_view bytes, const ReadOptions& options = {});

// The form in which an utterance is sent and understood: label, title and role as the source says, final, revision 0.
v1::Utterance ToUtterance(const RawUtterance& raw, int sequence);

// "Q3 2025", "Q3 FY25", "third quarter of fiscal 2025", "FY2025", "full year 2025" -> "FY2025Q3", "FY2025"; empty for
// none. The year is taken as the fiscal year, as headers print it.
std::string FindFiscalPeriod(std::string_view text);

// "February 20, 2025", "20 Feb 2025", "2025-02-20" -> "2025-02-20"; empty for none.
std::string FindDate(std::string_view text);

}  // namespace earshot::transcript
