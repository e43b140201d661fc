#include "services/rules/engine/language.h"

#include <optional>
#include <string>
#include <utility>

#include "common/fiscal/period.h"
#include "earshot/v1/call.pb.h"

namespace earshot::rule_engine {
namespace {

using expr::Arena;
using expr::MessageType;
using expr::MessageTypeBuilder;
using expr::Type;
using expr::Value;
using v1::Observation;

std::string_view WithoutPrefix(std::string_view name, std::string_view prefix) {
  if (name.empty()) return "UNKNOWN";
  name.remove_prefix(prefix.size());
  return name;
}

Value TextOf(const std::string& text) { return Value::String(text); }

MessageType SpeakerType() {
  return MessageType::For<v1::Speaker>("Speaker")
      .Field("name", Type::String(), [](const v1::Speaker& s) { return TextOf(s.name()); })
      .Field("role", Type::String(), [](const v1::Speaker& s) { return Value::String(ShortName(s.role())); })
      .Field("title", Type::String(), [](const v1::Speaker& s) { return TextOf(s.title()); })
      .Field("firm", Type::String(), [](const v1::Speaker& s) { return TextOf(s.firm()); })
      .Field("label", Type::String(), [](const v1::Speaker& s) { return TextOf(s.label()); });
}

MessageType EvidenceType() {
  return MessageType::For<v1::Evidence>("Evidence")
      .Field("sequence", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.sequence()); })
      .Field("line", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.line()); })
      .Field("begin", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.begin()); })
      .Field("end", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.end()); })
      .Field("quote", Type::String(), [](const v1::Evidence& e) { return TextOf(e.quote()); })
      .Field("language", Type::String(), [](const v1::Evidence& e) { return TextOf(e.language()); });
}

MessageType CallType() {
  return MessageType::For<v1::Call>("Call")
      .Field("name", Type::String(), [](const v1::Call& c) { return TextOf(c.name()); })
      .Field("company", Type::String(), [](const v1::Call& c) { return TextOf(c.company()); })
      .Field("company_name", Type::String(), [](const v1::Call& c) { return TextOf(c.company_name()); })
      .Field("title", Type::String(), [](const v1::Call& c) { return TextOf(c.title()); })
      .Field("fiscal_period", Type::String(), [](const v1::Call& c) { return TextOf(c.fiscal_period()); })
      .Field("date", Type::String(), [](const v1::Call& c) { return TextOf(c.date()); })
      .Field("currency", Type::String(), [](const v1::Call& c) { return TextOf(c.currency()); });
}

void AddWhat(MessageTypeBuilder<Observation>& type) {
  std::move(type)
      .Field("name", Type::String(), [](const Observation& o) { return TextOf(o.name()); })
      .Field("company", Type::String(), [](const Observation& o) { return TextOf(o.company()); })
      .Field("metric", Type::String(), [](const Observation& o) { return TextOf(o.metric()); })
      .Field("segment", Type::String(), [](const Observation& o) { return TextOf(o.segment()); })
      .Field("kind", Type::String(), [](const Observation& o) { return Value::String(ShortName(o.kind())); })
      .Field("value", Type::Double(),
             [](const Observation& o) { return o.has_value() ? Value::Double(o.value()) : Value::Absent(); })
      .Field("value_high", Type::Double(),
             [](const Observation& o) { return o.has_value_high() ? Value::Double(o.value_high()) : Value::Absent(); })
      .Field("unit", Type::String(), [](const Observation& o) { return TextOf(o.unit()); })
      .Field("bound", Type::String(), [](const Observation& o) { return Value::String(ShortName(o.bound())); })
      .Field("basis", Type::String(), [](const Observation& o) { return Value::String(ShortName(o.basis())); })
      .Field("adjustment", Type::String(),
             [](const Observation& o) { return Value::String(ShortName(o.adjustment())); })
      .Field("stance", Type::String(), [](const Observation& o) { return Value::String(ShortName(o.stance())); })
      .Field("state", Type::String(),
             [](const Observation& o) {
               return o.state() == v1::STATE_UNSPECIFIED ? Value::Absent() : Value::String(ShortName(o.state()));
             })
      .Field("period", Type::String(), [](const Observation& o) { return TextOf(o.period()); });
}

void AddWhere(MessageTypeBuilder<Observation>& type) {
  std::move(type)
      .Field("speaker", Type::Message("Speaker"),
             [](const Observation& o, Arena& arena) {
               static const MessageType& speaker = *Language::Get().environment().FindMessage("Speaker");
               return arena.MakeMessage(speaker, &o.speaker());
             })
      .Field("evidence", Type::Message("Evidence"),
             [](const Observation& o, Arena& arena) {
               static const MessageType& evidence = *Language::Get().environment().FindMessage("Evidence");
               return arena.MakeMessage(evidence, &o.evidence());
             })
      .Field("quote", Type::String(), [](const Observation& o) { return TextOf(o.evidence().quote()); })
      .Field("language", Type::String(), [](const Observation& o) { return TextOf(o.evidence().language()); })
      .Field("confidence", Type::Double(), [](const Observation& o) { return Value::Double(o.confidence()); })
      .Field("section", Type::String(), [](const Observation& o) { return Value::String(ShortName(o.section())); })
      .Field("translation_of", Type::String(), [](const Observation& o) { return TextOf(o.translation_of()); });
}

