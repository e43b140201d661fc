#include "common/dialect/dialect.h"

#include "common/expr/activation.h"
#include "common/expr/program.h"
#include "earshot/v1/observation.pb.h"
#include "gtest/gtest.h"

namespace earshot::dialect {
namespace {

class DialectTest : public ::testing::Test {
 protected:
  DialectTest() {
    AddTo(environment_);
    variable_ = environment_.AddVariable("o", expr::Type::Message("Observation"));
    observation_.set_kind(v1::KIND_AMOUNT);
    observation_.set_value(120e9);
    observation_.set_period("FY2026..FY2028");
    observation_.set_section(v1::SECTION_PREPARED_REMARKS);
    observation_.mutable_speaker()->set_role(v1::SPEAKER_ROLE_ANALYST);
    observation_.mutable_evidence()->set_quote("120 billion over three years");
  }

  // False too where the expression cannot be told.
  bool Holds(std::string_view text) {
    const expr::CompileResult compiled = expr::CompileAs(environment_, text, expr::Type::Bool());
    EXPECT_TRUE(compiled.ok()) << text;
    if (!compiled.ok()) return false;
    expr::Bindings bindings(environment_);
    bindings.Bind(variable_, arena_.MakeMessage(ObservationType(), &observation_));
    const expr::Value value = compiled.program->Evaluate(bindings, arena_, {});
    return value.Is(expr::Kind::kBool) && value.bool_value();
  }

  expr::Environment environment_;
  expr::VariableId variable_ = 0;
  expr::Arena arena_;
  v1::Observation observation_;
};

TEST_F(DialectTest, FieldsAreFlatAndMessagesNest) {
  EXPECT_TRUE(Holds("o.kind == 'AMOUNT' && o.section == 'PREPARED_REMARKS' && o.basis == 'UNSPECIFIED'"));
  EXPECT_TRUE(Holds("o.speaker.role == 'ANALYST'"));
  EXPECT_TRUE(Holds("o.quote == o.evidence.quote && o.quote.contains('three years')"));
  EXPECT_TRUE(Holds("type(o) == Observation && type(o.speaker) == Speaker"));
}

TEST_F(DialectTest, AnAmountIsSpreadOverItsPeriod) {
  EXPECT_TRUE(Holds("o.quarters == 12 && o.per_quarter == bn(10) && o.per_year == mn(40000)"));
  observation_.set_kind(v1::KIND_GROWTH);
  EXPECT_TRUE(Holds("!has(o.per_quarter)"));
}

TEST_F(DialectTest, WhatIsNotSaidIsAbsent) {
  observation_.clear_value();
  EXPECT_TRUE(Holds("!has(o.value) && !has(o.value_high) && !has(o.state)"));
  EXPECT_FALSE(Holds("o.value <= 0.0"));
  EXPECT_FALSE(Holds("o.value > 0.0"));
}

}  // namespace
}  // namespace earshot::dialect
