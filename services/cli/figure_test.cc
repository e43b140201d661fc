#include "services/cli/figure.h"

#include "gtest/gtest.h"

namespace earshot::cli {
namespace {

TEST(FigureTest, Money) {
  EXPECT_EQ(FormatFigure(38'600'000'000, "CNY"), "38.6 bn CNY");
  EXPECT_EQ(FormatFigure(-5e9, "CNY"), "−5.0 bn CNY");
  EXPECT_EQ(FormatFigure(380e9, "CNY"), "380 bn CNY");
  EXPECT_EQ(FormatFigure(31'666'666'666.67, "CNY"), "31.7 bn CNY");
  EXPECT_EQ(FormatFigure(247.65e9, "CNY"), "247.7 bn CNY");
  EXPECT_EQ(FormatFigure(1.5e12, "USD"), "1.5 tn USD");
  EXPECT_EQ(FormatFigure(250'000, "USD"), "250,000 USD");
  EXPECT_EQ(FormatFigure(0, "USD"), "0 USD");
}

TEST(FigureTest, WhatRoundsUpGoesToTheNextMagnitude) {
  EXPECT_EQ(FormatFigure(999'960'000, "USD"), "1.0 bn USD");
  EXPECT_EQ(FormatFigure(999'000'000, "USD"), "999 m USD");
  EXPECT_EQ(FormatFigure(99'960'000, "USD"), "100 m USD");
}

TEST(FigureTest, SharesRatesAndCounts) {
  EXPECT_EQ(FormatFigure(26, "percent"), "26 %");
  EXPECT_EQ(FormatFigure(-3.5, "percent"), "−3.5 %");
  EXPECT_EQ(FormatFigure(1.2, "percentage_points"), "1.2 pp");
  EXPECT_EQ(FormatFigure(50, "basis_points"), "50 bp");
  EXPECT_EQ(FormatFigure(3, "times"), "3×");
  EXPECT_EQ(FormatFigure(180'000'000, "count"), "180 m");
  EXPECT_EQ(FormatFigure(1234, "count"), "1,234");
  EXPECT_EQ(FormatFigure(1234567.0, ""), "1.2 m");
  EXPECT_EQ(FormatFigure(1.2, "USD/share"), "1.20 USD/share");
  EXPECT_EQ(FormatFigure(0.0 / 0.0, "USD").find("CNY"), std::string::npos);
}

v1::Observation Observed(v1::Kind kind, double value, std::string_view unit) {
  v1::Observation observation;
  observation.set_kind(kind);
  observation.set_value(value);
  observation.set_unit(std::string(unit));
  return observation;
}

TEST(FigureTest, AnObservationShowsBoundSignAndBasis) {
  v1::Observation growth = Observed(v1::KIND_GROWTH, 26, "percent");
  growth.set_basis(v1::BASIS_YEAR_OVER_YEAR);
  EXPECT_EQ(FormatObservedFigure(growth), "+26 % yoy");
  growth.set_value(-4);
  EXPECT_EQ(FormatObservedFigure(growth), "−4 % yoy");
  v1::Observation amount = Observed(v1::KIND_AMOUNT, 38.6e9, "CNY");
  amount.set_bound(v1::BOUND_APPROXIMATE);
  EXPECT_EQ(FormatObservedFigure(amount), "about 38.6 bn CNY");
  amount.set_bound(v1::BOUND_RANGE);
  amount.set_value_high(40e9);
  EXPECT_EQ(FormatObservedFigure(amount), "38.6 bn CNY to 40.0 bn CNY");
}

TEST(FigureTest, AStateIsWords) {
  v1::Observation observation;
  observation.set_kind(v1::KIND_STATE);
  observation.set_state(v1::STATE_NEAR_BREAK_EVEN);
  EXPECT_EQ(FormatObservedFigure(observation), "near break-even");
  observation.set_state(v1::STATE_LOSS_WIDENED);
  EXPECT_EQ(FormatObservedFigure(observation), "loss widened");
}

TEST(FigureTest, TheSubject) {
  v1::Observation observation;
  observation.set_metric("capex");
  observation.set_segment("group");
  EXPECT_EQ(FormatSubject(observation), "capex, group");
  observation.set_period("FY2026Q1");
  EXPECT_EQ(FormatSubject(observation), "capex, group, FY2026Q1");
}

}  // namespace
}  // namespace earshot::cli
