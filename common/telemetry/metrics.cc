#include "common/telemetry/metrics.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

#include "fmt/format.h"
#include "prometheus/collectable.h"
#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"

namespace earshot::telemetry {
namespace {

constexpr std::array kLatencyBuckets = {0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.001, 0.002, 0.005, 0.01,
                                        0.025,   0.05,    0.1,    0.25,   0.5,    1.0,   2.5,   5.0,   10.0};

[[noreturn]] void AbortOnBug(const std::string& what) {
  std::fprintf(stderr, "earshot: bug in metrics: %s\n", what.c_str());
  std::abort();
}

template <typename Handle>
struct PrometheusType;
template <>
struct PrometheusType<Counter> {
  using Metric = prometheus::Counter;
  static constexpr std::string_view kName = "counter";
  static constexpr auto kType = prometheus::MetricType::Counter;
};
template <>
struct PrometheusType<Gauge> {
  using Metric = prometheus::Gauge;
  static constexpr std::string_view kName = "gauge";
  static constexpr auto kType = prometheus::MetricType::Gauge;
};
template <>
struct PrometheusType<Histogram> {
  using Metric = prometheus::Histogram;
  static constexpr std::string_view kName = "histogram";
  static constexpr auto kType = prometheus::MetricType::Histogram;
};

}  // namespace

void Counter::Increment(double by) const {
  if (counter_ != nullptr) counter_->Increment(by);
}

double Counter::Value() const { return counter_ == nullptr ? 0 : counter_->Value(); }

void Gauge::Set(double value) const {
  if (gauge_ != nullptr) gauge_->Set(value);
}

void Gauge::Increment(double by) const {
  if (gauge_ != nullptr) gauge_->Increment(by);
}

void Gauge::Decrement(double by) const {
  if (gauge_ != nullptr) gauge_->Decrement(by);
}

double Gauge::Value() const { return gauge_ == nullptr ? 0 : gauge_->Value(); }

void Histogram::Observe(double value) const {
  if (histogram_ != nullptr) histogram_->Observe(value);
}

std::span<const double> LatencyBuckets() { return kLatencyBuckets; }

// The series of a family, found by the values of their labels; prometheus-cpp itself is slow at that and wants
// a map of strings for it.
template <typename Handle>
class Family<Handle>::Series {
 public:
  using Metric = typename PrometheusType<Handle>::Metric;

  Series(prometheus::Family<Metric>& family, std::vector<std::string> labels, std::span<const double> buckets)
      : family_(family), labels_(std::move(labels)), buckets_(buckets.begin(), buckets.end()) {}

  Handle At(std::initializer_list<std::string_view> values) {
    if (values.size() != labels_.size()) {
      AbortOnBug(fmt::format("{} has {} labels, not {}", family_.GetName(), labels_.size(), values.size()));
    }
    std::string key;
    for (std::string_view value : values) {
      key.append(value);
      key.push_back('\0');
    }
    std::lock_guard lock(mutex_);
    auto [it, added] = by_values_.try_emplace(std::move(key));
    if (added) it->second = Handle(&Add(values));
    return it->second;
  }

 private:
  Metric& Add(std::initializer_list<std::string_view> values) {
    prometheus::Labels labels;
    auto label = labels_.begin();
    for (std::string_view value : values) labels.emplace(*label++, value);
    if constexpr (std::is_same_v<Metric, prometheus::Histogram>) {
      return family_.Add(labels, buckets_);
    } else {
      return family_.Add(labels);
    }
  }

