// The rules service on the embedded log: what it publishes, keeps, and takes up again.
#include "services/rules/app.h"

#include <functional>
#include <map>
#include <optional>

#include "absl/time/clock.h"
#include "common/eventlog/embedded_backend.h"
#include "common/rpc/error_details.h"
#include "common/wire/record.h"
#include "common/wire/topics.h"
#include "gmock/gmock.h"
#include "services/rules/activator.h"
#include "services/rules/checkpoint.h"
#include "services/rules/engine/engine.h"
#include "services/rules/engine/test_events.h"
#include "services/rules/faulty_log.h"
#include "services/rules/topic_reader.h"

namespace earshot::rules {
namespace {

using rule_engine::Amount;
using rule_engine::EventMaker;
using rule_engine::Growth;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr absl::Duration kNever = absl::Hours(24);

v1::RuleFile FileOf(const std::string& rules) { return rule_engine::SetOf(rules).files(0); }

const std::string kBig = "- {alert: Big, match: {metric: capex}, when: 'o.value > 10.0', labels: {severity: info}}";
const std::string kSlower = "- {alert: Slower, match: {metric: revenue}, when: o.value < previous.value}";

// One log, and instances of the service that come and go on it.
class RulesAppTest : public testing::Test {
 protected:
  RulesAppTest() : catalog_(*catalog::Catalog::Parse({{"metrics.yaml", kMetrics}})) {
    EXPECT_TRUE(log().EnsureTopics(wire::AllTopicSpecs()).ok());
    producer_ = *log().NewProducer();
  }

  eventlog::EventLog& log() { return backend_.log(); }

  std::unique_ptr<App> Run(eventlog::EventLog& log, absl::Duration checkpoint_interval = absl::Milliseconds(1)) {
    auto app = App::Create({.checkpoint_interval = checkpoint_interval}, catalog_, log, metrics_);
    EXPECT_TRUE(app.ok()) << app.status();
    const absl::Status started = (*app)->Start();
    EXPECT_TRUE(started.ok()) << started;
    return *std::move(app);
  }

  void Publish(const v1::CallEvent& event) {
    const auto position = producer_->Append(wire::EncodeCallEvent(event));
    ASSERT_TRUE(position.ok()) << position.status();
  }

