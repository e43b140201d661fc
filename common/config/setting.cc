#include "common/config/setting.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "common/base/status.h"
#include "common/text/suggest.h"

namespace earshot::config {
namespace {

std::string BoundsText(const Setting& setting) {
  if (setting.min && setting.max) return fmt::format("from {} to {}", *setting.min, *setting.max);
  if (setting.min) return fmt::format("at least {}", *setting.min);
  return fmt::format("at most {}", *setting.max);
}

absl::Status CheckBounds(const Setting& setting, std::string_view value) {
  if (!setting.min && !setting.max) return absl::OkStatus();
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) {
    return InvalidArgument("setting '{}': '{}' is no number", setting.name, value);
  }
  if (number < setting.min.value_or(number) || number > setting.max.value_or(number)) {
    return InvalidArgument("setting '{}': {} is out of bounds; must be {} {}", setting.name, value, BoundsText(setting),
                           setting.unit);
  }
  return absl::OkStatus();
}

absl::Status CheckNames(const std::vector<Setting>& settings, const Values& given) {
  std::vector<std::string_view> names;
  for (const Setting& setting : settings) names.push_back(setting.name);
  for (const auto& [name, value] : given) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return InvalidArgument("unknown setting '{}'{}", name, DidYouMean(name, names));
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string EnvironmentName(const Setting& setting) {
  std::string name = "EARSHOT_";
  for (const char c : setting.name) {
    const bool lower = c >= 'a' && c <= 'z';
    name += c == '-' ? '_' : lower ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

Values ReadEnvironment(const std::vector<Setting>& settings) {
  Values values;
  for (const Setting& setting : settings) {
    if (const char* value = std::getenv(EnvironmentName(setting).c_str())) values.emplace(setting.name, value);
  }
  return values;
}

absl::StatusOr<Values> Resolve(const std::vector<Setting>& settings, const Values& given, const Values& environment) {
  EARSHOT_RETURN_IF_ERROR(CheckNames(settings, given));
  EARSHOT_RETURN_IF_ERROR(CheckNames(settings, environment));
  Values resolved;
  for (const Setting& setting : settings) {
    std::string value(setting.default_value);
    if (const auto it = environment.find(setting.name); it != environment.end()) value = it->second;
    if (const auto it = given.find(setting.name); it != given.end()) value = it->second;
    EARSHOT_RETURN_IF_ERROR(CheckBounds(setting, value));
    resolved.emplace(setting.name, std::move(value));
  }
  return resolved;
}

std::string HelpText(const Setting& setting) {
  const std::string value =
      setting.default_value.empty() ? std::string() : fmt::format("default {}, ", setting.default_value);
  const std::string bounds = setting.min || setting.max ? BoundsText(setting) + ", " : std::string();
  return fmt::format("{} [{}, {}{}or ${}]", setting.text, setting.unit, bounds, value, EnvironmentName(setting));
}

}  // namespace earshot::config
