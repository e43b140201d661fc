// Metrics for Prometheus. A component describes its metrics in one class of its own, its probe, and updates them by it:
//
//   class IngestProbe {
//    public:
//     explicit IngestProbe(telemetry::Metrics& metrics)
//         : utterances_(metrics.AddCounter("earshot_utterances_received_total", "Utterances received.")),
//           observations_(metrics.AddCounterFamily("earshot_observations_total", "Observations made.",
//                                                  {"kind", "stance"})) {}
//     void UtteranceReceived() { utterances_.Increment(); }
//     void Observed(std::string_view kind, std::string_view stance) { observations_.At({kind, stance}).Increment(); }
//    private:
//     telemetry::Counter utterances_;
//     telemetry::CounterFamily observations_;
//   };
//
// Names begin with `earshot_`, are in base units (`_seconds`, `_bytes`) and end in `_total` for counters; labels are
// bounded (no rule, company or client). All names are a golden file: tests/acceptance/metric_names.golden.
//
// Handles (Counter, Gauge, Histogram and their families) are small values that stay valid as long as the Metrics they
// come from. A default-constructed handle does nothing. Thread-safe. The only door to prometheus-cpp.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace prometheus {
class Collectable;
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace earshot::telemetry {

class Counter {
 public:
  Counter() = default;
  explicit Counter(prometheus::Counter* counter) : counter_(counter) {}
  void Increment(double by = 1) const;
  double Value() const;

 private:
  prometheus::Counter* counter_ = nullptr;
};

class Gauge {
 public:
  Gauge() = default;
  explicit Gauge(prometheus::Gauge* gauge) : gauge_(gauge) {}
  void Set(double value) const;
  void Increment(double by = 1) const;
  void Decrement(double by = 1) const;
  double Value() const;

 private:
  prometheus::Gauge* gauge_ = nullptr;
};

class Histogram {
 public:
  Histogram() = default;
  explicit Histogram(prometheus::Histogram* histogram) : histogram_(histogram) {}
  void Observe(double value) const;
  // In seconds.
  void Observe(absl::Duration duration) const { Observe(absl::ToDoubleSeconds(duration)); }

 private:
  prometheus::Histogram* histogram_ = nullptr;
};

// Metrics of one name that differ in the values of their labels. At() is a look-up under a lock; where
// that counts, keep what it returns.
template <typename Handle>
class Family {
 public:
  class Series;

  Family() = default;
  explicit Family(std::shared_ptr<Series> series) : series_(std::move(series)) {}
  // One value for each label, in the order in which the family was added. A wrong number of values is a bug: aborts.
  Handle At(std::initializer_list<std::string_view> label_values) const;

 private:
  std::shared_ptr<Series> series_;
};
using CounterFamily = Family<Counter>;
using GaugeFamily = Family<Gauge>;
using HistogramFamily = Family<Histogram>;

// From 10 µs to 10 s.
std::span<const double> LatencyBuckets();

// What a metric is called, for the golden file and for tests.
struct MetricDescription {
  std::string name;
  std::string type;  // counter, gauge, histogram
  std::string help;
  std::vector<std::string> labels;  // as it was added first
};

// A registry. The same name may be added again: two instances of a component share it, and two components that measure
// the same may label it each in its own way. A name that Prometheus does not allow, or one that is added with another
// type, is a bug and aborts.
class Metrics {
 public:
  // Adds `earshot_build_info`.
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  Counter AddCounter(std::string_view name, std::string_view help);
  Gauge AddGauge(std::string_view name, std::string_view help);
  Histogram AddHistogram(std::string_view name, std::string_view help,
                         std::span<const double> buckets = LatencyBuckets());

  using LabelNames = std::initializer_list<std::string_view>;
  CounterFamily AddCounterFamily(std::string_view name, std::string_view help, LabelNames labels);
  GaugeFamily AddGaugeFamily(std::string_view name, std::string_view help, LabelNames labels);
  HistogramFamily AddHistogramFamily(std::string_view name, std::string_view help, LabelNames labels,
                                     std::span<const double> buckets = LatencyBuckets());

  // All metrics that were added, sorted by name, whether or not they have a series yet.
  std::vector<MetricDescription> Describe() const;

  // The text that `/metrics` serves. A family without a series is there with its HELP and TYPE.
  std::string Expose() const;

  // For MetricsServer. Lives as long as somebody holds it.
  std::shared_ptr<prometheus::Collectable> collectable() const;

 private:
  class Registry;
  std::shared_ptr<Registry> registry_;
};

}  // namespace earshot::telemetry
