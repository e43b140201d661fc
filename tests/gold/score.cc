#include "tests/gold/score.h"

#include <cmath>
#include <cstdlib>
#include <sstream>

#include "common/base/status.h"
#include "common/json/json.h"
#include "fmt/format.h"

namespace earshot::gold {
namespace {

constexpr double kSameFigure = 0.005;
constexpr const char* kFields[] = {"bound", "basis", "stance", "period", "adjustment", "role"};
constexpr const char* kTexts[] = {"metric", "segment", "kind",       "state",  "unit", "bound",
                                  "basis",  "stance",  "adjustment", "period", "role", "lang"};

std::string TextAt(const json::Json& json, std::string_view key) {
  const json::Json* value = json.Find(key);
  return value != nullptr && value->is_string() ? value->string() : "";
}

std::optional<double> NumberAt(const json::Json& json, std::string_view key) {
  const json::Json* value = json.Find(key);
  return value != nullptr && value->is_number() ? std::optional(value->number()) : std::nullopt;
}

bool Close(const std::optional<double>& a, const std::optional<double>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::fabs(*a - *b) <= kSameFigure * std::max(std::fabs(*a), std::fabs(*b)) + 1e-9;
}

std::string Field(const Fact& fact, const std::string& name) {
  const auto at = fact.fields.find(name);
  return at == fact.fields.end() ? "" : at->second;
}

bool IsState(const Fact& fact) { return Field(fact, "kind") == "STATE"; }

bool Meets(const Fact& gold, const Fact& fact) {
  for (const char* name : {"metric", "segment", "kind"}) {
    if (Field(gold, name) != Field(fact, name)) return false;
  }
  if (gold.line != fact.line) return false;
  if (IsState(gold)) return Field(gold, "state") == Field(fact, "state");
  const bool high = !gold.value_high || Close(gold.value_high, fact.value_high);
  return Close(gold.value, fact.value) && high && Field(gold, "unit") == Field(fact, "unit");
}

// The line itself, and what its note allows: "ALT stance=PLAN; ALT kind=MULTIPLE value=1 unit=times".
std::vector<Fact> Readings(const Fact& gold) {
  std::vector<Fact> readings = {gold};
  for (size_t at = gold.note.find("ALT "); at != std::string::npos; at = gold.note.find("ALT ", at + 1)) {
    Fact& other = readings.emplace_back(gold);
    std::istringstream parts(gold.note.substr(at + 4, gold.note.find(';', at) - at - 4));
    for (std::string part; parts >> part;) {
      const size_t equals = part.find('=');
      if (equals == std::string::npos) continue;
      const std::string name = part.substr(0, equals);
      const std::string value = part.substr(equals + 1);
      if (name == "value") other.value = std::strtod(value.c_str(), nullptr);
      if (name == "value_high") other.value_high = std::strtod(value.c_str(), nullptr);
      other.fields[name] = value;
    }
  }
  return readings;
}

class Share {
 public:
  void Count(bool good) {
    ++total_;
    good_ += good;
  }
  double Percent() const { return total_ == 0 ? 100 : 100.0 * good_ / total_; }

 private:
  int good_ = 0;
  int total_ = 0;
};

class Scoring {
 public:
  Scoring(const std::vector<Fact>& gold, const std::vector<Fact>& extracted, std::vector<std::string>& misses)
      : gold_(gold), extracted_(extracted), misses_(misses), taken_(extracted.size(), false) {}

  std::map<std::string, double> Run() {
    for (const int tier : {1, 2}) {
      for (const Fact& fact : gold_) {
        if (fact.tier == tier) Judge(fact);
      }
    }
    for (size_t i = 0; i < extracted_.size(); ++i) {
      if (IsState(extracted_[i])) continue;
      shares_["precision numbers"].Count(taken_[i]);
      if (!taken_[i]) Report("EXTRA", extracted_[i]);
    }
    std::map<std::string, double> percents;
    for (const auto& [name, share] : shares_) percents[name] = share.Percent();
    return percents;
  }

