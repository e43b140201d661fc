#include "common/json/json.h"

#include <cmath>
#include <limits>

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::json {
namespace {

using ::testing::HasSubstr;

std::string ParseError(std::string_view text) {
  const auto parsed = Parse(text);
  return parsed.ok() ? "parsed" : std::string(Message(parsed.status()));
}

TEST(JsonTest, ReadsEveryKind) {
  const auto json = Parse(R"({"a": [1, -2, 1.5, "x\u00e9", true, null], "b": {"c": 18446744073709551615}})");
  ASSERT_TRUE(json.ok()) << json.status();
  const Array& a = json->Find("a")->array();
  ASSERT_EQ(a.size(), 6u);
  EXPECT_EQ(a[0], Json(1));
  EXPECT_EQ(a[1].integer(), -2);
  EXPECT_DOUBLE_EQ(a[2].number(), 1.5);
  EXPECT_EQ(a[3].string(), "xé");
  EXPECT_TRUE(a[4].boolean());
  EXPECT_TRUE(a[5].is_null());
  const Json* c = json->Find("b")->Find("c");
  ASSERT_NE(c, nullptr);
  EXPECT_TRUE(c->is_uint());
  EXPECT_EQ(c->unsigned_integer(), 18446744073709551615u);
  EXPECT_EQ(json->Find("d"), nullptr);
  EXPECT_EQ(a[0].Find("a"), nullptr);
}

TEST(JsonTest, SaysWhereTextIsBad) {
  EXPECT_THAT(ParseError("{\n  \"a\": oops}"), HasSubstr("line 2, column 8"));
  EXPECT_THAT(ParseError(""), HasSubstr("line 1"));
  EXPECT_THAT(ParseError("[1] 2"), HasSubstr("line 1, column 5"));
  EXPECT_THAT(ParseError("\"\xff\""), HasSubstr("UTF-8"));
  EXPECT_THAT(ParseError(R"({"a": 1, "a": 2})"), HasSubstr("the key \"a\" is there twice"));
}

TEST(JsonTest, BoundsNesting) {
  EXPECT_EQ(ParseError(std::string(200, '[') + std::string(200, ']')), "parsed");
  EXPECT_THAT(ParseError(std::string(201, '[') + std::string(201, ']')), HasSubstr("nested deeper than 200"));
  EXPECT_THAT(ParseError(std::string(1'000'000, '[')), HasSubstr("nested deeper than 200"));
}

TEST(JsonTest, WritesInOrderAndReadsItBack) {
  const Json json(Object{{"z", Json(1)}, {"a", Json(Array{Json("\"\n"), Json(0.1), Json(true), Json()})}});
  EXPECT_EQ(Write(json), R"({"z":1,"a":["\"\n",0.1,true,null]})");
  EXPECT_EQ(*Parse(Write(json, 2)), json);
  EXPECT_EQ(Write(Json(std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(Write(Json("\xff")), "\"\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace earshot::json
