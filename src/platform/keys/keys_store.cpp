// All SQL of keys, their secrets and credits.
#include "platform/keys/keys_store.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace mainstay::keys {
namespace {

using fields::field;

struct Credential {
    TenantId tenant;
    KeyId key_id;
    std::optional<Instant> works_until;
};
fields::Table const& table_of(Credential const*) {
    static fields::Table const table{
        "Credential",
        {field("tenant", &Credential::tenant, ""), field("key_id", &Credential::key_id, ""),
         field("works_until", &Credential::works_until, "")}};
    return table;
}

struct CustomerSecret {
    KeyId key_id;
    std::optional<Instant> works_until;
};
fields::Table const& table_of(CustomerSecret const*) {
    static fields::Table const table{
        "CustomerSecret",
        {field("key_id", &CustomerSecret::key_id, ""), field("works_until", &CustomerSecret::works_until, "")}};
    return table;
}

std::string hash_of(std::string_view secret) {
    return to_hex(sha256(secret));
}

std::optional<Instant> earlier(std::optional<Instant> one, std::optional<Instant> other) {
    if (one && other) return std::min(*one, *other);
    return one ? one : other;
}

void insert_secret(Transaction& tx, Audience audience, KeyId key, std::string_view secret) {
    if (audience == Audience::api)
        tx.execute("INSERT INTO key_credentials (secret_hash, tenant, key_id) VALUES (:secret_hash, :tenant, :key_id)",
                   bind("secret_hash", hash_of(secret)), bind("key_id", key));
    else
        tx.execute(R"(
            INSERT INTO customer_key_secrets (tenant_id, secret_hash, key_id)
            VALUES (:tenant, :secret_hash, :key_id))",
                   bind("secret_hash", hash_of(secret)), bind("key_id", key));
}

void end_secrets(Transaction& tx, Audience audience, KeyId key, Instant works_until) {
    if (audience == Audience::api) {
        tx.execute("DELETE FROM key_credentials WHERE key_id = :key_id AND works_until <= :now", bind("key_id", key),
                   bind("now", tx.now()));
        tx.execute("UPDATE key_credentials SET works_until = :until WHERE key_id = :key_id AND works_until IS NULL",
                   bind("until", works_until), bind("key_id", key));
    } else {
        tx.execute(R"(
            DELETE FROM customer_key_secrets
             WHERE tenant_id = :tenant AND key_id = :key_id AND works_until <= :now)",
                   bind("key_id", key), bind("now", tx.now()));
        tx.execute(R"(
            UPDATE customer_key_secrets SET works_until = :until
             WHERE tenant_id = :tenant AND key_id = :key_id AND works_until IS NULL)",
                   bind("until", works_until), bind("key_id", key));
    }
}

std::int64_t count_secrets(Snapshot& snapshot, Audience audience, KeyId key) {
    if (audience == Audience::api)
        return snapshot.one<std::int64_t>("SELECT count(*) AS secrets FROM key_credentials WHERE key_id = :key_id",
                                          bind("key_id", key));
    return snapshot.one<std::int64_t>(
        "SELECT count(*) AS secrets FROM customer_key_secrets WHERE tenant_id = :tenant AND key_id = :key_id",
        bind("key_id", key));
}

void check_quota(Snapshot& snapshot, Audience audience) {
    auto const tenant = tenants::find_tenant(snapshot, snapshot.tenant());
    if (!tenant) throw Fault(errors::not_found, "There is no such tenant.");
    auto const entitled = entitlements::of(snapshot, tenant->id, tenant->plan);
    bool const is_api = audience == Audience::api;
    std::int64_t const quota = is_api ? entitled.keys : entitled.customer_keys;
    if (quota != entitlements::unlimited && !entitlements::has_room(quota, count_live_keys(snapshot, audience, quota)))
        throw Fault(errors::quota_exceeded,
                    "The plan allows " + std::to_string(quota) +
                        (is_api ? " keys (quota: keys)." : " keys for customers (quota: customer_keys)."));
}

}  // namespace

CreatedKey create_key(Transaction& tx, NewKey const& input, std::string created_by) {
    check_quota(tx, input.audience);
    std::string secret = new_secret(input.audience == Audience::api ? api_prefix : std::string_view(input.prefix));
    auto const id = KeyId::make(tx.now());
    Settings const& settings = input.settings;
    tx.execute(R"(
        INSERT INTO keys (tenant_id, id, audience, name, prefix, scopes, permissions, limits, allowed_addresses, owner,
                          metadata, is_disabled, expires_at, created_by, created_at)
        VALUES (:tenant, :id, :audience, :name, :prefix, :scopes, :permissions, :limits, :allowed_addresses, :owner,
                :metadata, :is_disabled, :expires_at, :created_by, :now))",
               settings, bind("id", id), bind("audience", input.audience), bind("prefix", shown_of(secret)),
               bind("created_by", created_by), bind("now", tx.now()));
    insert_secret(tx, input.audience, id, secret);
    if (input.credits_remaining) {
        auto const refills_at =
            input.refill ? std::optional(next_refill(input.refill->interval, tx.now())) : std::nullopt;
        set_credits(tx, id, {*input.credits_remaining, input.refill, refills_at});
    }
    return {id, input.audience, settings.name, shown_of(secret), settings.scopes, {std::move(secret)}, tx.now()};
}

