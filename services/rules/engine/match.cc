#include "services/rules/engine/match.h"

#include <algorithm>
#include <array>
#include <bit>

#include "common/dialect/short_name.h"
#include "fmt/format.h"

namespace earshot::rule_engine {
namespace {

constexpr std::string_view kAny = "*";
constexpr std::array<std::string_view, 11> kMatchKeys = {
    "company", "segment", "metric", "kind", "basis", "stance", "state", "role", "adjustment", "language", "section"};

// The names of an enumeration's values, by number.
template <typename Enum>
std::vector<std::string_view> NamesOf(int count) {
  std::vector<std::string_view> names;
  for (int number = 0; number < count; ++number) names.push_back(dialect::ShortName(static_cast<Enum>(number)));
  return names;
}

// The values of a key; empty for "*" and where the key is not there.
std::vector<yaml::Node> ValuesOf(const yaml::Node& node) {
  std::vector<yaml::Node> values = node ? node.Scalars() : std::vector<yaml::Node>();
  if (node && node.IsSequence() && values.empty()) node.Error("an empty list matches nothing; write \"*\" for any");
  const bool any = std::any_of(values.begin(), values.end(), [](const yaml::Node& n) { return n.Text() == kAny; });
  return any ? std::vector<yaml::Node>() : values;
}

}  // namespace

class MatchReader {
 public:
  MatchReader(const yaml::Node& node, const Vocabulary* vocabulary) : node_(node), vocabulary_(vocabulary) {}

  Match Read() {
    node_.Keys(kMatchKeys);
    ReadCompanies();
    ReadMetrics();
    ReadSegments();
    match_.languages_ = ReadWords("language");
    match_.kinds_ = ReadEnum<v1::Kind>("kind", v1::Kind_ARRAYSIZE, 1);
    match_.bases_ = ReadEnum<v1::Basis>("basis", v1::Basis_ARRAYSIZE, 0);
    match_.stances_ = ReadEnum<v1::Stance>("stance", v1::Stance_ARRAYSIZE, 1);
    match_.states_ = ReadEnum<v1::State>("state", v1::State_ARRAYSIZE, 1);
    match_.roles_ = ReadEnum<v1::SpeakerRole>("role", v1::SpeakerRole_ARRAYSIZE, 0);
    match_.adjustments_ = ReadEnum<v1::Adjustment>("adjustment", v1::Adjustment_ARRAYSIZE, 1);
    match_.sections_ = ReadEnum<v1::Section>("section", v1::Section_ARRAYSIZE, 0);
    return std::move(match_);
  }

 private:
  Match::Words ReadWords(std::string_view key) {
    Match::Words words;
    for (const yaml::Node& value : ValuesOf(node_[key])) words.words.emplace_back(value.Text());
    std::sort(words.words.begin(), words.words.end());
    words.words.erase(std::unique(words.words.begin(), words.words.end()), words.words.end());
    if (!words.words.empty()) match_.canonical_ += fmt::format("{}={};", key, fmt::join(words.words, ","));
    return words;
  }

  template <typename Known, typename Suggest>
  void Check(std::string_view key, Known known, Suggest suggest) const {
    if (vocabulary_ == nullptr) return;
    for (const yaml::Node& value : ValuesOf(node_[key])) {
      if (known(value.Text())) continue;
      const std::string suggestion = suggest(value.Text());
      // A company without a file in the catalogue is good, unless it looks like another's ticker misspelt.
      if (key == "company" && suggestion.empty()) continue;
      value.Error(fmt::format("unknown {} '{}'{}", key, value.Text(), suggestion), value.Text().size());
    }
  }

  void ReadCompanies() {
    match_.companies_ = ReadWords("company");
    Check(
        "company", [this](std::string_view word) { return vocabulary_->HasCompany(word); },
        [this](std::string_view word) { return vocabulary_->SuggestCompany(word); });
  }

  void ReadMetrics() {
    match_.metrics_ = ReadWords("metric");
    Check(
        "metric", [this](std::string_view word) { return vocabulary_->HasMetric(word); },
        [this](std::string_view word) { return vocabulary_->SuggestMetric(word); });
  }

  bool HasSegment(std::string_view word) const {
    const std::vector<std::string>& companies = match_.companies_.words;
    if (companies.empty()) return vocabulary_->HasSegment(word, "");
    return std::any_of(companies.begin(), companies.end(),
                       [&](const std::string& company) { return vocabulary_->HasSegment(word, company); });
  }

  void ReadSegments() {
    match_.segments_ = ReadWords("segment");
    Check(
        "segment", [this](std::string_view word) { return HasSegment(word); },
        [this](std::string_view word) { return vocabulary_->SuggestSegment(word); });
  }

  // `first`: number of the first value that an observation can have.
  template <typename Enum>
  Match::Numbers ReadEnum(std::string_view key, int count, int first) {
    const std::vector<std::string_view> names = NamesOf<Enum>(count);
    const std::span<const std::string_view> choices = std::span(names).subspan(first);
    Match::Numbers numbers;
    for (const yaml::Node& value : ValuesOf(node_[key])) {
      const auto name = value.Choice(key, choices);
      if (name) numbers.bits |= 1u << (std::find(names.begin(), names.end(), *name) - names.begin());
    }
    if (numbers.bits != 0) match_.canonical_ += fmt::format("{}={};", key, numbers.bits);
    return numbers;
  }

  const yaml::Node& node_;
  const Vocabulary* vocabulary_;
  Match match_;
};

bool Match::Words::Has(std::string_view word) const {
  return words.empty() || std::binary_search(words.begin(), words.end(), word);
}

Match Match::Read(const yaml::Node& node, const Vocabulary* vocabulary) { return MatchReader(node, vocabulary).Read(); }

bool Match::Matches(const v1::Observation& observation) const {
  return kinds_.Has(observation.kind()) && stances_.Has(observation.stance()) && bases_.Has(observation.basis()) &&
         states_.Has(observation.state()) && roles_.Has(observation.speaker().role()) &&
         adjustments_.Has(observation.adjustment()) && sections_.Has(observation.section()) &&
         metrics_.Has(observation.metric()) && segments_.Has(observation.segment()) &&
         companies_.Has(observation.company()) && languages_.Has(observation.evidence().language());
}

}  // namespace earshot::rule_engine
