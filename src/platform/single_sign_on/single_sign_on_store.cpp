// All SQL of single sign-on.
#include "platform/single_sign_on/single_sign_on_store.hpp"

#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace mainstay::single_sign_on {
namespace {

using fields::field;

constexpr std::int64_t ended_removed_at_once = 5;

std::string purpose_of(ProviderId id) {
    return "client_secret:" + id.to_string();
}

std::string hash_of(std::string_view token) {
    return to_hex(sha256(token));
}

void set_domains(Transaction& tx, ProviderId id, std::vector<std::string> const& domains) {
    tx.execute("DELETE FROM provider_domains WHERE tenant = :tenant AND provider_id = :id", bind("id", id));
    for (auto const& domain : domains)
        tx.execute("INSERT INTO provider_domains (domain, tenant, provider_id) VALUES (:domain, :tenant, :id)",
                   bind("domain", domain), bind("id", id));
}

// Those of all providers that enforce, by which the tenant's people are held.
void enforce(Transaction& tx) {
    std::vector<std::string> domains;
    for (Provider const& provider : list_providers(tx))
        if (provider.is_enabled && provider.is_enforced)
            for (auto const& domain : provider.domains)
                if (std::find(domains.begin(), domains.end(), domain) == domains.end()) domains.push_back(domain);
    identity::set_enforced_domains(tx, tx.tenant(), domains);
}

std::optional<Destination> only_one(std::vector<Destination> const& found) {
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

}  // namespace

fields::Table const& table_of(Destination const*) {
    static fields::Table const table{
        "SignOnDestination",
        {field("tenant", &Destination::tenant, ""), field("provider_id", &Destination::provider_id, "")}};
    return table;
}

void insert_provider(Transaction& tx, secrets::Secrets const& secrets, Provider const& provider,
                     std::string const& client_secret) {
    tx.execute(R"(
        INSERT INTO identity_providers (tenant_id, id, name, issuer, client_id, sealed_client_secret, is_enabled,
                                        creates_accounts, default_role, role_claim, roles, domains, is_enforced,
                                        created_at)
        VALUES (:tenant, :id, :name, :issuer, :client_id, :sealed, :is_enabled, :creates_accounts, :default_role,
                :role_claim, :roles, :domains, :is_enforced, :created_at))",
               provider, bind("sealed", secrets.seal(tx, purpose_of(provider.id), client_secret)));
    set_domains(tx, provider.id, provider.domains);
    enforce(tx);
}

void update_provider(Transaction& tx, secrets::Secrets const& secrets, Provider const& provider,
                     std::optional<std::string> const& client_secret) {
    tx.execute(R"(
        UPDATE identity_providers
           SET name = :name, issuer = :issuer, client_id = :client_id, is_enabled = :is_enabled,
               creates_accounts = :creates_accounts, default_role = :default_role, role_claim = :role_claim,
               roles = :roles, domains = :domains, is_enforced = :is_enforced
         WHERE tenant_id = :tenant AND id = :id)",
               provider);
    if (client_secret)
        tx.execute(
            "UPDATE identity_providers SET sealed_client_secret = :sealed WHERE tenant_id = :tenant AND id = :id",
            bind("sealed", secrets.seal(tx, purpose_of(provider.id), *client_secret)), bind("id", provider.id));
    set_domains(tx, provider.id, provider.domains);
    enforce(tx);
}

void delete_provider(Transaction& tx, ProviderId id) {
    tx.execute("DELETE FROM identity_providers WHERE tenant_id = :tenant AND id = :id", bind("id", id));
    set_domains(tx, id, {});
    enforce(tx);
}

std::optional<Provider> find_provider(Snapshot& snapshot, ProviderId id) {
    return snapshot.maybe_one<Provider>(R"(
        SELECT id, name, issuer, client_id, is_enabled, creates_accounts, default_role, role_claim, roles, domains,
               is_enforced, created_at
          FROM identity_providers
         WHERE tenant_id = :tenant AND id = :id)",
                                        bind("id", id));
}

std::vector<Provider> list_providers(Snapshot& snapshot) {
    return snapshot.all<Provider>(R"(
        SELECT id, name, issuer, client_id, is_enabled, creates_accounts, default_role, role_claim, roles, domains,
               is_enforced, created_at
          FROM identity_providers
         WHERE tenant_id = :tenant
         ORDER BY id
         LIMIT :at_most)",
                                  bind("at_most", providers_max));
}

