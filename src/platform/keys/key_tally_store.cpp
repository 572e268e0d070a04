// How many keys there are, over all tenants.
#include "platform/keys/keys_store.hpp"

#include <algorithm>

namespace mainstay::keys {

fields::Table const& table_of(KeyTally const*) {
    static fields::Table const table{
        "KeyTally",
        {fields::field("api", &KeyTally::api, ""), fields::field("customer", &KeyTally::customer, ""),
         fields::field("looked_at", &KeyTally::looked_at, ""), fields::field("last", &KeyTally::last, "")}};
    return table;
}

// A place is a tenant's id and a key's, one behind the other: both are of one length, so that it sorts as they do.
KeyTally tally_keys(Snapshot& snapshot, std::string const& after, std::int64_t at_most) {
    std::size_t const key_begins = std::min(TenantId{}.to_string().size(), after.size());
    return snapshot.one<KeyTally>(R"(
        SELECT count(CASE WHEN revoked_at IS NULL AND audience = 'api' THEN 1 END) AS api,
               count(CASE WHEN revoked_at IS NULL AND audience = 'customer' THEN 1 END) AS customer,
               count(*) AS looked_at, COALESCE(max(tenant_id || id), '') AS last
          FROM (SELECT tenant_id, id, revoked_at, audience
                  FROM keys
                 WHERE (tenant_id, id) > (:after_tenant, :after_key)
                 ORDER BY tenant_id, id
                 LIMIT :at_most) AS slice)",
                                  bind("after_tenant", after.substr(0, key_begins)),
                                  bind("after_key", after.substr(key_begins)), bind("at_most", at_most));
}

}  // namespace mainstay::keys