  std::vector<eventlog::Record> Records(std::string_view topic, int partition = 0) {
    std::vector<eventlog::Record> records;
    const absl::Status status = ReadToEnd(log(), {std::string(topic), partition}, 0, [&](const auto& record) {
      records.push_back(record);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return records;
  }

  std::vector<v1::Alert> Alerts() {
    std::vector<v1::Alert> alerts;
    for (const eventlog::Record& record : Records(wire::kAlerts.name)) alerts.push_back(*wire::DecodeAlert(record));
    return alerts;
  }

  // Alerts as a desk counts them: by name; each with the condition that raised it.
  std::map<std::string, std::string> Raised() {
    std::map<std::string, std::string> raised;
    for (const v1::Alert& alert : Alerts()) raised.emplace(alert.name(), alert.condition());
    return raised;
  }

  bool Await(const std::function<bool()>& done) {
    const absl::Time deadline = absl::Now() + kPatience;
    while (!done()) {
      if (absl::Now() > deadline) return false;
      absl::SleepFor(absl::Milliseconds(2));
    }
    return true;
  }

  bool AwaitAlerts(size_t count) {
    return Await([&] { return Raised().size() >= count; });
  }

  // The position of the last checkpoint of the partition that holds a company.
  int64_t CheckpointedOffset(const std::string& company) {
    const int partition = eventlog::PartitionOf(company, wire::kCallEvents.partitions);
    int64_t offset = -1;
    for (const eventlog::Record& record : Records(wire::kRulesState.name, partition)) {
      if (record.value && record.key->starts_with('/')) {
        offset = std::max(offset, wire::DecodeCompanyState(record)->applied_offset());
      }
    }
    return offset;
  }

  bool AwaitCheckpoint(const std::string& company) {
    const int partition = eventlog::PartitionOf(company, wire::kCallEvents.partitions);
    const int64_t end = log().Offsets({std::string(wire::kCallEvents.name), partition})->end;
    return Await([&] { return CheckpointedOffset(company) == end - 1; });
  }

  static constexpr char kMetrics[] = R"(metrics:
  - {id: capex, description: Capital expenditure., measure: money, aliases: {en: [capex]}}
  - {id: revenue, description: Revenue., measure: money, aliases: {en: [revenue]}}
)";

  eventlog::EmbeddedBackend backend_;
  telemetry::Metrics metrics_;
  catalog::Catalog catalog_;
  std::unique_ptr<eventlog::Producer> producer_;
  const EventMaker q4_{"ACME", "FY2025Q4", "2026-02-01"};
  const EventMaker q3_{"ACME", "FY2025Q3", "2025-11-01"};
};

TEST_F(RulesAppTest, PublishesWhatTheRulesDecide) {
  const auto app = Run(log());
  const auto applied = app->ApplyRuleSet({FileOf(kBig)});
  ASSERT_TRUE(applied.ok()) << applied.status();
  EXPECT_EQ(applied->rule_count, 1);
  EXPECT_FALSE(applied->unchanged);
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
  Publish(q4_.Event(2, {Amount("capex", "FY2025Q4", 20)}));
  ASSERT_TRUE(AwaitAlerts(1));
  ASSERT_TRUE(AwaitCheckpoint("ACME"));
  ASSERT_THAT(Alerts(), SizeIs(1));
  EXPECT_EQ(Alerts()[0].rule(), "rules/Big");
  EXPECT_TRUE(Alerts()[0].times().has_evaluate_time());
  const std::string exposed = metrics_.Expose();
  for (const char* line :
       {"earshot_alerts_total{severity=\"info\",state=\"firing\"} 1",
        "earshot_rule_evaluations_total{outcome=\"held\"} 1", "earshot_rule_evaluations_total{outcome=\"repeated\"} 1",
        "earshot_rules_events_total{disposition=\"applied\"} 2", "earshot_rules_loaded 1",
        "earshot_config_last_reload_successful 1"}) {
    EXPECT_THAT(exposed, HasSubstr(line));
  }
}

TEST_F(RulesAppTest, TheSameSetAgainChangesNothing) {
  auto app = Run(log());
  ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig)}).ok());
  EXPECT_TRUE(app->ApplyRuleSet({FileOf(kBig)})->unchanged);
  app->Stop();
  app.reset();
  app = Run(log());
  EXPECT_TRUE(app->ApplyRuleSet({FileOf(kBig)})->unchanged);
  for (int partition = 0; partition < wire::kCallEvents.partitions; ++partition) {
    EXPECT_THAT(Records(wire::kCallEvents.name, partition), SizeIs(1));
  }
  EXPECT_FALSE(app->ApplyRuleSet({FileOf(kSlower)})->unchanged);
  EXPECT_FALSE(app->ApplyRuleSet({FileOf(kBig)})->unchanged);
}

