#include "services/ingest/extract/states.h"

#include <gmock/gmock.h>

#include "services/ingest/extract/extraction_case.h"

namespace earshot::extract {
namespace {

TEST(StatesTest, ProfitAndLoss) {
  ExpectSaid(
      SomeCall(),
      {
          {"AIDC turned profitable for the first time.", {"profitability/aidc STATE PROFITABLE [FY2025Q3]"}},
          {"Freshippo has now achieved profitability.", {"profitability/freshippo STATE PROFITABLE [FY2025Q3]"}},
          {"We expect Trendyol to achieve profitability in the next fiscal year.",
           {"profitability/trendyol STATE PROFITABLE [FY2026] GUIDANCE"}},
          {"AIDC made progress, approaching break-even.", {"profitability/aidc STATE NEAR_BREAK_EVEN [FY2025Q3]"}},
          {"The loss-making businesses should be at break-even within the next one to two years.",
           {"profitability/loss_making_businesses STATE BREAK_EVEN [FY2026..FY2027] GUIDANCE"}},
          {"Cainiao's adjusted EBITA loss narrowed a lot.", {"adjusted_ebita/cainiao STATE LOSS_NARROWED [FY2025Q3]"}},
          {"AIDC's adjusted EBITA loss widened.", {"adjusted_ebita/aidc STATE LOSS_WIDENED [FY2025Q3]"}},
          {"盒马实现了整体盈利。", {"profitability/freshippo STATE PROFITABLE [FY2025Q3]"}},
          {"国际业务接近盈亏平衡。", {"profitability/aidc STATE NEAR_BREAK_EVEN [FY2025Q3]"}},
          {"菜鸟的经调整EBITA亏损收窄。", {"adjusted_ebita/cainiao STATE LOSS_NARROWED [FY2025Q3]"}},
      });
}

TEST(StatesTest, Pace) {
  ExpectSaid(SomeCall(), {
                             {"Going forward, the revenue growth of Alibaba Cloud will accelerate.",
                              {"revenue/cloud STATE ACCELERATED [] GUIDANCE"}},
                             {"CMR growth accelerated to 9%.",
                              {"customer_management_revenue/taobao_tmall STATE ACCELERATED [FY2025Q3]",
                               "customer_management_revenue/taobao_tmall GROWTH 9 percent [FY2025Q3]"}},
                             {"客户管理收入的增速放缓。",
                              {"customer_management_revenue/taobao_tmall STATE DECELERATED [FY2025Q3]"}},
                             {"CapEx will be relatively even in the coming three years.",
                              {"capex/group STATE STABLE [FY2026..FY2028] GUIDANCE"}},
                             {"Much of it came with growth in GMV.", {"gmv/taobao_tmall STATE INCREASED [FY2025Q3]"}},
                         });
}

TEST(StatesTest, AnAimIsNoState) {
  ExpectSaid(SomeCall(), {
                             {"We work on the path to profitability.", {}},
                             {"AIDC has not achieved profitability.", {}},
                             {"How will AIDC achieve profitability?", {}},
                             {"The gap between the models narrowed.", {}},
                             {"We focus on how to drive profitability.", {}},
                         });
}

}  // namespace
}  // namespace earshot::extract
