#include "services/ingest/transcript/people.h"

#include <algorithm>
#include <array>
#include <utility>

#include "re2/re2.h"

namespace earshot::transcript {
namespace {

std::string Folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

bool ContainsFolded(std::string_view text, std::string_view lower_words) {
  return Folded(text).find(lower_words) != std::string::npos;
}

// First or last word of a full name.
bool HasPartialName(std::string_view full_name, std::string_view lower_word) {
  const std::string lower = Folded(full_name);
  const std::string_view name = lower;
  return name.substr(0, name.find(' ')) == lower_word || name.substr(name.rfind(' ') + 1) == lower_word ||
         name.starts_with(std::string(lower_word) + " ");
}

}  // namespace

Label ParseLabel(std::string_view label, std::string_view title) {
  static const RE2& kWithTitle = *new RE2("(.+?)(?: ?[(（]([^()（）]+)[)）]| -- (.+?)):?");
  static const RE2& kAnonymous = *new RE2(
      "(?i)(?:(?:unidentified|unknown|unnamed) )?(?:(?:company )?speaker|participant|spk|s|person|voice|man|woman|"
      "male|female)?(?:[ _-]?\\d*|[ _-][a-z])");
  Label parsed{.name = std::string(label), .title = std::string(title)};
  std::string name;
  std::string in_brackets;
  std::string behind_dash;
  if (title.empty() && RE2::FullMatch(label, kWithTitle, &name, &in_brackets, &behind_dash)) {
    parsed.name = name;
    parsed.title = in_brackets.empty() ? behind_dash : in_brackets;
  }
  if (parsed.name.ends_with(':')) parsed.name.pop_back();
  parsed.anonymous = RE2::FullMatch(parsed.name, kAnonymous);
  return parsed;
}

v1::SpeakerRole RoleOfTitle(std::string_view title) {
  static const RE2& kOperator = *new RE2("(?i)\\b(?:conference )?operator\\b");
  static const RE2& kInterpreter = *new RE2("(?i)\\b(?:interpreter|translator)\\b|翻译|口译");
  static const RE2& kAnalyst = *new RE2("(?i)\\banalyst\\b|\\b(?:equity|sell[- ]side) research\\b|分析师");
  static const RE2& kManagement = *new RE2(
      "(?i)\\b(?:c[efotims]o|chief|president|chair(?:man|woman|person)?|founder|investor relations|ir|treasurer|"
      "controller|general counsel|executive|management|board)\\b|首席|董事|总裁|投资者关系");
  if (RE2::PartialMatch(title, kInterpreter)) return v1::SPEAKER_ROLE_INTERPRETER;
  if (RE2::PartialMatch(title, kAnalyst)) return v1::SPEAKER_ROLE_ANALYST;
  if (RE2::PartialMatch(title, kManagement)) return v1::SPEAKER_ROLE_MANAGEMENT;
  if (RE2::PartialMatch(title, kOperator)) return v1::SPEAKER_ROLE_OPERATOR;
  return v1::SPEAKER_ROLE_UNSPECIFIED;
}

std::string WriteOutTitle(std::string_view title) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTitles = {
      {{"ceo", "Chief Executive Officer"},
       {"cfo", "Chief Financial Officer"},
       {"coo", "Chief Operating Officer"},
       {"cto", "Chief Technology Officer"},
       {"ir", "Investor Relations"},
       {"participant", ""},
       {"attendee", ""}}};
  const std::string lower = Folded(title);
  for (const auto& [abbreviation, full] : kTitles) {
    if (lower == abbreviation) return std::string(full);
  }
  return std::string(title);
}

bool IsInvestorRelations(const Person& person) {
  static const RE2& kPattern = *new RE2("(?i)\\binvestor relations\\b|\\bir\\b|投资者关系");
  return RE2::PartialMatch(person.title, kPattern);
}

std::optional<size_t> People::Find(std::string_view name) const {
  const std::string lower = Folded(name);
  if (lower.empty()) return std::nullopt;
  std::optional<size_t> found;
  int partial = 0;
  for (size_t i = 0; i < people_.size(); ++i) {
    if (Folded(people_[i].name) == lower) return i;
    if (HasPartialName(people_[i].name, lower) && ++partial == 1) found = i;
  }
  return partial == 1 ? found : std::nullopt;
}

size_t People::Learn(const Person& person) {
  auto place = Find(person.name);
  if (!place) {
    // Known by a first name alone until now.
    const std::string_view first_name = std::string_view(person.name).substr(0, person.name.find(' '));
    const auto same = [&](const Person& known) { return known.name == first_name; };
    const auto found = std::find_if(people_.begin(), people_.end(), same);
    if (found != people_.end()) place = static_cast<size_t>(found - people_.begin());
  }
  if (!place) {
    people_.push_back(person);
    return people_.size() - 1;
  }
  Person& known = people_[*place];
  if (known.name.find(' ') == std::string::npos && person.name.find(' ') != std::string::npos) known.name = person.name;
  if (known.title.size() < person.title.size()) known.title = person.title;
  if (known.firm.empty()) known.firm = person.firm;
  if (known.role == v1::SPEAKER_ROLE_UNSPECIFIED) known.role = person.role;
  return *place;
}

std::optional<size_t> People::FindByTitle(std::string_view words) const {
  const std::string lower = Folded(words);
  const auto holds = [&](const Person& person) { return ContainsFolded(person.title, lower); };
  const auto found = std::find_if(people_.begin(), people_.end(), holds);
  if (found == people_.end()) return std::nullopt;
  return static_cast<size_t>(found - people_.begin());
}

}  // namespace earshot::transcript
