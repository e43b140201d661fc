#include "services/ingest/transcript/json_lines.h"

#include <array>
#include <cmath>
#include <utility>

#include "common/base/status.h"
#include "common/json/json.h"
#include "services/ingest/transcript/people.h"

namespace earshot::transcript {
namespace {

using json::Json;

constexpr double kMaxSeconds = 7 * 24 * 3600;

// The member as text; empty where there is none or null.
absl::StatusOr<std::string> TextMember(const Json& object, std::string_view key) {
  const Json* member = object.Find(key);
  if (member == nullptr || member->is_null()) return std::string();
  if (!member->is_string()) return InvalidArgument("'{}' is no text; write \"{}\": \"…\"", key, key);
  return member->string();
}

absl::StatusOr<std::optional<absl::Duration>> SecondsMember(const Json& object, std::string_view key) {
  const Json* member = object.Find(key);
  if (member == nullptr || member->is_null()) return std::nullopt;
  if (!member->is_number() || !(member->number() >= 0 && member->number() <= kMaxSeconds)) {
    return InvalidArgument("'{}' is no time; write the seconds from the start of the call, such as 12.5", key);
  }
  return absl::Milliseconds(std::llround(member->number() * 1000));
}

absl::StatusOr<v1::SpeakerRole> RoleNamed(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, v1::SpeakerRole>, 5> kRoles = {
      {{"management", v1::SPEAKER_ROLE_MANAGEMENT},
       {"analyst", v1::SPEAKER_ROLE_ANALYST},
       {"operator", v1::SPEAKER_ROLE_OPERATOR},
       {"interpreter", v1::SPEAKER_ROLE_INTERPRETER},
       {"", v1::SPEAKER_ROLE_UNSPECIFIED}}};
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto& [known, role] : kRoles) {
    if (lower == known) return role;
  }
  return RoleOfTitle(name);  // "CFO", "Equity Analyst": an office in the place of a role
}

absl::StatusOr<RawUtterance> ReadUtteranceObject(const Json& object) {
  RawUtterance raw;
  EARSHOT_ASSIGN_OR_RETURN(raw.text, TextMember(object, "text"));
  EARSHOT_ASSIGN_OR_RETURN(raw.label, TextMember(object, "speaker"));
  EARSHOT_ASSIGN_OR_RETURN(raw.title, TextMember(object, "title"));
  EARSHOT_ASSIGN_OR_RETURN(raw.language, TextMember(object, "language"));
  EARSHOT_ASSIGN_OR_RETURN(const std::string role, TextMember(object, "role"));
  EARSHOT_ASSIGN_OR_RETURN(raw.role, RoleNamed(role));
  EARSHOT_ASSIGN_OR_RETURN(raw.start, SecondsMember(object, "start"));
  EARSHOT_ASSIGN_OR_RETURN(raw.end, SecondsMember(object, "end"));
  if (raw.start && raw.end && *raw.end < *raw.start) return InvalidArgument("'end' is before 'start'");
  return raw;
}

absl::StatusOr<Header> ReadHeaderObject(const Json& object) {
  Header header;
  EARSHOT_ASSIGN_OR_RETURN(header.title, TextMember(object, "title"));
  EARSHOT_ASSIGN_OR_RETURN(header.company_name, TextMember(object, "company"));
  EARSHOT_ASSIGN_OR_RETURN(const std::string period, TextMember(object, "fiscal_period"));
  EARSHOT_ASSIGN_OR_RETURN(const std::string date, TextMember(object, "date"));
  header.fiscal_period = FindFiscalPeriod(period.empty() ? header.title : period);
  header.date = FindDate(date);
  if (header.company_name.empty() && header.title.empty()) {
    return InvalidArgument("no 'text'; write {{\"speaker\": \"…\", \"text\": \"…\"}}");
  }
  if (!period.empty() && header.fiscal_period.empty()) {
    return InvalidArgument("fiscal_period '{}' is none; write \"FY2026Q1\" or \"Q1 2026\"", period);
  }
  return header;
}

absl::Status ReadObject(const Json& object, int line, Transcript& transcript) {
  if (!object.is_object()) return InvalidArgument("no JSON object; write {{\"speaker\": \"…\", \"text\": \"…\"}}");
  if (object.Find("text") == nullptr && transcript.utterances.empty()) {
    EARSHOT_ASSIGN_OR_RETURN(transcript.header, ReadHeaderObject(object));
    return absl::OkStatus();
  }
  EARSHOT_ASSIGN_OR_RETURN(RawUtterance raw, ReadUtteranceObject(object));
  if (object.Find("text") == nullptr) return InvalidArgument("no 'text'; write {{\"text\": \"…\"}}");
  raw.line = line;
  if (!raw.text.empty()) transcript.utterances.push_back(std::move(raw));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Transcript> ReadJsonLines(const std::vector<Line>& lines, std::string_view file_name) {
  Transcript transcript{.format = Format::kJsonLines};
  for (const Line& line : lines) {
    if (line.blank()) continue;
    const auto object = json::Parse(line.text);
    if (!object.ok()) {
      return InvalidArgument("{}:{}: no JSON object: {}", file_name, line.number, Message(object.status()));
    }
    if (const absl::Status read = ReadObject(*object, line.number, transcript); !read.ok()) {
      return InvalidArgument("{}:{}: {}", file_name, line.number, Message(read));
    }
  }
  return transcript;
}

}  // namespace earshot::transcript
