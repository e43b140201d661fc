#include "services/alerts/alert_language.h"

#include <string>
#include <vector>

#include "common/dialect/dialect.h"
#include "common/dialect/short_name.h"

namespace earshot::alerts {
namespace {

using expr::Arena;
using expr::MessageType;
using expr::Type;
using expr::Value;
using v1::Alert;

Value FilterText(const std::string& text) { return Value::String(text); }

template <typename Enum>
Value FilterName(Enum value) {
  return Value::String(dialect::ShortName(value));
}

Value FilterMap(const google::protobuf::Map<std::string, std::string>& map, Arena& arena) {
  std::vector<expr::MapEntry> entries;
  entries.reserve(map.size());
  for (const auto& [key, value] : map) entries.push_back({Value::String(key), Value::String(value)});
  return arena.MakeMap(entries);
}

MessageType FilterAlert() {
  return MessageType::For<Alert>("Alert")
      .Field("name", Type::String(), [](const Alert& a) { return FilterText(a.name()); })
      .Field("revision", Type::Int(), [](const Alert& a) { return Value::Int(a.revision()); })
      .Field("state", Type::String(), [](const Alert& a) { return FilterName(a.state()); })
      .Field("reason", Type::String(), [](const Alert& a) { return FilterName(a.reason()); })
      .Field("rule", Type::String(), [](const Alert& a) { return FilterText(a.rule()); })
      .Field("rule_revision", Type::String(), [](const Alert& a) { return FilterText(a.rule_revision()); })
      .Field("rule_group", Type::String(), [](const Alert& a) { return FilterText(a.rule_group()); })
      .Field("condition", Type::String(), [](const Alert& a) { return FilterText(a.condition()); })
      .Field("labels", Type::Map(Type::String(), Type::String()),
             [](const Alert& a, Arena& arena) { return FilterMap(a.labels(), arena); })
      .Field("annotations", Type::Map(Type::String(), Type::String()),
             [](const Alert& a, Arena& arena) { return FilterMap(a.annotations(), arena); })
      .Field("company", Type::String(), [](const Alert& a) { return FilterText(a.company()); })
      .Field("call", Type::String(), [](const Alert& a) { return FilterText(a.call()); })
      .Field("period", Type::String(), [](const Alert& a) { return FilterText(a.period()); })
      .Field("metric", Type::String(), [](const Alert& a) { return FilterText(a.metric()); })
      .Field("segment", Type::String(), [](const Alert& a) { return FilterText(a.segment()); })
      .Field("kind", Type::String(), [](const Alert& a) { return FilterName(a.kind()); })
      .Field("observation", Type::Message("Observation"), [](const Alert& a, Arena& arena) {
        return arena.MakeMessage(dialect::ObservationType(), &a.observation());
      });
}

}  // namespace

const AlertLanguage& AlertLanguage::Get() {
  static const AlertLanguage language;
  return language;
}

AlertLanguage::AlertLanguage() {
  dialect::AddTo(environment_);
  alert_ = &environment_.AddMessage(FilterAlert());
  variable_ = environment_.AddVariable("alert", Type::Message("Alert"));
}

expr::Bindings AlertLanguage::Bind(const v1::Alert& alert, expr::Arena& arena) const {
  expr::Bindings bindings(environment_);
  bindings.Bind(variable_, arena.MakeMessage(*alert_, &alert));
  return bindings;
}

}  // namespace earshot::alerts
