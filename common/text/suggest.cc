#include "common/text/suggest.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "fmt/format.h"

namespace earshot {
namespace {

template <typename Candidate>
std::string_view NearestOf(std::string_view word, std::span<const Candidate> candidates) {
  const size_t limit = std::max<size_t>(1, word.size() / 3);
  std::string_view best;
  size_t best_distance = limit + 1;
  for (const Candidate& candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string Phrase(std::string_view nearest) {
  return nearest.empty() ? std::string() : fmt::format(", did you mean '{}'?", nearest);
}

}  // namespace

size_t EditDistance(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) { return absl::ascii_tolower(x) == absl::ascii_tolower(y); };
  std::vector<size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      current[j] =
          std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1)});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates) {
  return NearestOf(word, candidates);
}
std::string_view Nearest(std::string_view word, std::span<const std::string> candidates) {
  return NearestOf(word, candidates);
}
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates) {
  return Phrase(NearestOf(word, candidates));
}
std::string DidYouMean(std::string_view word, std::span<const std::string> candidates) {
  return Phrase(NearestOf(word, candidates));
}

}  // namespace earshot
