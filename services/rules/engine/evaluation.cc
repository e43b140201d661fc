#include "services/rules/engine/evaluation.h"

#include <algorithm>
#include <cmath>

#include "common/dialect/dialect.h"
#include "common/expr/activation.h"
#include "common/expr/trace.h"
#include "fmt/format.h"

namespace earshot::rule_engine {
namespace {

using expr::Kind;
using expr::Value;

// Shows an observation and what it looks back on as the language's variables.
class SubjectActivation final : public expr::Activation {
 public:
  SubjectActivation(const Language& language, const Subject& subject) : language_(language), subject_(subject) {}

  Value Find(expr::VariableId id, expr::Arena& arena) const override {
    const Language::Variables& variables = language_.variables();
    LookBack& look_back = subject_.look_back;
    if (id == variables.o) return Observed(&subject_.observation, arena);
    if (id == variables.previous) return Observed(look_back.Previous(), arena);
    if (id == variables.year_ago) return Observed(look_back.YearAgo(), arena);
    if (id == variables.plan) return Observed(look_back.Plan(), arena);
    if (id == variables.guidance) return Observed(look_back.Guidance(), arena);
    if (id == variables.call) return arena.MakeMessage(language_.call(), &subject_.call);
    if (id == variables.history) return History(arena);
    return Value::Absent();
  }

 private:
  Value Observed(const v1::Observation* observation, expr::Arena& arena) const {
    return observation == nullptr ? Value::Absent() : arena.MakeMessage(dialect::ObservationType(), observation);
  }

  Value History(expr::Arena& arena) const {
    std::vector<Value> priors;
    for (const v1::Observation* prior : subject_.look_back.Priors()) {
      priors.push_back(Observed(prior, arena));
    }
    return arena.MakeList(priors);
  }

  const Language& language_;
  const Subject& subject_;
};

// `plan` of `plan.per_quarter`, `history` of `history[0].value`.
std::string_view RootOf(std::string_view expression) { return expression.substr(0, expression.find_first_of(".[ (")); }

const v1::Observation* SourceOf(std::string_view expression, LookBack& look_back) {
  const std::string_view root = RootOf(expression);
  if (root == "previous") return look_back.Previous();
  if (root == "year_ago") return look_back.YearAgo();
  if (root == "plan") return look_back.Plan();
  if (root == "guidance") return look_back.Guidance();
  constexpr std::string_view kFirst = "history[0]";
  if (expression.starts_with(kFirst)) return look_back.Previous();
  return nullptr;
}

std::string NumberText(double number) {
  if (!std::isfinite(number) || std::abs(number) >= 1e18) return fmt::format("{}", number);
  if (number == std::floor(number)) return fmt::format("{:.0f}", number);
  return std::abs(number) >= 1 ? fmt::format("{:.2f}", number) : fmt::format("{:.6g}", number);
}

std::string ForReader(Value value) {
  switch (value.kind()) {
    case Kind::kDouble:
      return NumberText(value.double_value());
    case Kind::kError:
      return value.error().kind == expr::ErrorKind::kAbsent ? "absent" : std::string(value.error().message);
    case Kind::kAbsent:
      return "absent";
    default:
      return expr::DebugString(value);
  }
}

std::optional<double> NumberOf(Value value) {
  if (value.Is(Kind::kDouble)) return value.double_value();
  if (value.Is(Kind::kInt)) return static_cast<double>(value.int_value());
  if (value.Is(Kind::kUint)) return static_cast<double>(value.uint_value());
  return std::nullopt;
}

}  // namespace

Evaluator::Evaluator() : language_(Language::Get()) {}

Outcome Evaluator::Evaluate(const Rule& rule, const Subject& subject, std::string* problem) {
  arena_.Reset();
  const Value result = rule.when->Evaluate(SubjectActivation(language_, subject), arena_);
  if (result.Is(Kind::kBool)) return result.bool_value() ? Outcome::kHolds : Outcome::kDoesNotHold;
  if (!result.is_error()) return Outcome::kFailed;
  if (problem != nullptr) *problem = rule.when->Describe(result.error(), rule.location);
  return result.error().kind == expr::ErrorKind::kAbsent ? Outcome::kNotApplicable : Outcome::kFailed;
}

std::vector<v1::Operand> Evaluator::Operands(const Rule& rule, const Subject& subject) {
  arena_.Reset();
  expr::Trace trace;
  rule.when->Evaluate(SubjectActivation(language_, subject), arena_, {.trace = &trace});
  std::vector<v1::Operand> operands;
  for (const expr::Operand& read : trace.operands()) {
    const bool is_repeated = std::any_of(operands.begin(), operands.end(), [&](const v1::Operand& operand) {
      return std::string_view(operand.expression()) == read.text;
    });
    if (is_repeated || read.value.Is(Kind::kMessage) || read.value.Is(Kind::kList)) continue;
    v1::Operand operand;
    operand.set_expression(std::string(read.text));
    operand.set_value(ForReader(read.value));
    if (const auto number = NumberOf(read.value)) operand.set_number(*number);
    if (const v1::Observation* source = SourceOf(read.text, subject.look_back)) *operand.mutable_source() = *source;
    operands.push_back(std::move(operand));
  }
  return operands;
}

std::string Evaluator::Annotate(const expr::Program& text, const Subject& subject) {
  arena_.Reset();
  const Value result = text.Evaluate(SubjectActivation(language_, subject), arena_);
  if (result.Is(Kind::kString)) return std::string(result.text());
  if (result.is_error()) return fmt::format("(this annotation failed: {})", result.error().message);
  return fmt::format("(this annotation failed: it gives {}, not a text)", expr::KindName(result));
}

}  // namespace earshot::rule_engine
