// All SQL of chaos.
#include "tests/chaos_server/chaos.hpp"

namespace mainstay::chaos {

using fields::field;

fields::Table const& table_of(Effect const*) {
    static fields::Table const table{"ChaosEffect",
                                     {field("id", &Effect::id, "Its key."), field("node", &Effect::node, "Where."),
                                      field("attempt", &Effect::attempt, "In which attempt.")}};
    return table;
}

void insert_effect(Transaction& tx, Effect const& effect) {
    tx.execute(R"(
        INSERT INTO chaos_effects (tenant_id, id, node, attempt, made_at)
        VALUES (:tenant, :id, :node, :attempt, :now))",
               effect, bind("now", tx.now()));
}

void insert_tick(Transaction& tx, std::string const& name) {
    tx.execute("INSERT INTO chaos_ticks (tenant_id, id, name) VALUES (:tenant, :id, :name)",
               bind("id", Id<"tick">::make(tx.now())), bind("name", name));
}

}  // namespace mainstay::chaos
