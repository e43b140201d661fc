#include "common/expr/test_company.h"

namespace earshot::expr {
namespace {

Value Optional(const std::optional<double>& value) { return value ? Value::Double(*value) : Value::Absent(); }

}  // namespace

TestCompany::TestCompany() {
  observation_type = &env.AddMessage(
      MessageType::For<TestObservation>("Observation")
          .Field("metric", Type::String(), [](const TestObservation& o) { return Value::String(o.metric); })
          .Field("kind", Type::String(), [](const TestObservation& o) { return Value::String(o.kind); })
          .Field("value", Type::Double(), [](const TestObservation& o) { return Optional(o.value); })
          .Field("value_high", Type::Double(), [](const TestObservation& o) { return Optional(o.value_high); })
          .Field("line", Type::Int(), [](const TestObservation& o) { return Value::Int(o.line); })
          .Field("tags", Type::List(Type::String()), [](const TestObservation& o, Arena& arena) {
            std::vector<Value> tags;
            for (const std::string& tag : o.tags) tags.push_back(Value::String(tag));
            return arena.MakeList(tags);
          }));
  plan_type = &env.AddMessage(
      MessageType::For<TestPlan>("Plan")
          .Field("per_quarter", Type::Double(), [](const TestPlan& p) { return Value::Double(p.per_quarter); })
          .Field("metric", Type::String(), [](const TestPlan& p) { return Value::String(p.said.metric); }));
  history.resize(3);
  for (size_t i = 0; i < history.size(); ++i) history[i].value = static_cast<double>(i + 1) * 10e9;
  const Type observation_name = Type::Message("Observation");
  const VariableId o = env.AddVariable("o", observation_name);
  const VariableId plan_id = env.AddVariable("plan", Type::Message("Plan"));
  const VariableId past = env.AddVariable("history", Type::List(observation_name));
  env.AddVariable("previous", observation_name);
  env.AddFunction(
      {.name = "bn", .params = {Type::Double()}, .result = Type::Double(), .call = [](CallContext&, Arguments a) {
         return Value::Double(a[0].double_value() * 1e9);
       }});
  bindings.Bind(o, arena.MakeMessage(*observation_type, &observation));
  bindings.Bind(plan_id, arena.MakeMessage(*plan_type, &plan));
  bindings.BindLazily(past, [this](Arena& made) {
    std::vector<Value> values;
    for (const TestObservation& each : history) values.push_back(made.MakeMessage(*observation_type, &each));
    return made.MakeList(values);
  });
}

std::string TestCompany::Run(std::string_view source, const EvaluateOptions& options) {
  const CompileResult compiled = Compile(env, source);
  if (!compiled.ok()) return RenderDiagnostics(source, compiled.diagnostics);
  return DebugString(compiled.program->Evaluate(bindings, arena, options));
}

std::string TestCompany::Diagnose(std::string_view source) const {
  return RenderDiagnostics(source, Compile(env, source).diagnostics);
}

std::string TestCompany::Complain(std::string_view source) {
  const CompileResult compiled = Compile(env, source);
  if (!compiled.ok()) return RenderDiagnostics(source, compiled.diagnostics);
  const Value value = compiled.program->Evaluate(bindings, arena);
  return value.is_error() ? compiled.program->Describe(value.error()) : "";
}

std::string TestCompany::TypeOf(std::string_view source) const {
  const CompileResult compiled = Compile(env, source);
  return compiled.ok() ? compiled.program->result_type().ToString() : RenderDiagnostics(source, compiled.diagnostics);
}

}  // namespace earshot::expr