std::optional<int> QuartersOf(const Observation& o) {
  const auto period = fiscal::ParsePeriod(o.period());
  const auto quarters = period.ok() ? fiscal::QuarterCount(*period) : std::nullopt;
  return quarters && *quarters > 0 ? quarters : std::nullopt;
}

// An amount over the quarters that it is for.
std::optional<double> PerQuarter(const Observation& o) {
  const auto quarters = QuartersOf(o);
  if (o.kind() != v1::KIND_AMOUNT || !o.has_value() || !quarters) return std::nullopt;
  return o.value() / *quarters;
}

void AddSpread(MessageTypeBuilder<Observation>& type) {
  std::move(type)
      .Field("quarters", Type::Int(),
             [](const Observation& o) {
               const auto quarters = QuartersOf(o);
               return quarters ? Value::Int(*quarters) : Value::Absent();
             })
      .Field("per_quarter", Type::Double(),
             [](const Observation& o) {
               const auto share = PerQuarter(o);
               return share ? Value::Double(*share) : Value::Absent();
             })
      .Field("per_year", Type::Double(), [](const Observation& o) {
        const auto share = PerQuarter(o);
        return share ? Value::Double(*share * 4) : Value::Absent();
      });
}

MessageType ObservationType() {
  MessageTypeBuilder<Observation> type("Observation");
  AddWhat(type);
  AddSpread(type);
  AddWhere(type);
  return std::move(type).Build();
}

void AddScale(expr::Environment& environment, std::string_view name, expr::FunctionBody of_double,
              expr::FunctionBody of_int) {
  environment.AddFunction(
      {.name = std::string(name), .params = {Type::Double()}, .result = Type::Double(), .call = of_double});
  environment.AddFunction(
      {.name = std::string(name), .params = {Type::Int()}, .result = Type::Double(), .call = of_int});
}

template <int kScale>
Value ScaleDouble(expr::CallContext&, expr::Arguments a) {
  return Value::Double(a[0].double_value() * kScale);
}

template <int kScale>
Value ScaleInt(expr::CallContext&, expr::Arguments a) {
  return Value::Double(static_cast<double>(a[0].int_value()) * kScale);
}

}  // namespace

const Language& Language::Get() {
  static const Language language;
  return language;
}

Language::Language() {
  environment_.AddMessage(SpeakerType());
  environment_.AddMessage(EvidenceType());
  observation_ = &environment_.AddMessage(ObservationType());
  call_ = &environment_.AddMessage(CallType());
  variables_.o = environment_.AddVariable("o", Type::Message("Observation"));
  variables_.previous = environment_.AddVariable("previous", Type::Message("Observation"));
  variables_.year_ago = environment_.AddVariable("year_ago", Type::Message("Observation"));
  variables_.plan = environment_.AddVariable("plan", Type::Message("Observation"));
  variables_.guidance = environment_.AddVariable("guidance", Type::Message("Observation"));
  variables_.history = environment_.AddVariable("history", Type::List(Type::Message("Observation")));
  variables_.call = environment_.AddVariable("call", Type::Message("Call"));
  AddScale(environment_, "bn", ScaleDouble<1'000'000'000>, ScaleInt<1'000'000'000>);
  AddScale(environment_, "mn", ScaleDouble<1'000'000>, ScaleInt<1'000'000>);
}

std::string_view ShortName(v1::Kind kind) { return WithoutPrefix(v1::Kind_Name(kind), "KIND_"); }
std::string_view ShortName(v1::Bound bound) { return WithoutPrefix(v1::Bound_Name(bound), "BOUND_"); }
std::string_view ShortName(v1::Basis basis) { return WithoutPrefix(v1::Basis_Name(basis), "BASIS_"); }
std::string_view ShortName(v1::Adjustment adjustment) {
  return WithoutPrefix(v1::Adjustment_Name(adjustment), "ADJUSTMENT_");
}
std::string_view ShortName(v1::Stance stance) { return WithoutPrefix(v1::Stance_Name(stance), "STANCE_"); }
std::string_view ShortName(v1::State state) { return WithoutPrefix(v1::State_Name(state), "STATE_"); }
std::string_view ShortName(v1::Section section) { return WithoutPrefix(v1::Section_Name(section), "SECTION_"); }
std::string_view ShortName(v1::SpeakerRole role) { return WithoutPrefix(v1::SpeakerRole_Name(role), "SPEAKER_ROLE_"); }

}  // namespace earshot::rule_engine
