#include "services/rules/engine/rule_file.h"

#include <algorithm>
#include <array>
#include <limits>

#include "common/base/digest.h"
#include "common/expr/diagnostic.h"
#include "common/text/utf8.h"
#include "fmt/format.h"
#include "services/rules/engine/language.h"

namespace earshot::rule_engine {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// As Prometheus has them: letters, digits and underscores, no digit first.
bool IsLabelName(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), IsWordCharacter);
}

bool IsRuleName(std::string_view name) {
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z' && std::all_of(name.begin(), name.end(), IsWordCharacter) &&
         name.find('_') == std::string_view::npos;
}

std::map<std::string, std::string> ReadLabels(const yaml::Node& node) {
  std::map<std::string, std::string> labels;
  if (!node) return labels;
  for (const auto& [key, value] : node.Entries()) {
    if (!IsLabelName(key.Text())) {
      key.Error(fmt::format("'{}' is no label name; use letters, digits and underscores", key.Text()));
    } else if (key.Text() == "alertname") {
      key.Error("the label 'alertname' is set from 'alert'");
    } else if (const auto text = value.String()) {
      labels.emplace(key.Text(), *text);
    }
  }
  return labels;
}

// Null where it does not compile; then every error is reported at its place in the file.
std::shared_ptr<const expr::Program> Compile(const yaml::Node& node, const expr::Type& want) {
  const auto source = node.String();
  if (!source) return nullptr;
  expr::CompileResult compiled = expr::CompileAs(Language::Get().environment(), *source, want);
  for (const expr::Diagnostic& diagnostic : compiled.diagnostics) {
    const size_t width = diagnostic.end > diagnostic.offset
                             ? CountCodePoints(source->substr(diagnostic.offset, diagnostic.end - diagnostic.offset))
                             : 1;
    node.ErrorAt(diagnostic.offset, expr::DiagnosticText(diagnostic), width);
  }
  return compiled.program;
}

class RuleFileReader {
 public:
  RuleFileReader(const yaml::Document& document, const Vocabulary* vocabulary, StringMap<std::string>& locations,
                 std::vector<Rule>& rules)
      : root_(document.root()), vocabulary_(vocabulary), locations_(locations), rules_(rules) {}

  void Read() {
    if (!root_.IsMap()) {
      root_.Keys({"groups"});
      return;
    }
    root_.Keys({"groups"});
    for (const yaml::Node& group : root_.Require("groups").Items()) ReadGroup(group);
  }

 private:
  void ReadGroup(const yaml::Node& node) {
    if (!node.IsMap()) {
      node.Keys({"name"});
      return;
    }
    node.Keys({"name", "labels", "limit", "rules"});
    const yaml::Node name = node.Require("name");
    group_ = name.String().value_or("");
    const auto [first, added] = groups_.try_emplace(group_, name.Location());
    if (name && !added) name.Error(fmt::format("duplicate group '{}', first in {}", group_, first->second));
    group_labels_ = ReadLabels(node["labels"]);
    limit_ = static_cast<int>(node["limit"].Int(0, std::numeric_limits<int>::max()).value_or(0));
    for (const yaml::Node& rule : node.Require("rules").Items()) ReadRule(rule);
  }

  void ReadRule(const yaml::Node& node) {
    if (!node.IsMap()) {
      node.Keys({"alert"});
      return;
    }
    node.Keys({"alert", "match", "when", "labels", "annotations"});
    const yaml::Node name = node.Require("alert");
    Rule rule{.name = name.String().value_or(""), .group = group_, .location = name.Location(), .limit = limit_};
    if (name) CheckName(name);
    if (const yaml::Node match = node["match"]) {
      rule.match = Match::Read(match, vocabulary_);
    } else {
      node.Error("missing key 'match'; write 'match: {}' for a rule about every observation");
    }
    if (const yaml::Node when = node.Require("when")) rule.when = Compile(when, expr::Type::Bool());
    rule.labels = ReadLabels(node["labels"]);
    rule.labels.insert(group_labels_.begin(), group_labels_.end());
    rule.annotations = ReadAnnotations(node["annotations"]);
    if (rule.when == nullptr) return;
    rule.revision = RevisionOf(rule);
    rules_.push_back(std::move(rule));
  }

  void CheckName(const yaml::Node& node) {
    const std::string_view name = node.Text();
    if (!IsRuleName(name)) {
      node.Error(fmt::format("'{}' is no rule name; write it in CamelCase, as in CapexAbovePlan", name));
      return;
    }
    const auto [first, added] = locations_.try_emplace(std::string(name), node.Location());
    if (!added) node.Error(fmt::format("duplicate rule '{}', first in {}", name, first->second), name.size());
  }

  static std::vector<Annotation> ReadAnnotations(const yaml::Node& node) {
    std::vector<Annotation> annotations;
    if (!node) return annotations;
    for (const auto& [key, value] : node.Entries()) {
      if (!IsLabelName(key.Text())) {
        key.Error(fmt::format("'{}' is no annotation name; use letters, digits and underscores", key.Text()));
      } else if (auto text = Compile(value, expr::Type::String())) {
        annotations.push_back({std::string(key.Text()), std::move(text)});
      }
    }
    std::sort(annotations.begin(), annotations.end(),
              [](const Annotation& a, const Annotation& b) { return a.name < b.name; });
    return annotations;
  }

  static std::string RevisionOf(const Rule& rule) {
    std::vector<std::string> parts = {rule.name, rule.group, rule.match.canonical(), rule.when->source(),
                                      std::to_string(rule.limit)};
    for (const auto& [name, value] : rule.labels) parts.push_back(fmt::format("label {}={}", name, value));
    for (const Annotation& annotation : rule.annotations) {
      parts.push_back(fmt::format("annotation {}={}", annotation.name, annotation.text->source()));
    }
    const std::vector<std::string_view> views(parts.begin(), parts.end());
    return StableId(views);
  }

  yaml::Node root_;
  const Vocabulary* vocabulary_;
  StringMap<std::string>& locations_;
  std::vector<Rule>& rules_;
  StringMap<std::string> groups_;
  std::string group_;
  std::map<std::string, std::string> group_labels_;
  int limit_ = 0;
};

}  // namespace

void ReadRuleFile(const yaml::Document& document, const Vocabulary* vocabulary, StringMap<std::string>& locations,
                  std::vector<Rule>& rules) {
  RuleFileReader(document, vocabulary, locations, rules).Read();
}

}  // namespace earshot::rule_engine
