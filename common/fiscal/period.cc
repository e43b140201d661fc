#include "common/fiscal/period.h"

#include <charconv>

#include "common/base/status.h"
#include "fmt/format.h"

namespace earshot::fiscal {
namespace {

constexpr std::string_view kWanted = "write FY2026Q1, FY2026, FY2026..FY2028, 2025-08 or 2025-06-30";
constexpr std::string_view kSpanMark = "..";

// All of `text` as digits.
std::optional<int> ReadDigits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

std::optional<Term> ReadTerm(std::string_view text) {
  const bool quarterly = text.size() == 8;
  if ((!quarterly && text.size() != 6) || !text.starts_with("FY")) return std::nullopt;
  const auto year = ReadDigits(text.substr(2, 4));
  if (!year || *year < 1900) return std::nullopt;
  if (!quarterly) return Term{*year, 0};
  if (text[6] != 'Q' || text[7] < '1' || text[7] > '4') return std::nullopt;
  return Term{*year, text[7] - '0'};
}

// `2025-08` or `2025-08-31`.
std::optional<Period> ReadDate(std::string_view text) {
  const bool daily = text.size() == 10;
  if ((!daily && text.size() != 7) || text[4] != '-' || (daily && text[7] != '-')) return std::nullopt;
  const auto year = ReadDigits(text.substr(0, 4));
  const auto month = ReadDigits(text.substr(5, 2));
  const auto day = daily ? ReadDigits(text.substr(8, 2)) : 1;
  if (!year || !month || !day) return std::nullopt;
  const absl::CivilDay civil(*year, *month, *day);  // normalises 31 June, which no longer has the same parts
  if (civil.month() != *month || civil.day() != *day) return std::nullopt;
  return Period{.kind = daily ? Period::Kind::kInstant : Period::Kind::kMonth, .day = civil};
}

// Terms of one length on one line: quarters or years since year 0.
int Ordinal(const Term& term) { return term.is_quarter() ? term.year * 4 + term.quarter - 1 : term.year; }

std::optional<Period> ReadSpan(std::string_view first_text, std::string_view last_text) {
  const auto first = ReadTerm(first_text);
  const auto last = ReadTerm(last_text);
  if (!first || !last || first->is_quarter() != last->is_quarter() || *last < *first) return std::nullopt;
  if (*first == *last) return Period{.kind = Period::Kind::kTerm, .first = *first, .last = *last};
  return Period{.kind = Period::Kind::kSpan, .first = *first, .last = *last};
}

}  // namespace

absl::StatusOr<Term> ParseTerm(std::string_view text) {
  if (const auto term = ReadTerm(text)) return *term;
  return InvalidArgument("'{}' is no fiscal quarter or year; write FY2026Q1 or FY2026", text);
}

absl::StatusOr<Period> ParsePeriod(std::string_view text) {
  if (text.empty()) return Period{};
  if (const auto term = ReadTerm(text)) return PeriodOf(*term);
  if (const auto date = ReadDate(text)) return *date;
  if (const size_t mark = text.find(kSpanMark); mark != std::string_view::npos) {
    if (const auto span = ReadSpan(text.substr(0, mark), text.substr(mark + kSpanMark.size()))) return *span;
    return InvalidArgument("'{}' is no period: a span joins two quarters or two years, the earlier first; {}", text,
                           kWanted);
  }
  return InvalidArgument("'{}' is no period; {}", text, kWanted);
}

Period PeriodOf(const Term& term) { return {.kind = Period::Kind::kTerm, .first = term, .last = term}; }

std::string ToString(const Term& term) {
  return term.is_quarter() ? fmt::format("FY{:04}Q{}", term.year, term.quarter) : fmt::format("FY{:04}", term.year);
}

std::string ToString(const Period& period) {
  switch (period.kind) {
    case Period::Kind::kOpen:
      return "";
    case Period::Kind::kTerm:
      return ToString(period.first);
    case Period::Kind::kSpan:
      return ToString(period.first) + std::string(kSpanMark) + ToString(period.last);
    case Period::Kind::kMonth:
      return fmt::format("{:04}-{:02}", period.day.year(), period.day.month());
    case Period::Kind::kInstant:
      return fmt::format("{:04}-{:02}-{:02}", period.day.year(), period.day.month(), period.day.day());
  }
  return "";
}

Term Previous(const Term& term, int count) {
  const int ordinal = Ordinal(term) - count;
  return term.is_quarter() ? Term{ordinal / 4, ordinal % 4 + 1} : Term{ordinal, 0};
}

Term YearAgo(const Term& term) { return {term.year - 1, term.quarter}; }

std::optional<int> QuarterCount(const Period& period) {
  if (period.kind != Period::Kind::kTerm && period.kind != Period::Kind::kSpan) return std::nullopt;
  const int terms = Ordinal(period.last) - Ordinal(period.first) + 1;
  return period.first.is_quarter() ? terms : terms * 4;
}

}  // namespace earshot::fiscal