std::optional<KeyFacts> find_by_secret(Snapshot& snapshot, std::string_view secret) {
    auto const credential = snapshot.maybe_one<Credential>(
        "SELECT tenant, key_id, works_until FROM key_credentials WHERE secret_hash = :secret_hash",
        bind("secret_hash", hash_of(secret)));
    if (!credential) return std::nullopt;
    auto const key = snapshot.maybe_one<Key>(R"(
        SELECT k.id, k.audience, k.prefix, k.name, k.scopes, k.permissions, k.limits, k.allowed_addresses, k.owner,
               k.metadata, k.is_disabled, k.expires_at, c.credits_remaining, c.refill, c.refills_at, k.last_used_at,
               k.revoked_at, k.created_by, k.created_at
          FROM keys k
          LEFT JOIN key_credits c ON c.tenant_id = k.tenant_id AND c.key_id = k.id
         WHERE k.tenant_id = :of_tenant AND k.id = :id)",
                                             bind("of_tenant", credential->tenant), bind("id", credential->key_id));
    auto const tenant = tenants::find_tenant(snapshot, credential->tenant);
    if (!key || !tenant || key->revoked_at || !tenants::is_open(tenant->status)) return std::nullopt;
    Settings const& settings = key->settings;
    auto const expires_at = earlier(settings.expires_at, credential->works_until);
    if (settings.is_disabled || (expires_at && *expires_at <= snapshot.now())) return std::nullopt;
    return KeyFacts{key->id,
                    tenant->id,
                    settings.scopes,
                    settings.limits,
                    networks_of(settings.allowed_addresses),
                    expires_at,
                    tenant->plan,
                    entitlements::of(snapshot, tenant->id, tenant->plan).requests_per_minute};
}

std::optional<Key> find_key(Snapshot& snapshot, KeyId id) {
    return snapshot.maybe_one<Key>(R"(
        SELECT k.id, k.audience, k.prefix, k.name, k.scopes, k.permissions, k.limits, k.allowed_addresses, k.owner,
               k.metadata, k.is_disabled, k.expires_at, c.credits_remaining, c.refill, c.refills_at, k.last_used_at,
               k.revoked_at, k.created_by, k.created_at
          FROM keys k
          LEFT JOIN key_credits c ON c.tenant_id = k.tenant_id AND c.key_id = k.id
         WHERE k.tenant_id = :tenant AND k.id = :id)",
                                   bind("id", id));
}

std::vector<Key> list_keys(Snapshot& snapshot, KeyFilter const& filter, std::optional<KeyId> after,
                           std::int64_t limit) {
    std::string_view const audience = filter.audience ? fields::name_of(*filter.audience) : "";
    std::string_view const state = !filter.is_revoked ? "" : *filter.is_revoked ? "revoked" : "live";
    return snapshot.all<Key>(R"(
        SELECT k.id, k.audience, k.prefix, k.name, k.scopes, k.permissions, k.limits, k.allowed_addresses, k.owner,
               k.metadata, k.is_disabled, k.expires_at, c.credits_remaining, c.refill, c.refills_at, k.last_used_at,
               k.revoked_at, k.created_by, k.created_at
          FROM keys k
          LEFT JOIN key_credits c ON c.tenant_id = k.tenant_id AND c.key_id = k.id
         WHERE k.tenant_id = :tenant AND k.id > :after
           AND (:owner = '' OR k.owner = :owner)
           AND (:audience = '' OR k.audience = :audience)
           AND (:state = '' OR (:state = 'live' AND k.revoked_at IS NULL)
                            OR (:state = 'revoked' AND k.revoked_at IS NOT NULL))
         ORDER BY k.id
         LIMIT :limit)",
                             bind("after", after ? after->to_string() : std::string()), bind("owner", filter.owner),
                             bind("audience", audience), bind("state", state), bind("limit", limit));
}

std::int64_t count_live_keys(Snapshot& snapshot, Audience audience, std::int64_t at_most) {
    return snapshot.one<std::int64_t>(R"(
        SELECT count(*) AS live
          FROM (SELECT id FROM keys
                 WHERE tenant_id = :tenant AND audience = :audience AND revoked_at IS NULL
                 LIMIT :at_most) AS live_keys)",
                                      bind("audience", audience), bind("at_most", at_most));
}

