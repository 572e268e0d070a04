// What the endpoints of keys share.
#pragma once
#include "platform/keys/keys_store.hpp"

namespace mainstay::keys {

struct KeyById {
    KeyId key_id;
};
fields::Table const& table_of(KeyById const*);

// The key, or Fault(errors::not_found); with errors::conflict for one that was revoked.
Key known_key(Snapshot&, KeyId);
Key live_key(Snapshot&, KeyId);

// Throws Fault(errors::invalid_input) when there are any.
void refuse_problems(std::vector<Problem>);
// A key never allows more than whoever makes or changes it has: throws Fault(errors::forbidden).
void check_rights(Call const&, Snapshot&, Audience, Settings const&);

void add_change_routes(web::Routes&);
void add_verify_routes(web::Routes&, Needs);
void add_usage_routes(web::Routes&);

}  // namespace mainstay::keys
