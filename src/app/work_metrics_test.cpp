#include "app/work_metrics.hpp"

#include "app/work_fixture.hpp"

namespace mainstay::app {
namespace {

double value_of(std::vector<telemetry::Sample> const& samples, std::string const& name,
                std::vector<std::string> const& labels) {
    for (auto const& sample : samples) {
        std::vector<std::string> values;
        for (auto const& label : sample.labels) values.push_back(label.value);
        if (sample.name == name && values == labels) return sample.value;
    }
    return -1;
}

class QueueMetricsTest : public testing::Engines {
protected:
    QueueMetricsTest() {
        auto const all = all_migrations();
        migrate({all});
    }
    void enqueue(flow::JobOptions const& options) {
        database().write(mine, [&](Transaction& tx) { flow::enqueue(tx, Letter{}, options); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, QueueMetricsTest, testing::each_engine(), testing::engine_name);

TEST_P(QueueMetricsTest, TheDepthOfEachQueueIsReadAgainAfterThePauseAndNotBefore) {
    enqueue({.queue = "letters"});
    enqueue({.queue = "letters", .run_at = clock.now() + hours(1)});
    clock.advance(seconds(2));
    QueueMetrics metrics(database(), clock);
    auto samples = metrics.samples();
    EXPECT_EQ(value_of(samples, "mainstay_jobs_queued", {"letters", "due"}), 1);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_queued", {"letters", "later"}), 1);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_queued", {"letters", "running"}), 0);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_oldest_due_seconds", {"letters"}), 2);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_counted_in_part", {}), 0);
    enqueue({.queue = "letters"});
    clock.advance(QueueMetrics::look_pause - microseconds(1));
    EXPECT_EQ(value_of(metrics.samples(), "mainstay_jobs_queued", {"letters", "due"}), 1);
    clock.advance(microseconds(1));
    samples = metrics.samples();
    EXPECT_EQ(value_of(samples, "mainstay_jobs_queued", {"letters", "due"}), 2);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_oldest_due_seconds", {"letters"}), 7);
    EXPECT_EQ(value_of(samples, "mainstay_queue_paused", {"letters"}), 0);
}

TEST_P(QueueMetricsTest, EnginesTellByKindWhatBecameOfWork) {
    flow::Engine engine(database(), clock, {});
    engine.add(flow::job_kind<Letter>([](flow::Context&, Letter const& letter) {
        if (letter.text.empty()) throw flow::Discard("it is empty");
    }));
    enqueue({});
    database().write(mine, [](Transaction& tx) { flow::enqueue(tx, Letter{"dear", ""}); });
    engine.run_until_idle();
    flow::EngineCounters other;
    other.kinds["Letter"].completed_total = 10;
    other.kinds["Letter"].note_run(milliseconds(3));
    auto const samples = samples_of_engines({engine.counters(), other});
    EXPECT_EQ(value_of(samples, "mainstay_jobs_completed_total", {"Letter"}), 11);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_failed_total", {"Letter"}), 1);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_dead_total", {"Letter"}), 1);
    EXPECT_EQ(value_of(samples, "mainstay_leases_lost_total", {"Letter"}), 0);
    EXPECT_EQ(value_of(samples, "mainstay_jobs_dead_total", {"schedule:"}), 0) << "before the first one";
    auto const timed = std::find_if(samples.begin(), samples.end(), [](auto const& sample) {
        return sample.name == "mainstay_job_run_seconds" && sample.labels[0].value == "Letter";
    });
    ASSERT_NE(timed, samples.end());
    EXPECT_EQ(timed->distribution.counts[1], 1u) << "of up to 5 ms";
}

}  // namespace
}  // namespace mainstay::app
