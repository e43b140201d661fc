#include "services/rules/engine/company.h"

#include <algorithm>

namespace earshot::rule_engine {

int Company::CountRaised(std::string_view rule, std::string_view call) const {
  return static_cast<int>(std::count_if(alerts.begin(), alerts.end(), [&](const auto& alert) {
    return alert.second.rule == rule && alert.second.call == call;
  }));
}

v1::CompanyState ToSnapshot(const Company& company) {
  v1::CompanyState state;
  state.set_company(company.ticker);
  state.set_applied_offset(company.applied_offset);
  for (const Remembered& remembered : company.history.observations()) *state.add_history() = remembered.observation;
  for (const auto& [name, alert] : company.alerts) {
    v1::RaisedAlert& raised = *state.add_alerts();
    raised.set_name(name);
    raised.set_revision(alert.revision);
    raised.set_rule(alert.rule);
    raised.set_call(alert.call);
  }
  for (const auto& [name, call] : company.calls) {
    v1::AppliedCall& applied = *state.add_calls();
    applied.set_call(name);
    applied.set_date(call.date);
    applied.set_fiscal_period(call.fiscal_period);
    for (const auto& [sequence, event] : call.events) {
      v1::AppliedCall::Event& added = *applied.add_events();
      added.set_sequence(sequence);
      added.set_revision(event.revision);
      added.set_content_hash(event.content_hash);
    }
  }
  return state;
}

Company FromSnapshot(const v1::CompanyState& state) {
  Company company{.ticker = state.company(), .applied_offset = state.applied_offset()};
  for (const v1::AppliedCall& applied : state.calls()) {
    AppliedCall& call = company.calls[applied.call()];
    call.date = applied.date();
    call.fiscal_period = applied.fiscal_period();
    for (const v1::AppliedCall::Event& event : applied.events()) {
      call.events[event.sequence()] = {event.revision(), event.content_hash()};
    }
    company.history.SetTime(applied.call(), CallTime::Of(call.date, call.fiscal_period));
  }
  for (const v1::Observation& observation : state.history()) company.history.Add(observation);
  for (const v1::RaisedAlert& raised : state.alerts()) {
    company.alerts[raised.name()] = {raised.revision(), raised.rule(), raised.call()};
  }
  return company;
}

}  // namespace earshot::rule_engine