void update_key(Transaction& tx, KeyId id, Settings const& settings) {
    tx.execute(R"(
        UPDATE keys
           SET name = :name, scopes = :scopes, permissions = :permissions, limits = :limits,
               allowed_addresses = :allowed_addresses, owner = :owner, metadata = :metadata,
               is_disabled = :is_disabled, expires_at = :expires_at
         WHERE tenant_id = :tenant AND id = :id)",
               settings, bind("id", id));
    shared_state::revoke(tx, id.to_string());
}

std::string rotate_key(Transaction& tx, Key const& key, Duration overlap) {
    std::string secret = new_secret(prefix_of(key.prefix));
    end_secrets(tx, key.audience, key.id, tx.now() + overlap);
    if (count_secrets(tx, key.audience, key.id) >= static_cast<std::int64_t>(secrets_max))
        throw Fault(errors::conflict, "Of this key " + std::to_string(secrets_max) +
                                          " secrets still work. Wait until the first of them ends.");
    insert_secret(tx, key.audience, key.id, secret);
    tx.execute("UPDATE keys SET prefix = :prefix WHERE tenant_id = :tenant AND id = :id",
               bind("prefix", shown_of(secret)), bind("id", key.id));
    shared_state::revoke(tx, key.id.to_string());
    return secret;
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
    if (!key || key->revoked_at || key->settings.is_disabled) return {};
    if (key->settings.expires_at && *key->settings.expires_at <= snapshot.now()) return {};
    return key->settings.scopes;
}

void mark_used(Transaction& tx, TenantId tenant, KeyId key, Instant when) {
    tx.execute("UPDATE keys SET last_used_at = :when WHERE tenant_id = :of_tenant AND id = :id", bind("when", when),
               bind("of_tenant", tenant), bind("id", key));
}

std::optional<CustomerKey> find_customer_key(Snapshot& snapshot, std::string_view secret) {
    auto const found = snapshot.maybe_one<CustomerSecret>(R"(
        SELECT key_id, works_until FROM customer_key_secrets
         WHERE tenant_id = :tenant AND secret_hash = :secret_hash)",
                                                          bind("secret_hash", hash_of(secret)));
    if (!found || (found->works_until && *found->works_until <= snapshot.now())) return std::nullopt;
    auto key = find_key(snapshot, found->key_id);
    if (!key) return std::nullopt;
    Settings& settings = key->settings;
    return CustomerKey{key->id,
                       std::move(settings.owner),
                       std::move(settings.permissions),
                       std::move(settings.metadata.text),
                       std::move(settings.limits),
                       networks_of(settings.allowed_addresses),
                       settings.expires_at,
                       found->works_until,
                       settings.is_disabled,
                       key->revoked_at.has_value(),
                       key->credits_remaining.has_value()};
}

fields::Table const& table_of(Credits const*) {
    static fields::Table const table{"Credits",
                                     {field("credits_remaining", &Credits::credits_remaining, "How many are left."),
                                      field("refill", &Credits::refill, "How many there are at least, and how often."),
                                      field("refills_at", &Credits::refills_at, "When the next of them begins.")}};
    return table;
}

std::optional<Credits> find_credits(Snapshot& snapshot, KeyId key) {
    return snapshot.maybe_one<Credits>(R"(
        SELECT credits_remaining, refill, refills_at FROM key_credits
         WHERE tenant_id = :tenant AND key_id = :key_id)",
                                       bind("key_id", key));
}

void set_credits(Transaction& tx, KeyId key, Credits const& credits) {
    tx.execute(R"(
        INSERT INTO key_credits (tenant_id, key_id, credits_remaining, refill, refills_at)
        VALUES (:tenant, :key_id, :credits_remaining, :refill, :refills_at)
        ON CONFLICT (tenant_id, key_id) DO UPDATE
           SET credits_remaining = excluded.credits_remaining, refill = excluded.refill,
               refills_at = excluded.refills_at)",
               credits, bind("key_id", key));
}

void remove_credits(Transaction& tx, KeyId key) {
    tx.execute("DELETE FROM key_credits WHERE tenant_id = :tenant AND key_id = :key_id", bind("key_id", key));
}

std::optional<std::int64_t> spend_credits(Transaction& tx, KeyId key, std::int64_t cost) {
    return tx.maybe_one<std::int64_t>(R"(
        UPDATE key_credits SET credits_remaining = credits_remaining - :cost
         WHERE tenant_id = :tenant AND key_id = :key_id AND credits_remaining >= :cost
     RETURNING credits_remaining)",
                                      bind("key_id", key), bind("cost", cost));
}

void add_credits(Transaction& tx, KeyId key, std::int64_t amount) {
    tx.execute(R"(
        UPDATE key_credits SET credits_remaining = credits_remaining + :amount
         WHERE tenant_id = :tenant AND key_id = :key_id)",
               bind("key_id", key), bind("amount", amount));
}

}  // namespace mainstay::keys