TEST_F(RulesAppTest, BadFilesAreRefusedWhole) {
  const auto app = Run(log());
  ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig)}).ok());
  v1::RuleFile bad = FileOf("- {alert: A, match: {metric: capx}, when: o.valu > 1.0}");
  bad.set_path("bad.yaml");
  const absl::Status status = app->ApplyRuleSet({FileOf(kSlower), bad}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(status), HasSubstr("2 problems in the rule files:\nbad.yaml:4:36: unknown metric 'capx', did you "
                                         "mean 'capex'?\n"));
  EXPECT_EQ(rpc::ErrorInfoOf(status).reason(), "RULE_SET_INVALID");
  ASSERT_EQ(rpc::BadRequestOf(status).field_violations_size(), 2);
  EXPECT_EQ(rpc::BadRequestOf(status).field_violations(0).field(), "files[1].content");
  EXPECT_THAT(metrics_.Expose(), HasSubstr("earshot_config_last_reload_successful 0"));
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
  EXPECT_TRUE(AwaitAlerts(1));
  EXPECT_EQ(app->ApplyRuleSet({}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(RulesAppTest, GoesOnWhereItsPredecessorStopped) {
  auto app = Run(log());
  ASSERT_TRUE(app->ApplyRuleSet({FileOf(kSlower)}).ok());
  Publish(q3_.Event(1, {Growth("revenue", "FY2025Q3", 9)}));
  ASSERT_TRUE(AwaitCheckpoint("ACME"));
  app->Stop();
  app.reset();
  app = Run(log());
  Publish(q4_.Event(1, {Growth("revenue", "FY2025Q4", 8)}));
  ASSERT_TRUE(AwaitAlerts(1));
  EXPECT_EQ(Alerts()[0].operands(1).number(), 9);
  ASSERT_TRUE(AwaitCheckpoint("ACME"));
  std::set<std::string> keys;
  for (const auto& record : Records(wire::kRulesState.name, eventlog::PartitionOf("ACME", 8))) {
    if (record.value && record.key->starts_with("ACME/")) keys.insert(*record.key);
  }
  EXPECT_THAT(keys, SizeIs(1)) << "the snapshot of the predecessor is deleted";
}

// Killed between alerts and snapshot, with another set applied meanwhile: decided again by the set of that time.
TEST_F(RulesAppTest, ACrashBeforeTheSnapshotChangesNoAlert) {
  FaultyLog faulty(log());
  {
    const auto app = Run(faulty, kNever);
    ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig)}).ok());
    Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20), Growth("revenue", "FY2025Q4", 8)}));
    ASSERT_TRUE(AwaitAlerts(1));
    const auto activator = *Activator::Create(log(), Clock::System());
    v1::RuleSet other =
        rule_engine::SetOf("- {alert: Big, match: {metric: capex}, when: 'o.value > 15.0'}", "ruleSets/b");
    ASSERT_TRUE(activator->Activate(other).ok());
    Publish(q4_.Event(2, {Amount("capex", "FY2025Q1", 12)}));
    Publish(q4_.Event(3, {Amount("capex", "FY2025Q2", 17)}));
    ASSERT_TRUE(AwaitAlerts(2));
    faulty.Refuse(wire::kRulesState.name);
    app->Stop();
  }
  const auto before = Raised();
  EXPECT_EQ(CheckpointedOffset("ACME"), -1);
  const auto app = Run(log());
  ASSERT_TRUE(AwaitCheckpoint("ACME"));
  EXPECT_EQ(Raised(), before);
  EXPECT_THAT(Alerts(), SizeIs(4)) << "each published again, under the same name";
  std::vector<std::string> conditions;
  for (const auto& [name, condition] : before) conditions.push_back(condition);
  EXPECT_THAT(conditions, testing::UnorderedElementsAre("o.value > 10.0", "o.value > 15.0"));
}

// The alert was decided, but the log took it only after the restart.
TEST_F(RulesAppTest, ACrashBeforeTheAlertLosesNone) {
  FaultyLog faulty(log());
  {
    const auto app = Run(faulty);
    ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig)}).ok());
    ASSERT_TRUE(AwaitCheckpoint("ACME"));
    faulty.Refuse(wire::kAlerts.name);
    Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
    ASSERT_TRUE(Await([&] { return metrics_.Expose().find("{outcome=\"held\"} 1") != std::string::npos; }));
    app->Stop();
  }
  EXPECT_THAT(Alerts(), IsEmpty());
  const auto app = Run(log());
  EXPECT_TRUE(AwaitAlerts(1));
}

TEST_F(RulesAppTest, SaysSoWhileTheLogDoesNotTakeItsAlerts) {
  FaultyLog faulty(log());
  const auto app = Run(faulty);
  ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig)}).ok());
  faulty.Refuse(wire::kAlerts.name);
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
  ASSERT_TRUE(Await([&] { return !app->Health().ok(); }));
  EXPECT_THAT(Message(app->Health()), HasSubstr("earshot.alerts.v1 is refused"));
  faulty.Allow(wire::kAlerts.name);
  EXPECT_TRUE(AwaitAlerts(1));
  EXPECT_TRUE(Await([&] { return app->Health().ok(); }));
}

// What the group committed is a copy: without a checkpoint, all is decided from the beginning.
TEST_F(RulesAppTest, GoesByItsCheckpointsNotByThePositionOfTheGroup) {
  const auto activator = *Activator::Create(log(), Clock::System());
  ASSERT_TRUE(activator->Activate(rule_engine::SetOf(kBig, "ruleSets/a")).ok());
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
  {
    const auto other = *log().NewConsumer({.group = "rules", .topics = {std::string(wire::kCallEvents.name)}});
    const int partition = eventlog::PartitionOf("ACME", wire::kCallEvents.partitions);
    ASSERT_TRUE(other->Poll(100, kPatience).ok());
    ASSERT_TRUE(other->Commit({{std::string(wire::kCallEvents.name), partition, 2}}).ok());
  }
  const auto app = Run(log());
  Publish(q4_.Event(2, {Amount("capex", "FY2025Q3", 20)}));
  EXPECT_TRUE(AwaitAlerts(2));
}