 private:
  void Judge(const Fact& gold) {
    const bool met = Meet(gold);
    if (gold.tier != 1) return;
    shares_["recall"].Count(met);
    shares_["recall " + Field(gold, "lang")].Count(met);
    if (IsState(gold)) shares_["recall states"].Count(met);
    if (!met) Report("MISS", gold);
  }

  bool Meet(const Fact& gold) {
    for (const Fact& reading : Readings(gold)) {
      for (size_t i = 0; i < extracted_.size(); ++i) {
        if (taken_[i] || !Meets(reading, extracted_[i])) continue;
        taken_[i] = true;
        if (gold.tier == 1) CompareFields(reading, extracted_[i]);
        return true;
      }
    }
    return false;
  }

  void CompareFields(const Fact& gold, const Fact& fact) {
    for (const char* name : kFields) {
      const bool same = Field(gold, name) == Field(fact, name);
      shares_[name].Count(same);
      if (!same)
        misses_.push_back(fmt::format("{} '{}' for '{}' on line {}: {}", name, Field(fact, name), Field(gold, name),
                                      gold.line, Field(gold, "metric")));
    }
  }

  void Report(std::string_view what, const Fact& fact) {
    misses_.push_back(fmt::format("{} line {} {}/{} {} {}", what, fact.line, Field(fact, "metric"),
                                  Field(fact, "segment"), Field(fact, "kind"),
                                  fact.value ? fmt::format("{}", *fact.value) : Field(fact, "state")));
  }

  const std::vector<Fact>& gold_;
  const std::vector<Fact>& extracted_;
  std::vector<std::string>& misses_;
  std::vector<bool> taken_;
  std::map<std::string, Share> shares_;
};

}  // namespace

absl::StatusOr<std::vector<Fact>> ReadFacts(std::string_view json_lines) {
  std::vector<Fact> facts;
  std::istringstream lines{std::string(json_lines)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty()) continue;
    const auto json = json::Parse(line);
    if (!json.ok() || !json->is_object()) return InvalidArgument("line {} is no JSON object", number);
    Fact& fact = facts.emplace_back();
    fact.line = static_cast<int>(NumberAt(*json, "line").value_or(0));
    fact.tier = static_cast<int>(NumberAt(*json, "tier").value_or(1));
    fact.value = NumberAt(*json, "value");
    fact.value_high = NumberAt(*json, "value_high");
    fact.note = TextAt(*json, "note");
    fact.quote = TextAt(*json, "quote");
    for (const char* name : kTexts) fact.fields[name] = TextAt(*json, name);
  }
  return facts;
}

Fact ToFact(const v1::Observation& observation) {
  Fact fact{.line = observation.evidence().line(), .quote = observation.evidence().quote()};
  const auto word = [](const std::string& name, std::string_view prefix) { return name.substr(prefix.size()); };
  fact.fields = {{"metric", observation.metric()},
                 {"segment", observation.segment()},
                 {"unit", observation.unit()},
                 {"period", observation.period()},
                 {"lang", observation.evidence().language()},
                 {"kind", word(v1::Kind_Name(observation.kind()), "KIND_")},
                 {"state", word(v1::State_Name(observation.state()), "STATE_")},
                 {"bound", word(v1::Bound_Name(observation.bound()), "BOUND_")},
                 {"basis", word(v1::Basis_Name(observation.basis()), "BASIS_")},
                 {"stance", word(v1::Stance_Name(observation.stance()), "STANCE_")},
                 {"adjustment", word(v1::Adjustment_Name(observation.adjustment()), "ADJUSTMENT_")},
                 {"role", word(v1::SpeakerRole_Name(observation.speaker().role()), "SPEAKER_ROLE_")}};
  if (observation.has_value()) fact.value = observation.value();
  if (observation.has_value_high()) fact.value_high = observation.value_high();
  return fact;
}

std::map<std::string, double> Score(const std::vector<Fact>& gold, const std::vector<Fact>& extracted,
                                    std::vector<std::string>& misses) {
  return Scoring(gold, extracted, misses).Run();
}

}  // namespace earshot::gold
