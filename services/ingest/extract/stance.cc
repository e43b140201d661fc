#include "services/ingest/extract/stance.h"

#include <algorithm>
#include <array>

namespace earshot::extract {
namespace {

// Verbs that tell what was: an expectation before them does not reach what stands behind.
bool IsPastVerb(std::string_view word) {
  constexpr std::array<std::string_view, 14> kVerbs = {"was",     "were",      "grew",      "rose",     "fell",
                                                       "came in", "delivered", "generated", "reported", "posted",
                                                       "was up",  "was down",  "were up",   "has grown"};
  return std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end();
}

bool IsBoundary(const Reading& reading, size_t i) {
  return reading.items[i].type == ItemType::kBreak || reading.IsCue(i, Cue::kClause) || reading.IsCue(i, Cue::kBut);
}

struct StanceCues {
  bool expect = false;
  bool will = false;
  bool we_will = false;
  bool plan = false;
  bool might = false;
};

// "we will"
bool SaidOfUs(const Reading& reading, size_t will) {
  if (reading.Text(reading.items[will]).starts_with("we")) return true;
  if (will == 0) return false;
  const std::string_view before = reading.Text(reading.items[will - 1]);
  return before == "we" || before == "We" || before == "我们";
}

StanceCues CuesBefore(const Reading& reading, size_t at) {
  StanceCues cues;
  bool same_phrase = true;
  for (size_t i = at; i-- > 0;) {
    if (IsBoundary(reading, i)) break;
    const Item& item = reading.items[i];
    if (item.type == ItemType::kCue && IsPastVerb(reading.Text(item))) break;
    same_phrase = same_phrase && item.type != ItemType::kComma;
    if (item.type != ItemType::kCue) continue;
    cues.expect |= item.cue == Cue::kExpect;
    cues.will |= item.cue == Cue::kWill;
    cues.we_will |= item.cue == Cue::kWill && SaidOfUs(reading, i);
    cues.plan |= item.cue == Cue::kPlan;
    cues.might |= item.cue == Cue::kMight && same_phrase;
  }
  return cues;
}

// "…, or 5% growth, is our outlook": said behind it, before anything else.
bool ExpectedBehind(const Reading& reading, size_t at) {
  constexpr size_t kReach = 4;
  for (size_t i = at + 1; i < reading.items.size() && i <= at + kReach; ++i) {
    if (IsBoundary(reading, i) || reading.items[i].type == ItemType::kFigure || reading.IsCue(i, Cue::kReason))
      return false;
    if (reading.items[i].type == ItemType::kComma || reading.IsCue(i, Cue::kAnd)) return false;
    if (reading.IsCue(i, Cue::kExpect)) return true;
  }
  return false;
}

// The time that belongs to the item: behind it with nothing between but its noun, else the nearest before it.
std::optional<size_t> TimeBehind(const Reading& reading, size_t at) {
  for (size_t i = at + 1; i < reading.items.size(); ++i) {
    const Item& item = reading.items[i];
    if (item.type == ItemType::kTime) return i;
    if (item.type == ItemType::kFigure || item.type == ItemType::kComma || IsBoundary(reading, i)) return std::nullopt;
    if (reading.IsCue(i, Cue::kReason) || reading.IsCue(i, Cue::kWhich)) return std::nullopt;
  }
  return std::nullopt;
}

// A time right behind an earlier figure belongs to that one.
bool BelongsToFigureBefore(const Reading& reading, size_t time) {
  for (size_t i = time; i-- > 0;) {
    const Item& item = reading.items[i];
    if (item.type == ItemType::kFigure) return true;
    const bool link = reading.IsCue(i, Cue::kIn) || reading.IsCue(i, Cue::kFrom) || reading.IsCue(i, Cue::kGlue) ||
                      reading.IsCue(i, Cue::kCompare) || reading.IsCue(i, Cue::kOf);
    if (!link) return false;
  }
  return false;
}

// 上个季度的319亿, "last quarter's 31.9 billion"
std::optional<size_t> TimeBeside(const Reading& reading, size_t at) {
  for (size_t i = at; i-- > 0;) {
    if (reading.items[i].type == ItemType::kTime) return i;
    if (!reading.IsCue(i, Cue::kGlue)) return std::nullopt;
  }
  return std::nullopt;
}

// What is expected of a quarter that has been is expected of the next one of that name: "for the March quarter".
std::optional<fiscal::Period> NextOccurrence(const fiscal::Period& period, const CallTime& call) {
  if (period.kind != fiscal::Period::Kind::kTerm || !period.first.is_quarter() || !call.Quarter()) return std::nullopt;
  if (period.first >= *call.Quarter()) return std::nullopt;
  return TermPeriod({period.first.year + 1, period.first.quarter});
}

bool IsComparison(const Reading& reading, size_t time, v1::Kind kind) {
  const bool change = kind == v1::KIND_GROWTH || kind == v1::KIND_DELTA || kind == v1::KIND_MULTIPLE;
  if (change && IsComparedWith(reading, time)) return true;
  const TimeRelation relation = reading.times[reading.items[time].index].relation;
  const bool prior = relation == TimeRelation::kPriorYear || relation == TimeRelation::kPriorQuarter;
  if (!prior) return reading.IsCue(time - 1, Cue::kFrom) && time > 0;
  if (kind == v1::KIND_GROWTH || kind == v1::KIND_DELTA || kind == v1::KIND_MULTIPLE) return true;
  return time > 0 && reading.IsCue(time - 1, Cue::kFrom);
}

std::optional<size_t> TimeBefore(const Reading& reading, size_t at, v1::Kind kind) {
  for (size_t i = at; i-- > 0;) {
    if (reading.items[i].type == ItemType::kBreak) return std::nullopt;
    if (reading.items[i].type != ItemType::kTime) continue;
    if (IsComparison(reading, i, kind) || IsComparedWith(reading, i) || BelongsToFigureBefore(reading, i)) continue;
    return i;
  }
  return std::nullopt;
}

// A balance is told for a day, whatever the words: the last one of the term.
fiscal::Period AsDay(const fiscal::Period& period, const CallTime& call) {
  if (period.kind != fiscal::Period::Kind::kTerm) return period;
  return InstantPeriod(call.calendar.LastDay(period.first));
}

fiscal::Period DefaultPeriod(const catalog::Metric& metric, v1::Kind kind, v1::Stance stance, const CallTime& call,
                             const TimeScope& scope, bool compared) {
  if (stance == v1::STANCE_PLAN) return {};
  if (stance == v1::STANCE_GUIDANCE) return scope.future.value_or(fiscal::Period{});
  if (!call.term) return {};
  const bool change = kind == v1::KIND_GROWTH || kind == v1::KIND_DELTA;
  const fiscal::Term before = change ? fiscal::Previous(*call.term) : fiscal::YearAgo(*call.term);
  const fiscal::Period own = TermPeriod(compared ? before : *call.term);
  const bool balance = metric.time == catalog::Time::kBalance && kind == v1::KIND_AMOUNT;
  if (balance && scope.instant && !compared) return *scope.instant;
  return balance ? AsDay(own, call) : own;
}

// "about 10% growth is healthy": a judgement, no fact.
bool IsJudged(const Reading& reading, size_t at) {
  if (reading.items[at].type != ItemType::kFigure || reading.quantities[reading.items[at].index].unit != "percent")
    return false;
  for (size_t i = at + 1; i < reading.items.size(); ++i) {
    const std::string_view text = reading.Text(reading.items[i]);
    if (reading.IsCue(i, Cue::kBe)) return text == "is" || text == "是";
    const bool noun =
        reading.items[i].type == ItemType::kMetric || reading.IsCue(i, Cue::kGlue) || reading.IsCue(i, Cue::kUp);
    if (!noun) return false;
  }
  return false;
}

// 投入3800亿元的计划
bool PlanBehind(const Reading& reading, size_t at) {
  constexpr size_t kReach = 3;
  if (reading.language != Language::kChinese) return false;
  for (size_t i = at + 1; i < reading.items.size() && i <= at + kReach; ++i) {
    if (reading.IsCue(i, Cue::kPlan)) return true;
    if (!reading.IsCue(i, Cue::kGlue)) return false;
  }
  return false;
}

// "our 3 million customers": they are there.
bool IsPossessed(const Reading& reading, size_t at) { return at > 0 && reading.Text(reading.items[at - 1]) == "our"; }

}  // namespace

std::optional<v1::Stance> ReadStance(const Reading& reading, size_t at, const catalog::Metric& metric) {
  const StanceCues cues = CuesBefore(reading, at);
  if (cues.might || IsJudged(reading, at)) return std::nullopt;
  const auto behind = TimeBehind(reading, at);
  const bool future = behind && reading.times[reading.items[*behind].index].relation == TimeRelation::kFuture;
  if (IsPossessed(reading, at) && metric.measure == catalog::Measure::kCount) return v1::STANCE_ACTUAL;
  if (metric.is_spending && PlanBehind(reading, at)) return v1::STANCE_PLAN;
  if (metric.is_spending && (cues.plan || (cues.we_will && !cues.expect) || (future && !cues.expect && !cues.will)))
    return v1::STANCE_PLAN;
  if (cues.expect || cues.will || future || ExpectedBehind(reading, at)) return v1::STANCE_GUIDANCE;
  return v1::STANCE_ACTUAL;
}

PeriodChoice ChoosePeriod(const Reading& reading, size_t at, const catalog::Metric& metric, v1::Kind kind,
                          v1::Stance stance, const CallTime& call, const TimeScope& scope) {
  const bool compared = IsCompared(reading, at) && kind != v1::KIND_MULTIPLE && kind != v1::KIND_STATE;
  auto time = TimeBeside(reading, at);
  if (!time) time = TimeBehind(reading, at);
  if (time && !compared && *time > at && IsComparison(reading, *time, kind)) time.reset();
  if (!time) time = TimeBefore(reading, at, kind);
  if (time && compared && *time < at && time != TimeBeside(reading, at)) time.reset();
  if (time && stance != v1::STANCE_ACTUAL) {
    const TimeRelation relation = reading.times[reading.items[*time].index].relation;
    const fiscal::Period& period = reading.times[reading.items[*time].index].period;
    if (auto ahead = NextOccurrence(period, call)) return {*ahead, true};
    if (relation == TimeRelation::kOther || relation == TimeRelation::kPriorQuarter ||
        relation == TimeRelation::kPriorYear)
      time.reset();
  }
  if (time && stance == v1::STANCE_ACTUAL &&
      reading.times[reading.items[*time].index].relation == TimeRelation::kFuture) {
    time.reset();  // a term that is still to run: "authorised until March 2027"
  }
  if (!time) return {DefaultPeriod(metric, kind, stance, call, scope, compared), false};
  fiscal::Period period = reading.times[reading.items[*time].index].period;
  if (metric.time == catalog::Time::kBalance && kind == v1::KIND_AMOUNT) period = AsDay(period, call);
  return {period, true};
}

void Advance(const Reading& reading, TimeScope& scope) {
  for (const TimePhrase& time : reading.times) {
    if (time.period.kind == fiscal::Period::Kind::kInstant) scope.instant = time.period;
    if (time.relation == TimeRelation::kFuture) scope.future = time.period;
  }
}

}  // namespace earshot::extract
