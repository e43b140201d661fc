// Figures for people: a value in base units and its unit, short enough for a line of a blotter.
//
//   FormatFigure(38'600'000'000, "CNY")   38.6 bn CNY
//   FormatFigure(-5e9, "CNY")             −5.0 bn CNY
//   FormatFigure(26, "percent")           26 %
//   FormatFigure(1.25, "USD/share")       1.25 USD/share
//   FormatFigure(3, "times")              3×
//   FormatFigure(180'000'000, "count")    180 m
#pragma once

#include <string>
#include <string_view>

#include "earshot/v1/observation.pb.h"

namespace earshot::cli {

// An unknown or empty unit is written as it is. The minus is U+2212.
std::string FormatFigure(double value, std::string_view unit);

// With its bound and sign of change: "over 100 %", "about 38.6 bn CNY", "10 % to 12 %", "+26 % yoy", "near break-even".
std::string FormatObservedFigure(const v1::Observation& observation);

// "capex, group, FY2026Q1": what the figure is of.
std::string FormatSubject(const v1::Observation& observation);

}  // namespace earshot::cli
