// The border between the two string views. The project speaks std::string_view; Abseil as packaged has a type of its
// own that neither converts to nor from it. Text is put together with fmt::format, which takes std's.
#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace earshot {

inline absl::string_view ToAbsl(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view ToStd(absl::string_view s) { return {s.data(), s.size()}; }

}  // namespace earshot
