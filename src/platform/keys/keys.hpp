// API keys: what programs present instead of a person. A key is shown once; only its hash is kept.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::keys {

using KeyId = Id<"key">;

struct Key {
    KeyId id;
    std::string name;
    std::string prefix;  // the key's first characters, to tell keys apart
    std::vector<std::string> scopes;
    std::optional<std::int64_t> requests_per_minute;
    std::optional<Instant> expires_at;
    std::optional<Instant> last_used_at;
    std::optional<Instant> revoked_at;
    std::string created_by;
    Instant created_at;
};
fields::Table const& table_of(Key const*);

struct NewKey {
    std::string name;
    std::vector<std::string> scopes;
    std::optional<std::int64_t> requests_per_minute;
    std::optional<Instant> expires_at;
};

// A key with what is shown of it once.
struct CreatedKey {
    KeyId id;
    std::string name;
    std::vector<std::string> scopes;
    Secret key;
    Instant created_at;
};
fields::Table const& table_of(CreatedKey const*);

// --- the key's own form: mk_, 40 characters of 200 random bits, 6 of a checksum ------------------------------------
std::string new_secret();
bool has_valid_checksum(std::string_view secret);  // tells a mistyped key without looking anything up

// Throws Fault(errors::quota_exceeded) past the plan's quota.
CreatedKey create_key(Transaction&, NewKey const&, std::string created_by);

// What a presented secret proves, whatever tenant it belongs to.
struct KeyFacts {
    KeyId id;
    TenantId tenant;
    std::vector<std::string> scopes;
    std::optional<std::int64_t> requests_per_minute;
    std::optional<Instant> expires_at;
    tenants::Plan plan = tenants::Plan::free;
};
// Nothing for an unknown, revoked or expired key and for one of a suspended tenant.
std::optional<KeyFacts> find_by_secret(Snapshot& system, std::string_view secret);
// What a key of the scope's tenant allows; nothing for an unknown, revoked or expired one.
std::vector<std::string> scopes_of(Snapshot&, KeyId);
void mark_used(Transaction&, std::vector<KeyId> const&, Instant);

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::keys
