#include "common/expr/value.h"

#include <cmath>
#include <limits>
#include <string>

#include "common/expr/arena.h"
#include "common/expr/compare.h"
#include "common/expr/test_company.h"
#include "gtest/gtest.h"

namespace earshot::expr {
namespace {

bool Equals(Value a, Value b) {
  Arena arena;
  uint64_t budget = 1000;
  return *Equal(a, b, arena, &budget);
}

TEST(ValueTest, EqualsAcrossNumbers) {
  EXPECT_TRUE(Equals(Value::Int(1), Value::Uint(1)));
  EXPECT_TRUE(Equals(Value::Double(1), Value::Uint(1)));
  EXPECT_FALSE(Equals(Value::Int(-1), Value::Uint(std::numeric_limits<uint64_t>::max())));
  EXPECT_FALSE(Equals(Value::Double(NAN), Value::Double(NAN)));
  EXPECT_FALSE(Equals(Value::Int(1), Value::String("1")));
  EXPECT_FALSE(Equals(Value::Null(), Value::Bool(false)));
}

TEST(ValueTest, OrdersWithinAKind) {
  EXPECT_TRUE(*Order(Value::Int(-1), Value::Uint(0)) < 0);
  EXPECT_TRUE(*Order(Value::Double(1.5), Value::Int(1)) > 0);
  EXPECT_TRUE(*Order(Value::Double(NAN), Value::Int(1)) == std::partial_ordering::unordered);
  EXPECT_TRUE(*Order(Value::String("a"), Value::String("b")) < 0);
  EXPECT_TRUE(*Order(Value::Timestamp({5, 1}), Value::Timestamp({5, 2})) < 0);
  EXPECT_FALSE(Order(Value::String("a"), Value::Int(1)).has_value());
  EXPECT_FALSE(Order(Value::Null(), Value::Null()).has_value());
}

TEST(ValueTest, FindsKeysInSmallAndLargeMaps) {
  Arena arena;
  for (const int count : {3, 100}) {
    std::vector<MapEntry> entries;
    for (int i = 0; i < count; ++i) entries.push_back({Value::Int(i), Value::Int(10 * i)});
    entries.push_back({Value::String("a"), Value::Bool(true)});
    const Value map = arena.MakeMap(entries);
    ASSERT_TRUE(map.Is(Kind::kMap));
    EXPECT_EQ(map.map().Find(Value::Int(2), arena)->int_value(), 20);
    EXPECT_EQ(map.map().Find(Value::Uint(2), arena)->int_value(), 20);
    EXPECT_EQ(map.map().Find(Value::Double(2), arena)->int_value(), 20);
    EXPECT_TRUE(map.map().Find(Value::String("a"), arena)->bool_value());
    EXPECT_FALSE(map.map().Find(Value::Double(2.5), arena).has_value());
    EXPECT_FALSE(map.map().Find(Value::Int(-1), arena).has_value());
    EXPECT_FALSE(map.map().Find(Value::Null(), arena).has_value());
    entries.push_back({Value::Uint(1), Value::Null()});
    EXPECT_EQ(DebugString(arena.MakeMap(entries)), "error(repeated key 1u)");
  }
  EXPECT_TRUE(arena.MakeMap({{Value::Double(1), Value::Null()}}).is_error());
}

TEST(ValueTest, ComparesLargeWholeNumbersAsKeysExactly) {
  Arena arena;
  const int64_t big = std::numeric_limits<int64_t>::max();
  const Value map = arena.MakeMap({{Value::Int(big), Value::Null()}});
  EXPECT_TRUE(map.map().Find(Value::Int(big), arena).has_value());
  EXPECT_FALSE(map.map().Find(Value::Double(0x1p63), arena).has_value());
}

TEST(ValueTest, KeepsTimes) {
  const absl::Time at = absl::FromUnixMillis(-1500);
  EXPECT_EQ(Value::Timestamp(at).time(), (SecondsNanos{-2, 500'000'000}));
  EXPECT_EQ(Value::Timestamp(at).ToTime(), at);
  EXPECT_EQ(Value::Duration(absl::Milliseconds(-1500)).time(), (SecondsNanos{-1, -500'000'000}));
  EXPECT_EQ(Value::Duration(absl::Milliseconds(-1500)).ToDuration(), absl::Milliseconds(-1500));
  EXPECT_EQ(DebugString(Value::Timestamp(absl::InfiniteFuture())), "timestamp(\"9999-12-31T23:59:59Z\")");
}

TEST(ValueTest, ShowsItselfAsALiteral) {
  Arena arena;
  const Value list = arena.MakeList({Value::Int(1), Value::Uint(2), Value::Double(3), arena.MakeString("a\"\n"),
                                     arena.MakeBytes("\xff"), Value::TypeName("int"), Value::Absent()});
  EXPECT_EQ(DebugString(list), R"([1, 2u, 3.0, "a\"\n", b"\xff", int, absent])");
}

TEST(ArenaTest, GrowsAndStartsAgain) {
  Arena arena;
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(arena.MakeString(std::string(100, 'x')).text().size(), 100u);
  EXPECT_GE(arena.allocated_bytes(), 100'000u);
  const std::string large(100'000, 'y');
  EXPECT_EQ(arena.CopyText(large), large);
  arena.Reset();
  EXPECT_EQ(arena.allocated_bytes(), 0u);
  for (const size_t alignment : {1u, 2u, 8u, 16u}) {
    arena.Allocate(1, 1);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(arena.Allocate(8, alignment)) % alignment, 0u);
  }
}

TEST(ValueTest, ListsAndMapsOfTheHostNeedNoCopy) {
  class Squares final : public ListValue {
   public:
    size_t size() const override { return 1'000'000; }
    Value At(size_t index, Arena&) const override { return Value::Int(static_cast<int64_t>(index * index)); }
  };
  TestCompany company;
  const Squares squares;
  const VariableId id = company.env.AddVariable("squares", Type::List(Type::Int()));
  company.bindings.Bind(id, Value::List(&squares));
  EXPECT_EQ(company.Run("squares[1000] + size(squares)"), "2000000");
  EXPECT_EQ(company.Run("squares.exists(x, x == 144)"), "true");
  EXPECT_EQ(company.Run("squares.exists(x, x < 0)"), "error(the evaluation costs more than its budget)");
  EXPECT_EQ(company.Run("-1 in squares"), "error(the evaluation costs more than its budget)");
}

}  // namespace
}  // namespace earshot::expr
