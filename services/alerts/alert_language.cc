#include "services/alerts/alert_language.h"

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace earshot::alerts {
namespace {

using expr::Arena;
using expr::MessageType;
using expr::Type;
using expr::Value;
using v1::Alert;
using v1::Observation;

Value FilterText(const std::string& text) { return Value::String(text); }

// "FIRING" of ALERT_STATE_FIRING: the name without what the names of the enum share.
template <typename Enum>
Value FilterEnum(Enum value) {
  const google::protobuf::EnumDescriptor* type = google::protobuf::GetEnumDescriptor<Enum>();
  const google::protobuf::EnumValueDescriptor* known = type->FindValueByNumber(value);
  if (known == nullptr) return Value::String("UNKNOWN");
  const size_t prefix = type->FindValueByNumber(0)->name().size() - std::string_view("UNSPECIFIED").size();
  return Value::String(std::string_view(known->name()).substr(prefix));
}

Value FilterMap(const google::protobuf::Map<std::string, std::string>& map, Arena& arena) {
  std::vector<expr::MapEntry> entries;
  entries.reserve(map.size());
  for (const auto& [key, value] : map) entries.push_back({Value::String(key), Value::String(value)});
  return arena.MakeMap(entries);
}

Value FilterNumber(bool has, double value) { return has ? Value::Double(value) : Value::Absent(); }

MessageType FilterObservation() {
  return MessageType::For<Observation>("Observation")
      .Field("metric", Type::String(), [](const Observation& o) { return FilterText(o.metric()); })
      .Field("segment", Type::String(), [](const Observation& o) { return FilterText(o.segment()); })
      .Field("kind", Type::String(), [](const Observation& o) { return FilterEnum(o.kind()); })
      .Field("value", Type::Double(), [](const Observation& o) { return FilterNumber(o.has_value(), o.value()); })
      .Field("value_high", Type::Double(),
             [](const Observation& o) { return FilterNumber(o.has_value_high(), o.value_high()); })
      .Field("unit", Type::String(), [](const Observation& o) { return FilterText(o.unit()); })
      .Field("bound", Type::String(), [](const Observation& o) { return FilterEnum(o.bound()); })
      .Field("basis", Type::String(), [](const Observation& o) { return FilterEnum(o.basis()); })
      .Field("adjustment", Type::String(), [](const Observation& o) { return FilterEnum(o.adjustment()); })
      .Field("stance", Type::String(), [](const Observation& o) { return FilterEnum(o.stance()); })
      .Field("state", Type::String(), [](const Observation& o) { return FilterEnum(o.state()); })
      .Field("period", Type::String(), [](const Observation& o) { return FilterText(o.period()); })
      .Field("speaker", Type::String(), [](const Observation& o) { return FilterText(o.speaker().name()); })
      .Field("role", Type::String(), [](const Observation& o) { return FilterEnum(o.speaker().role()); })
      .Field("quote", Type::String(), [](const Observation& o) { return FilterText(o.evidence().quote()); })
      .Field("language", Type::String(), [](const Observation& o) { return FilterText(o.evidence().language()); })
      .Field("section", Type::String(), [](const Observation& o) { return FilterEnum(o.section()); })
      .Field("confidence", Type::Double(), [](const Observation& o) { return Value::Double(o.confidence()); });
}

MessageType FilterAlert() {
  return MessageType::For<Alert>("Alert")
      .Field("name", Type::String(), [](const Alert& a) { return FilterText(a.name()); })
      .Field("revision", Type::Int(), [](const Alert& a) { return Value::Int(a.revision()); })
      .Field("state", Type::String(), [](const Alert& a) { return FilterEnum(a.state()); })
      .Field("reason", Type::String(), [](const Alert& a) { return FilterEnum(a.reason()); })
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
      .Field("kind", Type::String(), [](const Alert& a) { return FilterEnum(a.kind()); })
      .Field("observation", Type::Message("Observation"), [](const Alert& a, Arena& arena) {
        return arena.MakeMessage(AlertLanguage::Get().observation(), &a.observation());
      });
}

}  // namespace

const AlertLanguage& AlertLanguage::Get() {
  static const AlertLanguage language;
  return language;
}

AlertLanguage::AlertLanguage()
    : observation_(&environment_.AddMessage(FilterObservation())),
      alert_(&environment_.AddMessage(FilterAlert())),
      variable_(environment_.AddVariable("alert", Type::Message("Alert"))) {}

expr::Bindings AlertLanguage::Bind(const v1::Alert& alert, expr::Arena& arena) const {
  expr::Bindings bindings(environment_);
  bindings.Bind(variable_, arena.MakeMessage(*alert_, &alert));
  return bindings;
}

}  // namespace earshot::alerts
