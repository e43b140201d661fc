#include "services/rules/engine/language.h"

#include <string>

#include "common/dialect/dialect.h"
#include "earshot/v1/call.pb.h"

namespace earshot::rule_engine {
namespace {

using expr::MessageType;
using expr::Type;
using expr::Value;

Value TextOf(const std::string& text) { return Value::String(text); }

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

}  // namespace

const Language& Language::Get() {
  static const Language language;
  return language;
}

Language::Language() {
  dialect::AddTo(environment_);
  call_ = &environment_.AddMessage(CallType());
  variables_.o = environment_.AddVariable("o", Type::Message("Observation"));
  variables_.previous = environment_.AddVariable("previous", Type::Message("Observation"));
  variables_.year_ago = environment_.AddVariable("year_ago", Type::Message("Observation"));
  variables_.plan = environment_.AddVariable("plan", Type::Message("Observation"));
  variables_.guidance = environment_.AddVariable("guidance", Type::Message("Observation"));
  variables_.history = environment_.AddVariable("history", Type::List(Type::Message("Observation")));
  variables_.call = environment_.AddVariable("call", Type::Message("Call"));
}

}  // namespace earshot::rule_engine
