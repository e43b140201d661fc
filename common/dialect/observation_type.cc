#include "common/dialect/observation_type.h"

#include <optional>
#include <string>
#include <utility>

#include "common/dialect/dialect.h"
#include "common/dialect/short_name.h"
#include "common/fiscal/period.h"
#include "earshot/v1/observation.pb.h"

namespace earshot::dialect {
namespace {

using expr::Arena;
using expr::MessageType;
using expr::MessageTypeBuilder;
using expr::Type;
using expr::Value;
using v1::Observation;

Value TextOf(const std::string& text) { return Value::String(text); }

MessageType MakeSpeakerType() {
  return MessageType::For<v1::Speaker>("Speaker")
      .Field("name", Type::String(), [](const v1::Speaker& s) { return TextOf(s.name()); })
      .Field("role", Type::String(), [](const v1::Speaker& s) { return Value::String(ShortName(s.role())); })
      .Field("title", Type::String(), [](const v1::Speaker& s) { return TextOf(s.title()); })
      .Field("firm", Type::String(), [](const v1::Speaker& s) { return TextOf(s.firm()); })
      .Field("label", Type::String(), [](const v1::Speaker& s) { return TextOf(s.label()); });
}

MessageType MakeEvidenceType() {
  return MessageType::For<v1::Evidence>("Evidence")
      .Field("sequence", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.sequence()); })
      .Field("line", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.line()); })
      .Field("begin", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.begin()); })
      .Field("end", Type::Int(), [](const v1::Evidence& e) { return Value::Int(e.end()); })
      .Field("quote", Type::String(), [](const v1::Evidence& e) { return TextOf(e.quote()); })
      .Field("language", Type::String(), [](const v1::Evidence& e) { return TextOf(e.language()); });
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
             [](const Observation& o, Arena& arena) { return arena.MakeMessage(SpeakerType(), &o.speaker()); })
      .Field("evidence", Type::Message("Evidence"),
             [](const Observation& o, Arena& arena) { return arena.MakeMessage(EvidenceType(), &o.evidence()); })
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

MessageType MakeObservationType() {
  MessageTypeBuilder<Observation> type("Observation");
  AddWhat(type);
  AddSpread(type);
  AddWhere(type);
  return std::move(type).Build();
}

}  // namespace

const MessageType& SpeakerType() {
  static const MessageType type = MakeSpeakerType();
  return type;
}

const MessageType& EvidenceType() {
  static const MessageType type = MakeEvidenceType();
  return type;
}

const MessageType& ObservationType() {
  static const MessageType type = MakeObservationType();
  return type;
}

}  // namespace earshot::dialect
