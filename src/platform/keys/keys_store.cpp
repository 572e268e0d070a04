// All SQL of keys.
#include "platform/keys/keys_store.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "kernel/shared_state/shared_state.hpp"
#include "platform/entitlements/entitlements.hpp"

namespace mainstay::keys {
namespace {

constexpr std::size_t prefix_shown = 9;

struct Credential {
    TenantId tenant;
    KeyId key_id;
};
fields::Table const& table_of(Credential const*) {
    static fields::Table const table{
        "Credential",
        {fields::field("tenant", &Credential::tenant, ""), fields::field("key_id", &Credential::key_id, "")}};
    return table;
}

std::string hash_of(std::string_view secret) {
    return to_hex(sha256(secret));
}

}  // namespace

CreatedKey create_key(Transaction& tx, NewKey const& input, std::string created_by) {
    auto const tenant = tenants::find_tenant(tx, tx.tenant());
    if (!tenant) throw Fault(errors::not_found, "There is no such tenant.");
    std::int64_t const quota = entitlements::of(tenant->plan).keys;
    if (quota != entitlements::unlimited && !entitlements::has_room(quota, count_live_keys(tx, quota)))
        throw Fault(errors::quota_exceeded, "The plan allows " + std::to_string(quota) + " keys (quota: keys).");
    std::string secret = new_secret();
    Key const key{KeyId::make(tx.now()),
                  input.name,
                  secret.substr(0, prefix_shown),
                  input.scopes,
                  input.requests_per_minute,
                  input.expires_at,
                  std::nullopt,
                  std::nullopt,
                  std::move(created_by),
                  tx.now()};
    tx.execute(R"(
        INSERT INTO keys (tenant_id, id, name, prefix, scopes, requests_per_minute, expires_at, last_used_at, revoked_at,
                          created_by, created_at)
        VALUES (:tenant, :id, :name, :prefix, :scopes, :requests_per_minute, :expires_at, :last_used_at, :revoked_at,
                :created_by, :created_at))",
               key);
    tx.execute("INSERT INTO key_credentials (secret_hash, tenant, key_id) VALUES (:secret_hash, :tenant, :key_id)",
               bind("secret_hash", hash_of(secret)), bind("key_id", key.id));
    return {key.id, key.name, key.scopes, {std::move(secret)}, key.created_at};
}

std::optional<KeyFacts> find_by_secret(Snapshot& snapshot, std::string_view secret) {
    auto const credential =
        snapshot.maybe_one<Credential>("SELECT tenant, key_id FROM key_credentials WHERE secret_hash = :secret_hash",
                                       bind("secret_hash", hash_of(secret)));
    if (!credential) return std::nullopt;
    auto const key = snapshot.maybe_one<Key>(R"(
        SELECT id, name, prefix, scopes, requests_per_minute, expires_at, last_used_at, revoked_at, created_by, created_at
          FROM keys
         WHERE tenant_id = :of_tenant AND id = :id)",
                                             bind("of_tenant", credential->tenant), bind("id", credential->key_id));
    auto const tenant = tenants::find_tenant(snapshot, credential->tenant);
    if (!key || !tenant || key->revoked_at || !tenants::is_open(tenant->status)) return std::nullopt;
    if (key->expires_at && *key->expires_at <= snapshot.now()) return std::nullopt;
    return KeyFacts{key->id, tenant->id, key->scopes, key->requests_per_minute, key->expires_at, tenant->plan};
}

std::optional<Key> find_key(Snapshot& snapshot, KeyId id) {
    return snapshot.maybe_one<Key>(R"(
        SELECT id, name, prefix, scopes, requests_per_minute, expires_at, last_used_at, revoked_at, created_by, created_at
          FROM keys
         WHERE tenant_id = :tenant AND id = :id)",
                                   bind("id", id));
}

std::vector<Key> list_keys(Snapshot& snapshot, std::optional<KeyId> after, std::int64_t limit) {
    return snapshot.all<Key>(R"(
        SELECT id, name, prefix, scopes, requests_per_minute, expires_at, last_used_at, revoked_at, created_by, created_at
          FROM keys
         WHERE tenant_id = :tenant AND id > :after
         ORDER BY id
         LIMIT :limit)",
                             bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

std::int64_t count_live_keys(Snapshot& snapshot, std::int64_t at_most) {
    return snapshot.one<std::int64_t>(R"(
        SELECT count(*) AS live
          FROM (SELECT id FROM keys WHERE tenant_id = :tenant AND revoked_at IS NULL LIMIT :at_most) AS live_keys)",
                                      bind("at_most", at_most));
}

bool revoke_key(Transaction& tx, KeyId id) {
    std::int64_t const revoked =
        tx.execute("UPDATE keys SET revoked_at = :now WHERE tenant_id = :tenant AND id = :id AND revoked_at IS NULL",
                   bind("now", tx.now()), bind("id", id));
    if (revoked == 0) return false;
    tx.execute("DELETE FROM key_credentials WHERE key_id = :id", bind("id", id));
    shared_state::revoke(tx, id.to_string());
    return true;
}

std::vector<std::string> scopes_of(Snapshot& snapshot, KeyId id) {
    auto const key = find_key(snapshot, id);
    if (!key || key->revoked_at || (key->expires_at && *key->expires_at <= snapshot.now())) return {};
    return key->scopes;
}

void mark_used(Transaction& tx, std::vector<KeyId> const& ids, Instant when) {
    for (KeyId const id : ids)
        tx.execute("UPDATE keys SET last_used_at = :when WHERE tenant_id = :tenant AND id = :id", bind("when", when),
                   bind("id", id));
}

}  // namespace mainstay::keys
