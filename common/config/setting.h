// Settings of a program, each described once: the flag, the environment variable, the default, the bounds and the help
// text come from one row.
//
//   struct ServeSettings { std::string listen; int64_t queue; };
//   static const std::vector<Setting> kSettings = {
//       {.name = "listen", .default_value = "127.0.0.1:7000", .unit = "HOST:PORT", .text = "Where gRPC is served."},
//       {.name = "queue", .default_value = "256", .unit = "alerts", .text = "...", .min = 1, .max = 100000}};
//
//   auto values = Resolve(kSettings, {{"listen", "127.0.0.1:0"}}, ReadEnvironment(kSettings));
//
// What is given on the command line wins over the environment (EARSHOT_LISTEN), which wins over the default. A name
// that no row has is an error with a suggestion.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/string_map.h"

namespace earshot::config {

struct Setting {
  std::string_view name;           // lower-case words with `-`: `metrics-listen`
  std::string_view default_value;  // empty: none
  std::string_view unit;           // what a value looks like: `HOST:PORT`, `DIR`, `seconds`
  std::string_view text;           // one sentence
  // For numbers; a setting with a bound must be a number.
  std::optional<double> min = std::nullopt;
  std::optional<double> max = std::nullopt;
};

using Values = StringMap<std::string>;

// EARSHOT_METRICS_LISTEN for `metrics-listen`.
std::string EnvironmentName(const Setting& setting);

// What the environment says of these settings.
Values ReadEnvironment(const std::vector<Setting>& settings);

// One value for every setting. INVALID_ARGUMENT for an unknown name ("unknown setting 'lisen'; did you mean
// 'listen'?"), what should be a number and is none, and what is out of bounds.
absl::StatusOr<Values> Resolve(const std::vector<Setting>& settings, const Values& given, const Values& environment);

// "Where gRPC is served. [HOST:PORT, default 127.0.0.1:7000, or $EARSHOT_LISTEN]"
std::string HelpText(const Setting& setting);

}  // namespace earshot::config