  prometheus::Family<Metric>& family_;
  const std::vector<std::string> labels_;
  const prometheus::Histogram::BucketBoundaries buckets_;
  std::mutex mutex_;
  std::map<std::string, Handle> by_values_;
};

template <typename Handle>
Handle Family<Handle>::At(std::initializer_list<std::string_view> label_values) const {
  return series_ == nullptr ? Handle() : series_->At(label_values);
}

template class Family<Counter>;
template class Family<Gauge>;
template class Family<Histogram>;

// What prometheus-cpp collects, and in addition the families that have no series yet, which it leaves out.
class Metrics::Registry : public prometheus::Collectable {
 public:
  template <typename Handle>
  Family<Handle> Add(std::string_view name, std::string_view help, LabelNames labels, std::span<const double> buckets) {
    using Type = PrometheusType<Handle>;
    std::lock_guard lock(mutex_);
    const MetricDescription described{
        std::string(name), std::string(Type::kName), std::string(help), {labels.begin(), labels.end()}};
    auto [it, added] = entries_.try_emplace(described.name);
    Entry& entry = it->second;
    if (!added) CheckSame(entry.description, described);
    std::shared_ptr<void>& known = entry.series[described.labels];
    if (known != nullptr) return Family<Handle>(std::static_pointer_cast<typename Family<Handle>::Series>(known));
    auto& family = prometheus::detail::Builder<typename Type::Metric>()
                       .Name(described.name)
                       .Help(described.help)
                       .Register(registry_);
    auto series = std::make_shared<typename Family<Handle>::Series>(family, described.labels, buckets);
    known = series;
    if (added) {
      entry.description = described;
      entry.type = Type::kType;
    }
    return Family<Handle>(std::move(series));
  }

  std::vector<MetricDescription> Describe() const {
    std::lock_guard lock(mutex_);
    std::vector<MetricDescription> all;
    for (const auto& [name, entry] : entries_) all.push_back(entry.description);
    return all;
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> families = registry_.Collect();
    std::set<std::string> seen;
    for (const auto& family : families) seen.insert(family.name);
    std::lock_guard lock(mutex_);
    for (const auto& [name, entry] : entries_) {
      if (!seen.contains(name)) families.push_back({name, entry.description.help, entry.type, {}});
    }
    return families;
  }

 private:
  struct Entry {
    MetricDescription description;
    prometheus::MetricType type = prometheus::MetricType::Untyped;
    // By the names of their labels.
    std::map<std::vector<std::string>, std::shared_ptr<void>> series;
  };

  static void CheckSame(const MetricDescription& old, const MetricDescription& now) {
    if (old.type == now.type) return;
    AbortOnBug(fmt::format("{} was added as a {} and again as a {}", old.name, old.type, now.type));
  }

  mutable std::mutex mutex_;
  prometheus::Registry registry_;
  std::map<std::string, Entry> entries_;
};

Metrics::Metrics() : registry_(std::make_shared<Registry>()) {
  AddGaugeFamily("earshot_build_info", "Always 1; its label says what runs.", {"version"}).At({EARSHOT_VERSION}).Set(1);
}

Metrics::~Metrics() = default;

Counter Metrics::AddCounter(std::string_view name, std::string_view help) {
  return AddCounterFamily(name, help, {}).At({});
}

Gauge Metrics::AddGauge(std::string_view name, std::string_view help) { return AddGaugeFamily(name, help, {}).At({}); }

Histogram Metrics::AddHistogram(std::string_view name, std::string_view help, std::span<const double> buckets) {
  return AddHistogramFamily(name, help, {}, buckets).At({});
}

CounterFamily Metrics::AddCounterFamily(std::string_view name, std::string_view help, LabelNames labels) {
  return registry_->Add<Counter>(name, help, labels, {});
}

GaugeFamily Metrics::AddGaugeFamily(std::string_view name, std::string_view help, LabelNames labels) {
  return registry_->Add<Gauge>(name, help, labels, {});
}

HistogramFamily Metrics::AddHistogramFamily(std::string_view name, std::string_view help, LabelNames labels,
                                            std::span<const double> buckets) {
  return registry_->Add<Histogram>(name, help, labels, buckets);
}

std::vector<MetricDescription> Metrics::Describe() const { return registry_->Describe(); }

std::string Metrics::Expose() const { return prometheus::TextSerializer().Serialize(registry_->Collect()); }

std::shared_ptr<prometheus::Collectable> Metrics::collectable() const { return registry_; }

}  // namespace earshot::telemetry
