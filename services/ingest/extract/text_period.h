// Tells which fiscal quarter a call without a header reports. Internal to the library.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace earshot::extract {

// "FY2021Q4", or nothing where it cannot be told. The quarter that is named most, in the latest year that it is named
// with; where it is only named as what results are compared with ("over the second quarter of 2020"), the year after.
std::string PeriodOfText(std::span<const std::string_view> texts);

}  // namespace earshot::extract
