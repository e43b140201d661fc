// What has been observed of one company, and how an observation looks back on it.
#pragma once

#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_map.h"
#include "common/fiscal/period.h"
#include "earshot/v1/call.pb.h"
#include "earshot/v1/observation.pb.h"
#include "services/rules/engine/lineage.h"

namespace earshot::rule_engine {

// When a call was, as far as is known: by date, else by its fiscal period.
struct CallTime {
  std::string date;
  std::optional<fiscal::Term> term;

  static CallTime Of(std::string_view date, std::string_view fiscal_period);
  // Whether `a` was surely before `b`.
  static bool Before(const CallTime& a, const CallTime& b);
};

// One remembered observation.
struct Remembered {
  v1::Observation observation;
  fiscal::Period period;  // of the observation; open where it is none
  std::string call;       // `calls/{call}`
  int64_t order = 0;      // place in the log
};

// Not thread-safe. Pointers to remembered observations are good until the next change.
class History {
 public:
  // Bytes of observations that are kept, so that a snapshot fits into a record of the log. What is older goes first,
  // by whole calls: which those are is a function of what was added.
  static constexpr size_t kMaxBytes = 640'000;

  // When a call was, as last told; before the first Add of the call.
  void SetTime(std::string_view call, CallTime time);
  const CallTime& TimeOf(std::string_view call) const;

  // `observation` is named `calls/{call}/observations/{observation}`.
  void Add(const v1::Observation& observation);

  // Forgets what an utterance of a call said.
  void Remove(std::string_view call, int sequence);

  // In the order of the log.
  const std::list<Remembered>& observations() const { return observations_; }

  // Of a metric and segment, in the order of the log.
  const std::vector<const Remembered*>& Series(std::string_view metric, std::string_view segment) const;

  const Remembered* Find(std::string_view name) const;

 private:
  void Forget(std::list<Remembered>::iterator entry);
  void ForgetOldestCall();

  std::list<Remembered> observations_;
  StringMap<StringMap<std::vector<const Remembered*>>> series_;
  StringMap<CallTime> times_;
  int64_t next_order_ = 0;
  size_t bytes_ = 0;
};

// What `previous`, `year_ago`, `plan`, `guidance` and `history` are for one observation; each is looked up when first
// asked for.
//
// previous, year_ago, history: same metric, segment, kind, basis, adjustment and unit, stance ACTUAL, a period of the
// same length before. plan, guidance: same metric, segment, kind and unit, a period that covers the observation's or
// else one that is later; for what is itself such a statement, that of an earlier call. Only what was said in this call
// or before it counts. Of several for one period: of the
// segment itself rather than of one it carries on, said by management rather than by others, in the original rather
// than in a translation, then the latest said.
// Not thread-safe.
class LookBack {
 public:
  // All have to outlive it.
  LookBack(const v1::Observation& observation, const v1::Call& call, const History& history, const Lineage& lineage);

  // Null where there is none.
  const v1::Observation* Previous();
  const v1::Observation* YearAgo();
  const v1::Observation* Plan();
  const v1::Observation* Guidance();
  const std::vector<const v1::Observation*>& Priors();

 private:
  struct Candidate {
    const Remembered* remembered = nullptr;
    size_t lineage = 0;  // 0: of the segment itself
  };
  std::vector<Candidate> Said(v1::Stance stance) const;
  std::vector<Candidate> SaidOfSeries() const;
  bool IsBetter(const Candidate& a, const Candidate& b) const;
  const v1::Observation* FindStatement(v1::Stance stance) const;

  const v1::Observation& observation_;
  const History& history_;
  fiscal::Period period_;
  CallTime time_;
  std::vector<std::string_view> segments_;  // its own, then those it carries on
  std::optional<std::vector<const v1::Observation*>> priors_;
  std::optional<const v1::Observation*> year_ago_, plan_, guidance_;
};

}  // namespace earshot::rule_engine
