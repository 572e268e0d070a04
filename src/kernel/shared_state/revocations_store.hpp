#pragma once
#include "kernel/shared_state/shared_state.hpp"

namespace mainstay::shared_state {

using RevocationId = Id<"rev">;

struct Revocation {
    RevocationId id;
    std::string subject;
};
fields::Table const& table_of(Revocation const*);

std::vector<Revocation> revocations_since(Snapshot&, Instant since);
std::int64_t remove_revocations_before(Transaction&, Instant before);

}  // namespace mainstay::shared_state
