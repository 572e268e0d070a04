#include "kernel/telemetry/telemetry.hpp"

#include <prometheus/collectable.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>
#include <limits>
#include <map>
#include <mutex>

namespace mainstay::telemetry {
namespace {

prometheus::Histogram::BucketBoundaries const latency_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                              0.1,    0.25,  0.5,    1,     2.5,  10};

prometheus::MetricFamily family_of(Sample const& sample) {
    prometheus::MetricFamily family;
    family.name = sample.name;
    family.help = sample.help;
    switch (sample.type) {
        case Sample::Type::counter: family.type = prometheus::MetricType::Counter; break;
        case Sample::Type::gauge: family.type = prometheus::MetricType::Gauge; break;
        case Sample::Type::histogram: family.type = prometheus::MetricType::Histogram; break;
    }
    return family;
}

prometheus::ClientMetric::Histogram histogram_of(Distribution const& distribution) {
    prometheus::ClientMetric::Histogram histogram;
    histogram.sample_sum = distribution.sum;
    for (std::size_t i = 0; i < distribution.counts.size(); ++i) {
        histogram.sample_count += distribution.counts[i];
        double const bound =
            i < distribution.bounds.size() ? distribution.bounds[i] : std::numeric_limits<double>::infinity();
        histogram.bucket.push_back({histogram.sample_count, bound});
    }
    return histogram;
}

prometheus::ClientMetric metric_of(Sample const& sample) {
    prometheus::ClientMetric metric;
    for (Label const& label : sample.labels) metric.label.push_back({label.name, label.value});
    switch (sample.type) {
        case Sample::Type::counter: metric.counter.value = sample.value; break;
        case Sample::Type::gauge: metric.gauge.value = sample.value; break;
        case Sample::Type::histogram: metric.histogram = histogram_of(sample.distribution); break;
    }
    return metric;
}

}  // namespace

struct Metrics::State {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Histogram>* latency = nullptr;
    mutable std::mutex mutex;
    std::vector<std::function<std::vector<Sample>()>> sources;
    std::map<std::string, std::map<int, prometheus::Histogram*>, std::less<>> histograms;  // by endpoint and status
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
    state_->latency = &prometheus::BuildHistogram()
                           .Name("mainstay_request_seconds")
                           .Help("Time from a request's head to its reply, by operation and status")
                           .Register(state_->registry);
}
Metrics::~Metrics() = default;

void Metrics::add(std::function<std::vector<Sample>()> source) {
    std::lock_guard const lock(state_->mutex);
    state_->sources.push_back(std::move(source));
}

void Metrics::observe_request(std::string_view endpoint, int status, double seconds) {
    prometheus::Histogram* histogram = nullptr;
    {
        std::lock_guard const lock(state_->mutex);
        auto of_endpoint = state_->histograms.find(endpoint);
        if (of_endpoint == state_->histograms.end())
            of_endpoint = state_->histograms.try_emplace(std::string(endpoint)).first;
        prometheus::Histogram*& kept = of_endpoint->second[status];
        if (kept == nullptr)
            kept = &state_->latency->Add({{"operation", std::string(endpoint)}, {"status", std::to_string(status)}},
                                         latency_buckets);
        histogram = kept;
    }
    histogram->Observe(seconds);
}

std::string Metrics::text() const {
    auto families = state_->registry.Collect();
    std::map<std::string, prometheus::MetricFamily> by_name;
    std::vector<std::function<std::vector<Sample>()>> sources;
    {
        std::lock_guard const lock(state_->mutex);
        sources = state_->sources;
    }
    for (auto const& source : sources) {
        for (Sample const& sample : source()) {
            auto& family = by_name.try_emplace(sample.name, family_of(sample)).first->second;
            family.metric.push_back(metric_of(sample));
        }
    }
    for (auto& [name, family] : by_name) families.push_back(std::move(family));
    return prometheus::TextSerializer().Serialize(families);
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total_pages = 0, resident_pages = 0;
    statm >> total_pages >> resident_pages;
    return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace mainstay::telemetry
