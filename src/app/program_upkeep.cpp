// What the program does over and over beside its requests.
#include "app/portability_needs.hpp"
#include "app/program.hpp"
#include "platform/audit/audit.hpp"
#include "platform/domains/domains.hpp"
#include "platform/usage/usage.hpp"

namespace mainstay::app {
namespace {

constexpr Duration flush_pause = seconds(1);

}  // namespace

void Program::add_upkeep() {
    flusher_.add({"flush", flush_pause, [this](auto const&) { flush(); }});
    if (!roles_.scheduler) return;
    auto const add = [this](char const* name, Duration pause, auto round) {
        upkeep_.add({name, pause, std::move(round)});
    };
    add("sealing", audit::sealing_pause, [this](auto const&) { audit::seal_all(*database_); });
    add("stock", admin::stock_look_pause, [this](auto const&) { admin::take_due_stock(*database_); });
    add("domains", domains::check_look_pause, [this](auto const&) { domains::enqueue_due_checks(*database_); });
    add("imports", portability::import_sweep_pause,
        [this, carrying = portability_needs(config_, files(), clock_)](auto const&) {
            if (auto const swept = portability::sweep_imports(carrying, *database_); swept > 0)
                log::warning("imports that were killed are erased", {{"imports", std::to_string(swept)}});
        });
    add("files", files::Sweeper::pause, [this](auto const&) {
        if (auto const removed = sweeper_.sweep(); removed > 0)
            log::info("files removed that nobody owned", {{"files", std::to_string(removed)}});
    });
    add("usage", usage::house_pause,
        [this](std::stop_token const& stops) { usage::keep_house(*database_, clock_, config_.usage_days, stops); });
    add("retention", retention::house_pause,
        [this](std::stop_token const& stops) { retention::keep_house(*database_, clock_, kept_, stops); });
}

std::vector<telemetry::Sample> Program::samples_of_upkeep() const {
    using Type = telemetry::Sample::Type;
    std::vector<telemetry::Sample> samples;
    for (Upkeep const* const upkeep : {&flusher_, &upkeep_})
        for (auto const& task : upkeep->counters()) {
            std::vector<telemetry::Label> const labels{{"task", task.name}};
            samples.push_back({"mainstay_upkeep_rounds_total", "Rounds of work that repeats that ended well",
                               Type::counter, static_cast<double>(task.rounds_total), labels});
            samples.push_back({"mainstay_upkeep_failures_total", "Rounds that failed; the next one comes all the same",
                               Type::counter, static_cast<double>(task.failures_total), labels});
            if (task.succeeded_at)
                samples.push_back({"mainstay_upkeep_success_timestamp_seconds", "When a round last ended well",
                                   Type::gauge, static_cast<double>(task.succeeded_at->us) / 1e6, labels});
        }
    return samples;
}

}  // namespace mainstay::app
