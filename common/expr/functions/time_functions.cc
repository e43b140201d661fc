#include <array>

#include "common/expr/functions/library.h"
#include "common/expr/time_text.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value SameTime(CallContext&, Arguments a) { return a[0]; }

Value TimestampFromString(CallContext& context, Arguments a) {
  if (const auto at = ParseTimestamp(a[0].text())) return MakeTimestamp(context, at);
  return context.Fail(ErrorKind::kInvalidArgument,
                      fmt::format("{} is no timestamp such as 2025-08-29T12:30:00Z", DebugString(a[0])));
}

Value TimestampFromInt(CallContext& context, Arguments a) {
  return MakeTimestamp(context, SecondsNanos{a[0].int_value(), 0});
}

Value DurationFromString(CallContext& context, Arguments a) {
  if (const auto span = ParseDuration(a[0].text())) return MakeDuration(context, span);
  return context.Fail(ErrorKind::kInvalidArgument,
                      fmt::format("{} is no duration such as 1h30m or 1.5s", DebugString(a[0])));
}

using PickCivil = int64_t (*)(const CivilTime&);

template <PickCivil pick>
Value CivilPart(CallContext& context, Arguments a) {
  const auto civil = ToCivil(a[0].time(), a.size() == 2 ? a[1].text() : "");
  if (civil) return Value::Int(pick(*civil));
  return context.Fail(ErrorKind::kInvalidArgument, fmt::format("unknown time zone {}", DebugString(a[1])));
}

int64_t YearOf(const CivilTime& t) { return t.year; }
int64_t MonthOf(const CivilTime& t) { return t.month - 1; }
int64_t DateOf(const CivilTime& t) { return t.day; }
int64_t DayOfMonthOf(const CivilTime& t) { return t.day - 1; }
int64_t DayOfWeekOf(const CivilTime& t) { return t.weekday; }
int64_t DayOfYearOf(const CivilTime& t) { return t.year_day; }
int64_t HoursOf(const CivilTime& t) { return t.hour; }
int64_t MinutesOf(const CivilTime& t) { return t.minute; }
int64_t SecondsOf(const CivilTime& t) { return t.second; }

Value MillisecondPart(CallContext&, Arguments a) { return Value::Int(a[0].time().nanos / 1'000'000); }

template <int64_t seconds>
Value DurationIn(CallContext&, Arguments a) {
  return Value::Int(a[0].time().seconds / seconds);
}

}  // namespace

void AddTimeFunctions(Environment& env) {
  const Type time = Type::Timestamp();
  const Type span = Type::Duration();
  AddFunction(env, "timestamp", {time}, time, SameTime);
  AddFunction(env, "timestamp", {Type::String()}, time, TimestampFromString);
  AddFunction(env, "timestamp", {Type::Int()}, time, TimestampFromInt);
  AddFunction(env, "duration", {span}, span, SameTime);
  AddFunction(env, "duration", {Type::String()}, span, DurationFromString);

  struct Part {
    std::string_view name;
    FunctionBody call;
  };
  const std::array parts = {
      Part{"getFullYear", CivilPart<YearOf>},       Part{"getMonth", CivilPart<MonthOf>},
      Part{"getDate", CivilPart<DateOf>},           Part{"getDayOfMonth", CivilPart<DayOfMonthOf>},
      Part{"getDayOfWeek", CivilPart<DayOfWeekOf>}, Part{"getDayOfYear", CivilPart<DayOfYearOf>},
      Part{"getHours", CivilPart<HoursOf>},         Part{"getMinutes", CivilPart<MinutesOf>},
      Part{"getSeconds", CivilPart<SecondsOf>},     Part{"getMilliseconds", MillisecondPart},
  };
  for (const Part& part : parts) {
    AddMethod(env, part.name, {time}, Type::Int(), part.call);
    AddMethod(env, part.name, {time, Type::String()}, Type::Int(), part.call);
  }
  AddMethod(env, "getHours", {span}, Type::Int(), DurationIn<3600>);
  AddMethod(env, "getMinutes", {span}, Type::Int(), DurationIn<60>);
  AddMethod(env, "getSeconds", {span}, Type::Int(), DurationIn<1>);
  AddMethod(env, "getMilliseconds", {span}, Type::Int(), MillisecondPart);
}

}  // namespace earshot::expr
