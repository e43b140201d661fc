#include "common/wire/identity.h"

#include <algorithm>
#include <vector>

#include "common/base/digest.h"
#include "common/base/status.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace earshot::wire {
namespace {

// Letters and digits in lower case, anything between them one dash. Bytes past ASCII count as letters: the name of a
// company without ticker may be Chinese.
std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept =
        upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (kept) {
      slug += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

}  // namespace

absl::StatusOr<std::string> CallName(std::string_view company, std::string_view period) {
  const std::string company_slug = Slug(company);
  const std::string period_slug = Slug(period);
  if (company_slug.empty()) return InvalidArgument("company '{}' is no name", company);
  if (period_slug.empty()) return InvalidArgument("period '{}' is no name", period);
  return fmt::format("calls/{}-{}", company_slug, period_slug);
}

std::string UtteranceName(std::string_view call, int sequence) {
  return fmt::format("{}/utterances/{}", call, sequence);
}

std::string CallEventName(std::string_view call, int sequence, int revision) {
  return fmt::format("{}/events/{}.{}", call, sequence, revision);
}

std::string CallEndName(std::string_view call, int sequence) { return fmt::format("{}/events/{}.end", call, sequence); }

std::string ObservationName(std::string_view call, std::string_view id) {
  return fmt::format("{}/observations/{}", call, id);
}

std::string AlertName(std::string_view id) { return fmt::format("alerts/{}", id); }

std::string RuleName(std::string_view alert) { return fmt::format("rules/{}", alert); }

std::string RuleSetName(std::string_view id) { return fmt::format("ruleSets/{}", id); }

std::string_view LastSegment(std::string_view name) { return name.substr(name.rfind('/') + 1); }

std::string DeterministicBytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

uint64_t ContentHashOf(const v1::CallEvent& event) {
  v1::CallEvent content = event;
  content.clear_times();
  content.clear_traceparent();
  if (content.has_utterance()) content.mutable_utterance()->clear_speak_time();
  return ContentHash(DeterministicBytes(content));
}

std::string RuleSetIdOf(const v1::RuleSet& rule_set) {
  std::vector<const v1::RuleFile*> files;
  for (const v1::RuleFile& file : rule_set.files()) files.push_back(&file);
  std::ranges::sort(files, {}, [](const v1::RuleFile* file) -> const std::string& { return file->path(); });
  std::vector<std::string_view> parts;
  for (const v1::RuleFile* file : files) {
    parts.push_back(file->path());
    parts.push_back(file->content());
  }
  std::vector<std::string> lineages;
  for (const v1::SegmentLineage& lineage : rule_set.lineages()) lineages.push_back(DeterministicBytes(lineage));
  std::ranges::sort(lineages);
  parts.insert(parts.end(), lineages.begin(), lineages.end());
  return StableId(parts);
}

}  // namespace earshot::wire
