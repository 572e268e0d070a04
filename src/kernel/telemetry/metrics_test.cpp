#include "kernel/telemetry/telemetry.hpp"

#include <gmock/gmock.h>

namespace mainstay::telemetry {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, ADistributionIsToldAsBucketsThatHoldThoseBelowThem) {
    Metrics metrics;
    metrics.add([] {
        Sample sample{"run_seconds", "Time", Sample::Type::histogram, 0, {{"kind", "a"}}};
        sample.distribution = {{0.5, 2}, {3, 0, 4}, 99.5};
        return std::vector{sample};
    });
    EXPECT_THAT(metrics.text(), HasSubstr(R"(# TYPE run_seconds histogram
run_seconds_count{kind="a"} 7
run_seconds_sum{kind="a"} 99.5
run_seconds_bucket{kind="a",le="0.5"} 3
run_seconds_bucket{kind="a",le="2"} 3
run_seconds_bucket{kind="a",le="+Inf"} 7
)"));
}

TEST(Metrics, ARequestIsObservedWhileASourceTakesItsTime) {
    Metrics metrics;
    metrics.add([&metrics] {
        metrics.observe_request("read_job", 200, 0.25);
        return std::vector<Sample>{};
    });
    metrics.text();
    EXPECT_THAT(metrics.text(), HasSubstr("operation=\"read_job\""));
}

}  // namespace
}  // namespace mainstay::telemetry
