#include "services/rules/engine/alert.h"

#include "common/base/digest.h"
#include "common/dialect/short_name.h"
#include "common/wire/identity.h"

namespace earshot::rule_engine {

std::string AlertNameOf(const Rule& rule, std::string_view company, const v1::Observation& about) {
  return wire::AlertName(StableId(
      {rule.name, company, about.period(), about.metric(), about.segment(), dialect::ShortName(about.kind())}));
}

v1::Alert MakeAlert(const Rule& rule, const v1::CallEvent& event, const v1::Observation& about, const Subject& subject,
                    Evaluator& evaluator) {
  v1::Alert alert;
  alert.set_name(AlertNameOf(rule, event.call().company(), about));
  alert.set_revision(1);
  alert.set_state(v1::ALERT_STATE_FIRING);
  alert.set_reason(v1::ALERT_REASON_CONDITION_MET);
  alert.set_rule(wire::RuleName(rule.name));
  alert.set_rule_revision(rule.revision);
  alert.set_rule_group(rule.group);
  alert.set_condition(rule.when->source());
  for (v1::Operand& operand : evaluator.Operands(rule, subject)) *alert.add_operands() = std::move(operand);
  for (const auto& [label, value] : rule.labels) (*alert.mutable_labels())[label] = value;
  for (const Annotation& annotation : rule.annotations) {
    (*alert.mutable_annotations())[annotation.name] = evaluator.Annotate(*annotation.text, subject);
  }
  alert.set_company(event.call().company());
  alert.set_call(event.call().name());
  alert.set_period(about.period());
  alert.set_metric(about.metric());
  alert.set_segment(about.segment());
  alert.set_kind(about.kind());
  *alert.mutable_observation() = subject.observation;
  *alert.mutable_times() = event.times();
  alert.set_traceparent(event.traceparent());
  return alert;
}

}  // namespace earshot::rule_engine
