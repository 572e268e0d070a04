// What flow's tests share: an engine's world on each database, a payload, a state, and rows that tell what was done.
#pragma once
#include "kernel/flow/flow.hpp"
#include "testing/testing.hpp"

namespace mainstay::flow {

struct Parcel {
    std::string name;
    std::int64_t weight_g = 0;
};
inline fields::Table const& table_of(Parcel const*) {
    static fields::Table const table{
        "Parcel", {fields::field("name", &Parcel::name, ""), fields::field("weight_g", &Parcel::weight_g, "")}};
    return table;
}

struct Journey {
    std::int64_t turns = 0;
    std::string trail;
};
inline fields::Table const& table_of(Journey const*) {
    static fields::Table const table{
        "Journey", {fields::field("turns", &Journey::turns, ""), fields::field("trail", &Journey::trail, "")}};
    return table;
}

inline constexpr Migration effects_migration[] = {{"flow_test", 1, "0001_effects", R"(
    CREATE TABLE flow_effects (
        tenant_id TEXT   NOT NULL,
        id        TEXT   NOT NULL,
        text      TEXT   NOT NULL,
        PRIMARY KEY (tenant_id, id)
    ))"}};

inline void note_effect(Transaction& tx, std::string_view text) {
    tx.execute("INSERT INTO flow_effects (tenant_id, id, text) VALUES (:tenant, :id, :text)",
               bind("id", Id<"eff">::make(tx.now())), bind("text", text));
}

// Notes it with the job or the node.
inline void note_with(Context& context, std::string text) {
    context.write([text = std::move(text)](Transaction& tx) { note_effect(tx, text); });
}

inline std::vector<std::string> effects(Snapshot& snapshot) {
    return snapshot.all<std::string>("SELECT text FROM flow_effects WHERE tenant_id = :tenant ORDER BY text");
}

class FlowWorld : public testing::Engines {
protected:
    FlowWorld() { migrate({events::migrations(), flow::migrations(), effects_migration}); }

    template <class Payload>
    JobId enqueue(Payload const& payload, JobOptions const& options = {}) {
        return database().write(mine, [&](Transaction& tx) { return flow::enqueue(tx, payload, options); });
    }
    RunId start(Graph const& graph, Journey const& journey = {}, JobOptions const& options = {}) {
        return database().write(mine, [&](Transaction& tx) { return start_run(tx, graph, journey, options); });
    }
    Job job(JobId id) {
        return database().read(mine, [&](Snapshot& s) { return find_job(s, id); }).value();
    }
    flow::Run run(RunId id) {
        return database().read(mine, [&](Snapshot& s) { return find_run(s, id); }).value();
    }
    std::vector<Step> steps(RunId id) {
        return database().read(mine, [&](Snapshot& s) { return steps_of(s, id); });
    }
    std::vector<std::string> effects_of(TenantId tenant) {
        return database().read(tenant, [&](Snapshot& s) { return effects(s); });
    }
    std::int64_t ready_rows() {
        return database().read(system_scope("test"),
                               [](Snapshot& s) { return s.one<std::int64_t>("SELECT COUNT(*) FROM flow_ready"); });
    }
};

}  // namespace mainstay::flow
