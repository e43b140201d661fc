#include "services/alerts/board/token.h"

#include <array>
#include <optional>

#include "absl/strings/escaping.h"
#include "common/base/digest.h"
#include "common/base/status.h"
#include "common/base/strings.h"
#include "common/rpc/error_details.h"

namespace earshot::alerts {
namespace {

// A token: kind, three numbers of 8 bytes (hash of the log's id, two of the kind's own), and 4 bytes of a digest of
// what is before, which tells a damaged token from a good one. No secret: a token opens nothing.
constexpr char kResumeKind = 'r';
constexpr char kPageKind = 'p';
constexpr size_t kNumbers = 3;
constexpr size_t kDigestSize = 4;
constexpr size_t kTokenSize = 1 + 8 * kNumbers + kDigestSize;

using Numbers = std::array<uint64_t, kNumbers>;

std::string PackToken(char kind, const Numbers& numbers) {
  std::string bytes(1, kind);
  for (const uint64_t number : numbers) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
  }
  return bytes + Sha256(bytes).substr(0, kDigestSize);
}

std::optional<Numbers> UnpackToken(char kind, std::string_view bytes) {
  if (bytes.size() != kTokenSize || bytes[0] != kind) return std::nullopt;
  const std::string_view content = bytes.substr(0, kTokenSize - kDigestSize);
  if (bytes.substr(content.size()) != Sha256(content).substr(0, kDigestSize)) return std::nullopt;
  Numbers numbers{};
  for (size_t i = 0; i < 8 * kNumbers; ++i) {
    numbers[i / 8] = numbers[i / 8] << 8 | static_cast<unsigned char>(content[1 + i]);
  }
  return numbers;
}

absl::Status InvalidPageToken(std::string_view why) {
  return rpc::WithReason(rpc::WithFieldViolation(InvalidArgument("page_token: {}; list again from the first page", why),
                                                 "page_token", why),
                         "PAGE_TOKEN_INVALID");
}

}  // namespace

std::string EncodeResumeToken(std::string_view log_id, const StreamPlace& place) {
  return PackToken(kResumeKind,
                   {ContentHash(log_id), static_cast<uint64_t>(place.sequence), static_cast<uint64_t>(place.position)});
}

absl::StatusOr<StreamPlace> DecodeResumeToken(std::string_view log_id, std::string_view token) {
  const auto numbers = UnpackToken(kResumeKind, token);
  if (!numbers) {
    constexpr std::string_view kWhy = "is no token that a stream has given out";
    return rpc::WithReason(rpc::WithFieldViolation(InvalidArgument("resume_token {}", kWhy), "resume_token", kWhy),
                           "RESUME_TOKEN_INVALID");
  }
  if ((*numbers)[0] != ContentHash(log_id)) {
    return rpc::WithReason(
        FailedPrecondition("resume_token was given out by another event log: its place means nothing here; start at "
                           "EARLIEST or LATEST"),
        "RESUME_TOKEN_OF_ANOTHER_LOG");
  }
  return StreamPlace{static_cast<int64_t>((*numbers)[1]), static_cast<int64_t>((*numbers)[2])};
}

std::string EncodePageToken(std::string_view log_id, const ListPlace& place) {
  const std::string bytes = PackToken(
      kPageKind, {ContentHash(log_id), static_cast<uint64_t>(place.first_sequence), ContentHash(place.filter)});
  return absl::WebSafeBase64Escape(ToAbsl(bytes));
}

absl::StatusOr<int64_t> DecodePageToken(std::string_view log_id, std::string_view filter, std::string_view token) {
  std::string bytes;
  std::optional<Numbers> numbers;
  if (absl::WebSafeBase64Unescape(ToAbsl(token), &bytes)) numbers = UnpackToken(kPageKind, bytes);
  if (!numbers) return InvalidPageToken("is no token that a list has given out");
  if ((*numbers)[0] != ContentHash(log_id)) return InvalidPageToken("was given out by another event log");
  if ((*numbers)[2] != ContentHash(filter)) return InvalidPageToken("was given out for another filter");
  return static_cast<int64_t>((*numbers)[1]);
}

}  // namespace earshot::alerts
