// What the program tells of itself in figures.
#include "app/program.hpp"

namespace mainstay::app {

std::vector<flow::EngineCounters> Program::flow_counters() const {
    std::vector<flow::EngineCounters> all{engine_.counters(), scheduler_.counters()};
    for (auto const& engine : other_engines_) all.push_back(engine->counters());
    return all;
}

std::vector<telemetry::Sample> Program::samples() const {
    using Type = telemetry::Sample::Type;
    auto const edge = edge_->counters();
    auto const storage = database_->counters();
    auto const duck = duck_.counters();
    auto const shared = shared_.counters();
    auto const number = [](std::uint64_t n) { return static_cast<double>(n); };
    return {
        {"mainstay_connections_open", "Open connections", Type::gauge, number(edge.connections_open)},
        {"mainstay_connections_total", "Connections accepted", Type::counter, number(edge.connections_total)},
        {"mainstay_requests_total", "Requests read", Type::counter, number(edge.requests_total)},
        {"mainstay_requests_refused_total", "Requests refused by the edge", Type::counter, number(edge.refused_total)},
        {"mainstay_queue_depth", "Requests waiting for a worker", Type::gauge, number(edge.queue_depth)},
        {"mainstay_queue_full_total", "Requests answered 503 for a full queue", Type::counter,
         number(edge.queue_full_total)},
        {"mainstay_database_writes_total", "Units of work committed", Type::counter, number(storage.writes_total)},
        {"mainstay_database_groups_total", "Commits", Type::counter, number(storage.groups_total)},
        {"mainstay_database_reads_total", "Snapshots read", Type::counter, number(storage.reads_total)},
        {"mainstay_database_retries_total", "Units run again", Type::counter, number(storage.retries_total)},
        {"mainstay_database_queue_depth", "Units waiting for the writer", Type::gauge, number(storage.queue_depth)},
        {"mainstay_database_wal_bytes", "Size of the write-ahead log", Type::gauge, number(storage.wal_bytes)},
        {"mainstay_database_checkpoints_total", "Checkpoints", Type::counter, number(storage.checkpoints_total)},
        {"mainstay_tenancy_violations_total", "Statements that touched another tenant's row and were rolled back",
         Type::counter, number(storage.tenancy_violations_total)},
        {"mainstay_usage_counts_dropped_total", "Counts of requests that were lost", Type::counter,
         number(counts_.dropped())},
        {"mainstay_key_counts_dropped_total", "Counts of customers' keys that were lost", Type::counter,
         number(verifications_.dropped())},
        {"mainstay_audit_failures_dropped_total", "Refused requests that the audit log does not show", Type::counter,
         number(failures_.dropped())},
        {"mainstay_redis_connected", "1 while limits are settled with other nodes and hints come from them",
         Type::gauge, shared.is_shared && shared.is_connected ? 1.0 : 0.0},
        {"mainstay_limits_settled_total", "Keys of rate limits settled with other nodes", Type::counter,
         number(shared.settled_keys)},
        {"mainstay_limits_batches_total", "Batches in which they were settled", Type::counter,
         number(shared.settled_batches)},
        {"mainstay_limits_failures_total", "Batches that could not be settled and wait", Type::counter,
         number(shared.settle_failures)},
        {"mainstay_hints_sent_total", "Hints to other nodes", Type::counter, number(shared.hints_sent)},
        {"mainstay_hints_heard_total", "Hints of other nodes", Type::counter, number(shared.hints_heard)},
        {"mainstay_hints_lost_total", "Hints that were not sent; tables are read without them, later", Type::counter,
         number(shared.hints_lost)},
        {"mainstay_hints_malformed_total", "Hints that no node of ours sent", Type::counter,
         number(shared.hints_malformed)},
        {"mainstay_duck_sessions", "DuckDB processes at work", Type::gauge, number(duck.sessions)},
        {"mainstay_duck_start_failures_total", "Times that a DuckDB process did not start", Type::counter,
         number(duck.start_failures)},
        {"mainstay_duck_died_total", "DuckDB processes that died", Type::counter, number(duck.died)},
        {"mainstay_resident_bytes", "Memory in use", Type::gauge, telemetry::resident_bytes()}};
}

}  // namespace mainstay::app
