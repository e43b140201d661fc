#include "services/ingest/extract/text_period.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "common/catalog/phrase_matcher.h"
#include "common/fiscal/period.h"

namespace earshot::extract {
namespace {

constexpr size_t kTexts = 400;           // that are looked at
constexpr size_t kComparisonReach = 24;  // bytes before a quarter in which a word of comparison makes it one
constexpr int kFewestNamings = 2;

struct NamedQuarters {
  std::array<int, 5> count{};
  std::array<int, 5> own_year{};       // the latest with which it is named as such
  std::array<int, 5> compared_year{};  // the latest with which something is compared
};

std::optional<int> YearAt(std::string_view text) {
  for (const std::string_view word : {" of", " in", " fiscal", " year"}) {
    if (text.starts_with(word)) text.remove_prefix(word.size());
  }
  if (!text.starts_with(" 20") || text.size() < 5) return std::nullopt;
  int year = 0;
  const char* end = text.data() + 5;
  return std::from_chars(text.data() + 1, end, year).ptr == end ? std::optional(year) : std::nullopt;
}

bool IsComparedThere(std::string_view before) {
  if (before.size() > kComparisonReach) before.remove_prefix(before.size() - kComparisonReach);
  for (const std::string_view word : {"over ", "than ", "versus ", "from ", "compared ", "to the ", "against ", "vs"}) {
    if (before.find(word) != std::string_view::npos) return true;
  }
  return false;
}

void Count(std::string_view text, NamedQuarters& named) {
  constexpr std::array<std::string_view, 5> kNames = {"", "first quarter", "second quarter", "third quarter",
                                                      "fourth quarter"};
  const std::string folded = catalog::Fold(text).bytes;
  for (int quarter = 1; quarter <= 4; ++quarter) {
    const std::string_view name = kNames[quarter];
    for (size_t at = folded.find(name); at != std::string::npos; at = folded.find(name, at + 1)) {
      ++named.count[quarter];
      const auto year = YearAt(std::string_view(folded).substr(at + name.size()));
      if (!year) continue;
      const bool compared = IsComparedThere(std::string_view(folded).substr(0, at));
      int& latest = compared ? named.compared_year[quarter] : named.own_year[quarter];
      latest = std::max(latest, *year);
    }
  }
}

}  // namespace

std::string PeriodOfText(std::span<const std::string_view> texts) {
  NamedQuarters named;
  for (const std::string_view text : texts.first(std::min(texts.size(), kTexts))) Count(text, named);
  const int quarter = static_cast<int>(std::max_element(named.count.begin(), named.count.end()) - named.count.begin());
  if (named.count[quarter] < kFewestNamings) return "";
  const int compared = named.compared_year[quarter] > 0 ? named.compared_year[quarter] + 1 : 0;
  const int year = std::max(named.own_year[quarter], compared);
  return year == 0 ? "" : fiscal::ToString(fiscal::Term{year, quarter});
}

}  // namespace earshot::extract
