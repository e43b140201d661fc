// What the catalogue knows: metrics, companies, segments. Plain data, immutable once loaded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/string_map.h"
#include "common/fiscal/period.h"

namespace earshot::catalog {

// The sort of figure that an AMOUNT of a metric is.
enum class Measure { kMoney, kPerShare, kCount, kPercent, kNone };

// Over a stretch of time, or at an instant: a balance's period is a day.
enum class Time { kFlow, kBalance };

// Another metric is meant where certain words stand in the same clause: investment in data centres is capex.
struct Refinement {
  std::string metric;
  std::vector<std::string> near;  // folded, see Fold()
};

struct Metric {
  std::string id;           // snake_case: `revenue`
  std::string description;  // one line
  Measure measure = Measure::kMoney;
  Time time = Time::kFlow;

  // A loss is natural ("a loss of", LOSS_NARROWED, NEAR_BREAK_EVEN), or an outflow.
  bool is_profit = false;

  // A percentage said of it without words of change is a RATIO: tax_rate, market_share, profit measures (margins).
  bool has_ratio = false;

  // Money that management decides to spend: what it "will" do is a PLAN.
  bool is_spending = false;

  // A bare percentage said of it is its growth: same-store sales.
  bool bare_growth = false;

  // A change with no basis said is over the time that is told, not year over year: share_count.
  bool change_over_period = false;

  // Told of a part only, which must be named: the price of a business that is sold.
  bool named_part = false;

  // The metric of "$50 million or $1.25 per share"; empty for none.
  std::string per_share;

  // The metric that "adjusted", "non-GAAP" or "excluding items" makes of it; empty for none.
  std::string adjusted;

  // In order; the first that fits counts.
  std::vector<Refinement> refine;

  // Told of the whole company even where the paragraph is about one segment: net_cash, share_repurchase, capex.
  bool whole_company = false;
};

struct Segment {
  std::string id;
  std::string description;

  // The segment that it is a part of; empty for a part of the group.
  std::string part_of;

  // Reported from this term on; absent: always.
  std::optional<fiscal::Term> since;

  // What its history before `since` is compared with (`previous`, `year_ago`), nearest first: china_ecommerce in FY2026
  // looks back on taobao_tmall. Empty for most.
  std::vector<std::string> successor_of;
};

// Where a company's metric belongs.
struct Home {
  std::string segment;

  // Whatever the paragraph is about: customer_management_revenue is never the cloud's.
  bool always = false;
};

// Whether it could be a ticker: capitals, digits, dots and hyphens, at most 16.
bool IsTicker(std::string_view text);

struct Company {
  std::string ticker;  // `BABA`
  std::string name;
  std::vector<std::string> names;  // other names, in any language
  std::string currency;            // ISO 4217 code
  int fiscal_year_end_month = 12;
  std::vector<Segment> segments;  // `group` first
  StringMap<Home> homes;          // by metric; metrics that are not there belong to the group or the current segment

  const Segment* FindSegment(std::string_view id) const;

  // The segment under which a figure of `id` is told in `term`: the successor, once there is one.
  // taobao_tmall in FY2026Q1 is china_ecommerce, in FY2025Q3 it is itself.
  std::string_view SegmentIn(std::string_view id, const fiscal::Term& term) const;

  // `id` and what it succeeds, nearest first: {china_ecommerce, taobao_tmall}. Unknown ids are alone.
  std::vector<std::string_view> Lineage(std::string_view id) const;
};

}  // namespace earshot::catalog
