// Call events and rule sets for tests, in few words.
//
//   EventMaker call("ACME", "FY2026Q1", "2025-08-01");
//   v1::CallEvent event = call.Event(1, {Amount("capex", "FY2026Q1", 38.6e9)});
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "common/wire/identity.h"
#include "common/yaml/diagnostics.h"
#include "earshot/v1/call_event.pb.h"
#include "fmt/format.h"
#include "gtest/gtest.h"
#include "services/rules/engine/rule_set.h"

namespace earshot::rule_engine {

inline v1::Observation Said(const std::string& metric, const std::string& period, v1::Kind kind) {
  v1::Observation o;
  o.set_metric(metric);
  o.set_segment("group");
  o.set_kind(kind);
  o.set_period(period);
  o.set_stance(v1::STANCE_ACTUAL);
  o.set_adjustment(v1::ADJUSTMENT_REPORTED);
  o.set_bound(v1::BOUND_EXACT);
  o.mutable_speaker()->set_name("Ann Example");
  o.mutable_speaker()->set_role(v1::SPEAKER_ROLE_MANAGEMENT);
  o.mutable_evidence()->set_language("en");
  o.mutable_evidence()->set_quote("A sentence about " + metric + ".");
  return o;
}

inline v1::Observation Amount(const std::string& metric, const std::string& period, double value) {
  v1::Observation o = Said(metric, period, v1::KIND_AMOUNT);
  o.set_value(value);
  o.set_unit("CNY");
  return o;
}

inline v1::Observation Growth(const std::string& metric, const std::string& period, double percent) {
  v1::Observation o = Said(metric, period, v1::KIND_GROWTH);
  o.set_value(percent);
  o.set_unit("percent");
  o.set_basis(v1::BASIS_YEAR_OVER_YEAR);
  return o;
}

inline v1::Observation InState(const std::string& metric, const std::string& period, v1::State state) {
  v1::Observation o = Said(metric, period, v1::KIND_STATE);
  o.set_state(state);
  return o;
}

inline v1::Observation With(v1::Observation o, v1::Stance stance) {
  o.set_stance(stance);
  return o;
}
inline v1::Observation With(v1::Observation o, v1::SpeakerRole role) {
  o.mutable_speaker()->set_role(role);
  return o;
}
inline v1::Observation Of(const std::string& segment, v1::Observation o) {
  o.set_segment(segment);
  return o;
}

// One call.
class EventMaker {
 public:
  EventMaker(const std::string& company, const std::string& period, const std::string& date = "") {
    call_.set_name(wire::CallName(company, period).value());
    call_.set_company(company);
    call_.set_fiscal_period(period);
    call_.set_date(date);
  }

  v1::CallEvent Event(int sequence, std::vector<v1::Observation> observations, int revision = 0,
                      v1::UtteranceStatus status = v1::UTTERANCE_STATUS_FINAL) const {
    v1::CallEvent event;
    event.set_name(wire::CallEventName(call_.name(), sequence, revision));
    event.set_kind(v1::CALL_EVENT_KIND_UTTERANCE);
    *event.mutable_call() = call_;
    event.set_sequence(sequence);
    event.set_revision(revision);
    event.mutable_utterance()->set_sequence(sequence);
    event.mutable_utterance()->set_revision(revision);
    event.mutable_utterance()->set_status(status);
    int number = 0;
    for (v1::Observation& o : observations) {
      o.set_company(call_.company());
      o.mutable_evidence()->set_sequence(sequence);
      o.set_name(wire::ObservationName(call_.name(), fmt::format("{}-{}-{}", sequence, revision, ++number)));
      *event.add_observations() = std::move(o);
    }
    return event;
  }

  const v1::Call& call() const { return call_; }

 private:
  v1::Call call_;
};

// `rules`: the list under `rules:` of one group.
inline v1::RuleSet SetOf(const std::string& rules, const std::string& name = "ruleSets/test") {
  v1::RuleSet set;
  set.set_name(name);
  v1::RuleFile& file = *set.add_files();
  file.set_path("test.yaml");
  std::string indented;
  for (size_t begin = 0; begin < rules.size();) {
    const size_t end = std::min(rules.find('\n', begin), rules.size());
    indented += "      " + rules.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  file.set_content("groups:\n  - name: test\n    rules:\n" + indented);
  return set;
}

inline std::shared_ptr<const RuleSet> Compiled(const v1::RuleSet& set) {
  yaml::Diagnostics diagnostics;
  auto compiled = RuleSet::Load(set, nullptr, diagnostics);
  EXPECT_NE(compiled, nullptr) << diagnostics.Render();
  return compiled;
}

}  // namespace earshot::rule_engine
