#include "app/health.hpp"

#include "app/version.hpp"
#include "platform/audit/audit.hpp"
#include "platform/channels/channels.hpp"

#include <algorithm>
#include <filesystem>

namespace mainstay::app {
namespace {

constexpr std::int64_t rows_counted_max = 100'000;  // of unfinished work; some 50 ms

Duration since(Instant from, Instant now) {
    return Duration{std::max<std::int64_t>(0, (now - from).us)};
}

void add_work(admin::Facts& facts, Snapshot& snapshot) {
    for (auto const& queue : flow::list_queues(snapshot, rows_counted_max)) {
        auto found = std::ranges::find(facts.engines, queue.queue, &admin::EngineFacts::queue);
        if (found == facts.engines.end()) found = facts.engines.insert(found, {.queue = queue.queue});
        found->due = queue.due;
        found->running = queue.running;
        found->is_paused = queue.paused_at.has_value();
        if (queue.oldest_due_at) found->oldest_waits = since(*queue.oldest_due_at, snapshot.now());
    }
    flow::JobFilter const dead_mails{flow::JobState::dead, std::nullopt, std::string(channels::mail_queue)};
    facts.dead_mails = std::ssize(
        flow::list_jobs_of_all(snapshot, std::nullopt, dead_mails, std::nullopt, admin::dead_mails_counted_max));
    if (auto const oldest = audit::oldest_unsealed(snapshot)) facts.oldest_unsealed = since(*oldest, snapshot.now());
}

}  // namespace

admin::Facts find_facts(HealthNeeds const& needs) {
    admin::Facts facts;
    bool const is_sqlite = needs.database.engine() == Database::Engine::sqlite;
    facts.version = version;
    facts.database_engine = is_sqlite ? "SQLite" : "PostgreSQL";
    facts.is_disk_failed = needs.database.is_durable_path_failed();
    facts.storage = needs.database.counters();
    facts.wal_limit_bytes = is_sqlite ? SqliteOptions{}.wal_limit_bytes : 0;
    facts.is_alone = is_sqlite;
    auto const shared = needs.shared.counters();
    facts.is_redis_set = shared.is_shared;
    facts.is_redis_connected = shared.is_connected;
    facts.is_smtp_set = !needs.config.smtp.empty();
    for (auto& queue : needs.queues()) facts.engines.push_back({.queue = std::move(queue), .is_here = true});
    std::error_code error;
    auto const space = std::filesystem::space(needs.config.data, error);
    facts.disk_free_bytes = error ? 0 : space.available;
    facts.disk_failure = error ? error.message() : std::string();
    try {
        needs.database.check();
        needs.database.read(system_scope("an operator asks how the system is"),
                            [&](Snapshot& snapshot) { add_work(facts, snapshot); });
    } catch (std::exception const& failure) {  // what is wrong with it is what was asked
        facts.database_failure = failure.what();
    }
    return facts;
}

}  // namespace mainstay::app