std::string client_secret_of(Snapshot& snapshot, secrets::Secrets const& secrets, ProviderId id) {
    auto const sealed = snapshot.one<std::string>(
        "SELECT sealed_client_secret FROM identity_providers WHERE tenant_id = :tenant AND id = :id", bind("id", id));
    return secrets.open(snapshot, purpose_of(id), sealed);
}

bool may_speak_for(Snapshot& snapshot, TenantId tenant, std::string const& domain) {
    return snapshot
        .maybe_one<tenants::MemberId>(R"(
        SELECT m.id AS id
          FROM members m
          JOIN users u ON u.id = m.user_id
         WHERE m.tenant_id = :of_tenant AND m.is_active = :is_active AND m.role IN (:owner, :admin)
           AND u.email_verified_at IS NOT NULL AND u.email LIKE :ending
         LIMIT 1)",
                                      bind("of_tenant", tenant), bind("is_active", true),
                                      bind("owner", tenants::Role::owner), bind("admin", tenants::Role::org_admin),
                                      bind("ending", "%@" + domain))
        .has_value();
}

std::optional<Destination> find_by_domain(Snapshot& snapshot, std::string const& domain) {
    return only_one(snapshot.all<Destination>(R"(
        SELECT d.tenant AS tenant, d.provider_id AS provider_id
          FROM provider_domains d
          JOIN identity_providers p ON p.tenant_id = d.tenant AND p.id = d.provider_id
          JOIN tenants t ON t.id = d.tenant
         WHERE d.domain = :domain AND p.is_enabled = :is_enabled AND t.status IN (:trial, :active)
         LIMIT 2)",
                                              bind("domain", domain), bind("is_enabled", true),
                                              bind("trial", tenants::Status::trial),
                                              bind("active", tenants::Status::active)));
}

std::optional<Destination> find_by_slug(Snapshot& snapshot, std::string const& slug) {
    auto const tenant = snapshot.maybe_one<TenantId>(
        "SELECT id FROM tenants WHERE slug = :slug AND status IN (:trial, :active)", bind("slug", slug),
        bind("trial", tenants::Status::trial), bind("active", tenants::Status::active));
    if (!tenant) return std::nullopt;
    return only_one(snapshot.all<Destination>(R"(
        SELECT tenant_id AS tenant, id AS provider_id FROM identity_providers
         WHERE tenant_id = :of_tenant AND is_enabled = :is_enabled
         LIMIT 2)",
                                              bind("of_tenant", *tenant), bind("is_enabled", true)));
}

std::string begin_sign_in(Transaction& tx, Destination const& destination) {
    std::array<unsigned char, 32> bytes;
    random_bytes(bytes);
    std::string token = to_base64url(bytes);
    tx.execute(R"(
        DELETE FROM provider_sign_ins
         WHERE token_hash IN (SELECT token_hash FROM provider_sign_ins WHERE expires_at <= :now LIMIT :at_most))",
               bind("now", tx.now()), bind("at_most", ended_removed_at_once));
    tx.execute(R"(
        INSERT INTO provider_sign_ins (token_hash, tenant, provider_id, expires_at)
        VALUES (:token_hash, :of_tenant, :provider_id, :expires_at))",
               bind("token_hash", hash_of(token)), bind("of_tenant", destination.tenant),
               bind("provider_id", destination.provider_id), bind("expires_at", tx.now() + sign_in_kept));
    return token;
}

std::optional<Destination> spend_sign_in(Transaction& tx, std::string_view token) {
    auto const destination = tx.maybe_one<Destination>(R"(
        SELECT tenant, provider_id FROM provider_sign_ins WHERE token_hash = :token_hash AND expires_at > :now)",
                                                       bind("token_hash", hash_of(token)), bind("now", tx.now()));
    tx.execute("DELETE FROM provider_sign_ins WHERE token_hash = :token_hash", bind("token_hash", hash_of(token)));
    return destination;
}

std::optional<tenants::UserId> find_person(Snapshot& snapshot, std::string const& issuer, std::string const& subject) {
    return snapshot.maybe_one<tenants::UserId>(R"(
        SELECT user_id FROM provider_identities
         WHERE tenant_id = :tenant AND issuer = :issuer AND subject = :subject)",
                                               bind("issuer", issuer), bind("subject", subject));
}

void link_person(Transaction& tx, std::string const& issuer, std::string const& subject, tenants::UserId user) {
    tx.execute(R"(
        INSERT INTO provider_identities (tenant_id, issuer, subject, user_id, created_at)
        VALUES (:tenant, :issuer, :subject, :user_id, :now))",
               bind("issuer", issuer), bind("subject", subject), bind("user_id", user), bind("now", tx.now()));
}

}  // namespace mainstay::single_sign_on