TEST_F(RulesAppTest, ConflictsAndWhatCannotBeReadGoToTheDeadLetters) {
  const auto app = Run(log());
  ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig)}).ok());
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 5)}));
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
  eventlog::OutgoingRecord broken = wire::EncodeCallEvent(q4_.Event(2, {}));
  broken.value = "\xff\xff\xff";
  ASSERT_TRUE(producer_->Append(broken).ok());
  v1::CallEvent malformed = q4_.Event(3, {Amount("capex", "FY2025Q4", 20)});
  malformed.mutable_observations(0)->set_name("elsewhere");
  Publish(malformed);
  ASSERT_TRUE(producer_->Append({.topic = std::string(wire::kCallEvents.name), .key = "ACME", .value = "x"}).ok());
  Publish(q4_.Event(4, {Amount("capex", "FY2025Q3", 20)}));
  ASSERT_TRUE(AwaitAlerts(1));
  const auto letters = Records(wire::DeadLetterTopic(wire::kCallEvents.name));
  std::vector<std::string> reasons;
  for (const auto& letter : letters) {
    reasons.push_back(*eventlog::FindHeader(letter.headers, "earshot.errors.exception") + ": " +
                      *eventlog::FindHeader(letter.headers, "earshot.errors.message"));
  }
  EXPECT_THAT(reasons, ElementsAre(HasSubstr("ALREADY_EXISTS: calls/acme-fy2025q4/events/1.0 came again"),
                                   HasSubstr("bytes that are no earshot.v1.CallEvent"),
                                   HasSubstr("observation 'elsewhere' is not of the event's call"),
                                   HasSubstr("ce_type '' has no place among call events")));
  EXPECT_NE(eventlog::FindHeader(letters.at(0).headers, "ce_type"), nullptr);
  EXPECT_TRUE(app->Health().ok());
}

// A set that this version cannot use: the partition stands still there, says so, and skips nothing.
TEST_F(RulesAppTest, AnUnusableSetStopsThePartition) {
  const auto activator = *Activator::Create(log(), Clock::System());
  v1::RuleSet future = rule_engine::SetOf("- {alert: A, match: {}, when: newer_than_we_know(o)}", "ruleSets/future");
  auto app = Run(log());
  ASSERT_TRUE(activator->Activate(future).ok());
  Publish(q4_.Event(1, {Amount("capex", "FY2025Q4", 20)}));
  ASSERT_TRUE(Await([&] { return !app->Health().ok(); }));
  EXPECT_THAT(Message(app->Health()), HasSubstr("ruleSets/future cannot be used by this version of Earshot"));
  EXPECT_THAT(metrics_.Expose(), HasSubstr("earshot_config_last_reload_successful 0"));
  app->Stop();
  EXPECT_EQ(CheckpointedOffset("ACME"), -1);
  app = *App::Create({}, catalog_, log(), metrics_);
  EXPECT_EQ(app->Start().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Alerts(), IsEmpty());
}

// Stopped and started at every event, it says what it says undisturbed.
TEST_F(RulesAppTest, RestartedAtEveryEventItSaysTheSame) {
  std::vector<v1::CallEvent> events;
  for (int i = 1; i <= 8; ++i) {
    const std::string period = fmt::format("FY202{}Q{}", 4 + i / 5, (i - 1) % 4 + 1);
    events.push_back(q4_.Event(i, {Growth("revenue", period, (i * 5) % 7), Amount("capex", period, i * 3)}));
  }
  rule_engine::Engine engine;
  rule_engine::Company company{.ticker = "ACME"};
  const auto rules = rule_engine::Compiled(rule_engine::SetOf(kBig + "\n" + kSlower));
  std::map<std::string, std::string> expected;
  for (const v1::CallEvent& event : events) {
    for (const v1::Alert& alert : engine.Apply(event, rules.get(), company).alerts) {
      expected.emplace(alert.name(), alert.condition());
    }
  }
  ASSERT_THAT(expected, SizeIs(testing::Gt(4)));
  for (size_t i = 0; i < events.size(); ++i) {
    const auto app = Run(log(), kNever);
    if (i == 0) {
      ASSERT_TRUE(app->ApplyRuleSet({FileOf(kBig + "\n" + kSlower)}).ok());
    }
    Publish(events[i]);
    app->Stop();
  }
  const auto app = Run(log());
  ASSERT_TRUE(AwaitCheckpoint("ACME"));
  EXPECT_EQ(Raised(), expected);
  EXPECT_THAT(Alerts(), SizeIs(expected.size()));
}

}  // namespace
}  // namespace earshot::rules
