// The lines above a transcript: which of them is the title, which the date, what the title says. Pure.
#pragma once

#include <string>
#include <string_view>

namespace earshot::transcript {

// A short line with the words of a title: "Acme Group - Earnings Call - Q3 2025". Sentences are none.
bool IsTitleLine(std::string_view line);

// A line that is a date and little else.
bool IsDateLine(std::string_view line);

// "Acme Group - Earnings Call - Q3 2025", "Acme Group Q3 2025 Earnings Call" -> "Acme Group"; empty where the title
// does not tell.
std::string CompanyOfTitle(std::string_view title);

}  // namespace earshot::transcript
