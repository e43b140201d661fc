// Alerts as people read them: a block of lines each; on a terminal the quote is broken into lines.
//
//   09:31:07  CRITICAL  ACME   CapexAbovePlan        38.6 bn CNY  |  plan.per_quarter 31.7 bn CNY  |  capex, group,
//   FY2026Q1
//                              CapEx of 38.6 bn is 22% above the plan of 31.7 bn a quarter
//                              "Our capital expenditure was RMB 38.6 billion." - Jane Roe, CFO, calls/acme-fy2026q1 #12
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "earshot/v1/alert.pb.h"

namespace earshot::cli {

struct BlotterStyle {
  bool colour = false;
  // Breaks and cuts lines to `width`; else each line in full.
  bool fit_width = false;
  int width = 120;
  absl::TimeZone zone = absl::LocalTimeZone();
};

// Ends with a newline. Control characters of what comes from a transcript or a rule are left out: a quote cannot
// steer the terminal.
std::string RenderAlert(const v1::Alert& alert, const BlotterStyle& style);

// One line, for `alerts list`.
std::string RenderAlertLine(const v1::Alert& alert, const BlotterStyle& style);

}  // namespace earshot::cli
