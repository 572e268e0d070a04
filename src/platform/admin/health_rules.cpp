// What is found, in states and sentences.
#include "platform/admin/admin.hpp"

namespace mainstay::admin {
namespace {

std::string megabytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20) + " MB";
}

std::string seconds_of(Duration time) {
    return std::to_string(time.us / 1'000'000) + " s";
}

Part database_of(Facts const& facts) {
    std::string const name = "database";
    if (facts.is_disk_failed)
        return {name, State::down, "The disk failed to keep what was written; this server has to be started anew."};
    if (!facts.database_failure.empty()) return {name, State::down, facts.database_engine + " does not answer."};
    if (facts.storage.is_full) return {name, State::down, "There is no room left for writes."};
    return {name, State::ok, facts.database_engine + " answers and takes writes."};
}

Part writer_of(Facts const& facts) {
    std::string const says = std::to_string(facts.storage.queue_depth) + " units wait to be written.";
    return {"writer", facts.storage.queue_depth >= writer_queue_degraded ? State::degraded : State::ok, says};
}

Part log_of(Facts const& facts) {
    std::string const name = "write_ahead_log";
    if (facts.wal_limit_bytes == 0) return {name, State::ok, "The database server keeps its own."};
    std::string const says =
        megabytes(facts.storage.wal_bytes) + " of " + megabytes(facts.wal_limit_bytes) + " before writes are refused.";
    if (facts.storage.wal_bytes >= facts.wal_limit_bytes) return {name, State::down, says};
    return {name, facts.storage.wal_bytes >= facts.wal_limit_bytes / 2 ? State::degraded : State::ok, says};
}

Part redis_of(Facts const& facts) {
    if (!facts.is_redis_set) return {"redis", State::ok, "None is set: this server limits requests on its own."};
    if (facts.is_redis_connected) return {"redis", State::ok, "Limits are settled with the other servers."};
    return {"redis", State::degraded, "It is away: each server limits requests on its own until it is back."};
}

Part mail_of(Facts const& facts) {
    std::string const where = facts.is_smtp_set ? "Mails go to the SMTP server" : "Mails go into a folder";
    if (facts.dead_mails == 0) return {"mail", State::ok, where + "; none failed for good."};
    bool const is_more = facts.dead_mails >= dead_mails_counted_max;
    return {"mail", State::degraded,
            where + "; " + std::to_string(facts.dead_mails) + (is_more ? " or more" : "") +
                " failed for good in the last 7 days."};
}

Part disk_of(Facts const& facts) {
    if (!facts.disk_failure.empty()) return {"disk", State::degraded, "How much room there is cannot be told."};
    return {"disk", facts.disk_free_bytes < disk_free_degraded_bytes ? State::degraded : State::ok,
            megabytes(facts.disk_free_bytes) + " are free in the data folder."};
}

Part engine_of(EngineFacts const& engine) {
    std::string const name = "queue " + engine.queue,
                      figures = std::to_string(engine.due) + " due, " + std::to_string(engine.running) + " running";
    if (engine.is_paused) return {name, State::degraded, "It is paused; " + figures + "."};
    if (engine.oldest_waits >= due_work_degraded)
        return {name, State::degraded, figures + "; the first waits for " + seconds_of(engine.oldest_waits) + "."};
    return {name, State::ok, figures + (engine.is_here ? "; carried out here." : "; carried out elsewhere.")};
}

Part sealer_of(Facts const& facts) {
    if (!facts.oldest_unsealed) return {"audit_sealer", State::ok, "Every line of the audit is in its chain."};
    return {"audit_sealer", *facts.oldest_unsealed >= unsealed_degraded ? State::degraded : State::ok,
            "The oldest line that is in no chain yet was written " + seconds_of(*facts.oldest_unsealed) + " ago."};
}

Part nodes_of(Facts const& facts) {
    return {"nodes", State::ok,
            facts.is_alone ? "This server is the only one: the data folder is its own."
                           : "Other servers may share the database; how many is not known."};
}

}  // namespace

std::vector<Part> judge(Facts const& facts) {
    std::vector<Part> parts{database_of(facts), writer_of(facts), log_of(facts),   redis_of(facts),
                            mail_of(facts),     disk_of(facts),   sealer_of(facts)};
    for (auto const& engine : facts.engines) parts.push_back(engine_of(engine));
    parts.push_back(nodes_of(facts));
    parts.push_back({"version", State::ok, "Mainstay " + facts.version + " on " + facts.database_engine + "."});
    return parts;
}

}  // namespace mainstay::admin
