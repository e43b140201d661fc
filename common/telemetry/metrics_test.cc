#include "common/telemetry/metrics.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::telemetry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(MetricsTest, CountsAndExposes) {
  Metrics metrics;
  const Counter counter = metrics.AddCounter("earshot_things_total", "Things.");
  const Gauge gauge = metrics.AddGauge("earshot_queue_length", "Queue.");
  const Histogram histogram = metrics.AddHistogram("earshot_wait_seconds", "Wait.");
  counter.Increment();
  counter.Increment(2);
  gauge.Set(5);
  gauge.Decrement();
  histogram.Observe(absl::Milliseconds(3));
  const std::string text = metrics.Expose();
  EXPECT_THAT(text, HasSubstr("# HELP earshot_things_total Things.\n# TYPE earshot_things_total counter\n"
                              "earshot_things_total 3\n"));
  EXPECT_THAT(text, HasSubstr("earshot_queue_length 4\n"));
  EXPECT_THAT(text, HasSubstr("earshot_wait_seconds_bucket{le=\"0.002\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("earshot_wait_seconds_bucket{le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("earshot_build_info{version=\""));
}

TEST(MetricsTest, FamiliesKeepOneSeriesForEachSetOfLabels) {
  Metrics metrics;
  const CounterFamily family = metrics.AddCounterFamily("earshot_observations_total", "Made.", {"kind", "stance"});
  family.At({"AMOUNT", "ACTUAL"}).Increment();
  family.At({"AMOUNT", "ACTUAL"}).Increment();
  family.At({"AMOUNT", "PLAN"}).Increment();
  EXPECT_EQ(family.At({"AMOUNT", "ACTUAL"}).Value(), 2);
  EXPECT_THAT(metrics.Expose(), HasSubstr("earshot_observations_total{kind=\"AMOUNT\",stance=\"PLAN\"} 1\n"));
}

TEST(MetricsTest, TwoInstancesOfAComponentShareAMetric) {
  Metrics metrics;
  metrics.AddCounter("earshot_things_total", "Things.").Increment();
  EXPECT_EQ(metrics.AddCounter("earshot_things_total", "Things.").Value(), 1);
}

TEST(MetricsTest, TwoComponentsMayLabelAMetricEachInItsOwnWay) {
  Metrics metrics;
  metrics.AddGaugeFamily("earshot_lag", "Lag.", {"topic"}).At({"a"}).Set(1);
  metrics.AddGaugeFamily("earshot_lag", "Lag.", {"group"}).At({"b"}).Set(2);
  EXPECT_THAT(metrics.Expose(), HasSubstr("earshot_lag{topic=\"a\"} 1\n"));
  EXPECT_THAT(metrics.Expose(), HasSubstr("earshot_lag{group=\"b\"} 2\n"));
}

TEST(MetricsTest, DescribesAndExposesWhatHasNoSeriesYet) {
  Metrics metrics;
  metrics.AddHistogramFamily("earshot_wait_seconds", "Wait.", {"stage"});
  const auto all = metrics.Describe();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "earshot_build_info");
  EXPECT_EQ(all[1].name, "earshot_wait_seconds");
  EXPECT_EQ(all[1].type, "histogram");
  EXPECT_THAT(all[1].labels, ElementsAre("stage"));
  EXPECT_THAT(metrics.Expose(), HasSubstr("# TYPE earshot_wait_seconds histogram\n"));
}

TEST(MetricsDeathTest, AnotherTypeUnderTheSameNameIsABug) {
  Metrics metrics;
  metrics.AddCounter("earshot_things_total", "Things.");
  EXPECT_DEATH(metrics.AddGauge("earshot_things_total", "Things."), "added as a counter and again as a gauge");
}

TEST(MetricsTest, ADefaultHandleDoesNothing) {
  Counter().Increment();
  Gauge().Set(1);
  Histogram().Observe(1.0);
  CounterFamily().At({"x"}).Increment();
  EXPECT_EQ(Counter().Value(), 0);
}

}  // namespace
}  // namespace earshot::telemetry
