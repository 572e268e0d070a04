#include "kernel/shared_state/revocations_store.hpp"

namespace mainstay::shared_state {

fields::Table const& table_of(Revocation const*) {
    static fields::Table const table{
        "Revocation", {fields::field("id", &Revocation::id, ""), fields::field("subject", &Revocation::subject, "")}};
    return table;
}

void revoke(Transaction& tx, std::string_view subject) {
    tx.execute("INSERT INTO revocations (id, subject, created_at) VALUES (:id, :subject, :now)",
               bind("id", RevocationId::make(tx.now())), bind("subject", subject), bind("now", tx.now()));
    tx.tell(Revoked{});
}

std::vector<Revocation> revocations_since(Snapshot& snapshot, Instant since) {
    return snapshot.all<Revocation>("SELECT id, subject FROM revocations WHERE created_at >= :since ORDER BY id",
                                    bind("since", since));
}

std::int64_t remove_revocations_before(Transaction& tx, Instant before) {
    return tx.execute("DELETE FROM revocations WHERE created_at < :before", bind("before", before));
}

}  // namespace mainstay::shared_state
