#include "services/ingest/transcript/header.h"

#include <array>

#include "absl/time/civil_time.h"
#include "common/fiscal/period.h"
#include "common/text/utf8.h"
#include "fmt/format.h"
#include "re2/re2.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::transcript {
namespace {

constexpr size_t kMaxTitleColumns = 160;

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

int MonthNamed(std::string_view name) {
  const std::string begin = LowerAscii(name.substr(0, 3));
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == begin) return static_cast<int>(i) + 1;
  }
  return 0;
}

// "25" is 2025.
int FullYear(int year) { return year < 100 ? year + 2000 : year; }

int QuarterNamed(std::string_view word) {
  constexpr std::array<std::string_view, 4> kOrdinals = {"first", "second", "third", "fourth"};
  for (size_t i = 0; i < kOrdinals.size(); ++i) {
    if (kOrdinals[i] == word || word[0] == static_cast<char>('1' + i)) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string IsoDate(int year, int month, int day) {
  const absl::CivilDay civil(year, month, day);
  if (month < 1 || civil.month() != month || civil.day() != day) return "";
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

bool SoundsLikeTitle(std::string_view line) {
  static const RE2& kPattern = *new RE2(
      "(?i)(earnings|results?|conference|investor|quarterly) (conference )?(call|webcast|release|transcript|briefing)"
      "|\\bresults\\b|电话会|业绩");
  return RE2::PartialMatch(line, kPattern);
}

}  // namespace

std::string FindFiscalPeriod(std::string_view text) {
  static const RE2& kQuarterFirst =
      *new RE2("(?i)\\bq([1-4])[ ,]*(?:of )?(?:fiscal(?: year)?|fy)?[ -]*'?((?:20)?\\d\\d)\\b");
  static const RE2& kYearFirst = *new RE2("(?i)\\b(?:fy|fiscal(?: year)?)?[ ]*(20\\d\\d|\\d\\d)[ -]?q([1-4])\\b");
  static const RE2& kInWords = *new RE2(
      "(?i)\\b(first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:fiscal )?quarter,?(?: (?:of|for))?(?: the)?"
      "(?: (?:fiscal|financial))?(?: year)?(?: fy)? *'?(20\\d\\d)\\b");
  static const RE2& kYear =
      *new RE2("(?i)\\b(?:fy|fiscal(?: year)?|full[ -]year|financial year)[ -]*'?((?:20)?\\d\\d)\\b");
  int quarter = 0;
  int year = 0;
  std::string word;
  if (RE2::PartialMatch(text, kQuarterFirst, &quarter, &year) || RE2::PartialMatch(text, kYearFirst, &year, &quarter)) {
    return fiscal::ToString(fiscal::Term{FullYear(year), quarter});
  }
  if (RE2::PartialMatch(text, kInWords, &word, &year)) {
    return fiscal::ToString(fiscal::Term{year, QuarterNamed(LowerAscii(word))});
  }
  if (RE2::PartialMatch(text, kYear, &year)) return fiscal::ToString(fiscal::Term{FullYear(year), 0});
  return "";
}

std::string FindDate(std::string_view text) {
  static const RE2& kIso = *new RE2("\\b(20\\d\\d)-(\\d\\d)-(\\d\\d)\\b");
  static const RE2& kMonthFirst = *new RE2("\\b([A-Z][a-z]{2,8})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (20\\d\\d)\\b");
  static const RE2& kDayFirst = *new RE2("\\b(\\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\\.?,? (20\\d\\d)\\b");
  static const RE2& kChinese = *new RE2("(20\\d\\d)年(\\d{1,2})月(\\d{1,2})日");
  int year = 0;
  int month = 0;
  int day = 0;
  std::string name;
  if (RE2::PartialMatch(text, kIso, &year, &month, &day) || RE2::PartialMatch(text, kChinese, &year, &month, &day)) {
    return IsoDate(year, month, day);
  }
  if (RE2::PartialMatch(text, kMonthFirst, &name, &day, &year) ||
      RE2::PartialMatch(text, kDayFirst, &day, &name, &year)) {
    return IsoDate(year, MonthNamed(name), day);
  }
  return "";
}

bool IsTitleLine(std::string_view line) {
  if (line.empty() || CountCodePoints(line) > kMaxTitleColumns) return false;
  if (line.ends_with('.') || line.ends_with('!') || line.ends_with("。")) return false;
  return SoundsLikeTitle(line);
}

bool IsDateLine(std::string_view line) { return line.size() <= 40 && !FindDate(line).empty(); }

std::string CompanyOfTitle(std::string_view title) {
  for (const std::string_view mark : {" - ", " – ", " — ", " | ", ": "}) {
    if (const size_t at = title.find(mark); at != std::string_view::npos) return std::string(title.substr(0, at));
  }
  static const RE2& kBeforePeriod = *new RE2(
      "(?i)^(.+?)(?:'s|’s)?,? +(?:\\([A-Z.: ]+\\) "
      "*)?(?:q[1-4]\\b|fy|fiscal|first|second|third|fourth|full|20\\d\\d|earnings|results)");
  std::string name;
  RE2::PartialMatch(title, kBeforePeriod, &name);
  return name;
}

}  // namespace earshot::transcript
