#include "app/gate.hpp"

#include "base/text.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"

#include <algorithm>

namespace mainstay::app {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::int64_t session_requests_per_minute = 1200;
// What is in no cache costs a look into the database, and anybody can invent keys.
constexpr shared_state::Limit lookups_limit{"credentials looked up for an address", 600, minutes(1)};
constexpr Duration note_pause = seconds(5);  // between two notes that a credential is used
constexpr shared_state::Limit anonymous_limit{"anonymous requests from an address", 300, minutes(1)};

[[noreturn]] void refuse_credential() {
    throw Fault(errors::unauthorized, "The credential is unknown, expired or revoked.");
}

bool is_reading(web::Method method) {
    return method == web::Method::get || method == web::Method::head || method == web::Method::options;
}

}  // namespace

Gate::Gate(Database& database, Clock& clock, shared_state::RateLimits& limits, usage::RequestCounts& counts,
           audit::Failures& failures, telemetry::Metrics& metrics, GateOptions options)
    : database_(database),
      clock_(clock),
      limits_(limits),
      counts_(counts),
      failures_(failures),
      metrics_(metrics),
      options_(std::move(options)),
      cache_(clock) {}

// A request that bears an Authorization is never taken for one of its cookie.
Gate::Presented Gate::presented_in(web::RequestHead const& head) const {
    auto const authorization = head.header("authorization");
    if (authorization.empty()) return {web::cookie(head, identity::session_cookie_name(options_.is_tls)), true};
    if (!authorization.starts_with(bearer)) return {};
    return {authorization.substr(bearer.size()), false};
}

Identity Gate::identify(web::RequestHead const& head, web::Endpoint const& endpoint) {
    auto const [token, is_session] = presented_in(head);
    if (token.empty() && is_session) return {};
    auto const credential = credential_of(token, is_session, head.remote_address);
    if (!credential) {
        if (is_session && endpoint.permission == web::public_access) return {};
        refuse_credential();
    }
    note_use(*credential);
    return is_session ? session_identity(head, *credential, endpoint) : credential->identity;
}

// Credentials that are not known yet share what their address has, so that inventing them gains nothing.
std::uint64_t Gate::share_of(web::RequestHead const& head) {
    auto const token = presented_in(head).token;
    auto const credential = token.empty() ? nullptr : cache_.peek(token);
    if (!credential) return std::hash<std::string_view>()(head.remote_address);
    Identity const& identity = credential->identity;
    return identity.tenant.is_set() ? IdHash()(identity.tenant) : std::hash<std::string_view>()(identity.credential_id);
}

Identity Gate::session_identity(web::RequestHead const& head, Credential const& credential,
                                web::Endpoint const& endpoint) const {
    if (!is_reading(endpoint.method)) {
        bool const has_token = equals_in_constant_time(head.header("x-csrf-token"), credential.csrf_token);
        bool const is_json = lower_ascii(head.header("content-type")).starts_with("application/json");
        if (!web::is_same_origin(head) || !(has_token || is_json))
            throw Fault(errors::csrf_refused, "A browser's change must come from our own pages.");
    }
    auto const chosen = head.header("x-tenant-id");
    if (chosen.empty()) return credential.identity;
    for (auto const& membership : credential.memberships) {
        if (membership.tenant.to_string() != chosen) continue;
        Identity identity = credential.identity;
        identity.tenant = membership.tenant;
        if (!credential.is_operator) identity.permissions = identity::permissions_of(membership);
        return identity;
    }
    throw Fault(errors::not_found, "There is no such tenant.");
}

std::shared_ptr<Credential const> Gate::credential_of(std::string_view token, bool is_session,
                                                      std::string const& address) {
    auto credential = cache_.find(token, is_cache_fresh(), [&]() -> std::shared_ptr<Credential const> {
        if (!is_session && !keys::has_valid_checksum(token)) return nullptr;
        take("lookups:" + address, lookups_limit, nullptr);
        return is_session ? load_session(token) : load_key(token);
    });
    if (credential && credential->expires_at && *credential->expires_at <= clock_.now()) return nullptr;
    return credential;
}

std::shared_ptr<Credential const> Gate::load_key(std::string_view secret) {
    auto const facts = database_.read(system_scope("whose key this is"),
                                      [&](Snapshot& snapshot) { return keys::find_by_secret(snapshot, secret); });
    if (!facts) return nullptr;
    auto credential = std::make_shared<Credential>();
    credential->identity = {Identity::Kind::key, facts->tenant, facts->id.to_string(), facts->id.to_string(),
                            identity::permissions_of_scopes(facts->scopes)};
    credential->identity.requests_per_minute = facts->requests_per_minute.value_or(0);
    credential->identity.tenant_requests_per_minute = entitlements::of(facts->plan).requests_per_minute;
    credential->expires_at = facts->expires_at;
    credential->subjects = {facts->id.to_string(), facts->tenant.to_string()};
    return credential;
}

std::shared_ptr<Credential const> Gate::load_session(std::string_view token) {
    auto const facts = database_.read(system_scope("whose session this is"),
                                      [&](Snapshot& snapshot) { return identity::find_session(snapshot, token); });
    if (!facts) return nullptr;
    auto credential = std::make_shared<Credential>();
    credential->is_operator = facts->user.is_operator;
    credential->memberships = facts->memberships;
    TenantId const tenant = facts->memberships.empty() ? TenantId{} : facts->memberships.front().tenant;
    auto const permissions = facts->user.is_operator ? identity::operator_permissions()
                             : facts->memberships.empty()
                                 ? std::make_shared<Permissions const>(std::vector<std::string>{"me.read"})
                                 : identity::permissions_of(facts->memberships.front());
    credential->identity = {Identity::Kind::session, tenant, facts->id.to_string(), facts->user.id.to_string(),
                            permissions};
    credential->identity.requests_per_minute = session_requests_per_minute;
    credential->expires_at = facts->expires_at;
    credential->csrf_token = identity::csrf_token_of(token);
    credential->subjects = {facts->id.to_string(), facts->user.id.to_string()};
    for (auto const& membership : facts->memberships) credential->subjects.push_back(membership.tenant.to_string());
    return credential;
}

void Gate::note_use(Credential const& credential) {
    std::int64_t const now_us = clock_.monotonic().us;
    if (now_us < credential.next_note_us.load(std::memory_order_relaxed)) return;
    credential.next_note_us.store(now_us + note_pause.us, std::memory_order_relaxed);
    std::lock_guard const lock(used_mutex_);
    if (credential.identity.kind == Identity::Kind::session)
        used_sessions_.insert(credential.identity.credential_id);
    else
        used_keys_[credential.identity.tenant].insert(credential.identity.credential_id);
}

void Gate::take(std::string const& key, shared_state::Limit const& limit, std::vector<web::Header>* headers) {
    auto const decision = limits_.take(key, limit, clock_.monotonic());
    auto const in_s = [](Duration d) { return std::to_string((d.us + 999'999) / 1'000'000); };
    if (headers != nullptr) {
        headers->push_back({"RateLimit-Limit", std::to_string(limit.count)});
        headers->push_back({"RateLimit-Remaining", std::to_string(decision.remaining)});
        headers->push_back({"RateLimit-Reset", in_s(decision.reset)});
    }
    if (decision.allowed) return;
    Fault fault(errors::limited, "Too many requests (limit: " + std::string(limit.name) + ", " +
                                     std::to_string(limit.count) + " a minute).");
    fault.retry_after_s = static_cast<int>((decision.retry_after.us + 999'999) / 1'000'000);
    throw fault;
}

void Gate::admit(Call const& call, web::Endpoint const& endpoint, std::vector<web::Header>& headers) {
    Identity const& identity = call.identity;
    if (identity.kind == Identity::Kind::anonymous) {
        if (endpoint.limits_class == web::unlimited) return;
        return take("address:" + call.remote_address, anonymous_limit, nullptr);
    }
    if (identity.requests_per_minute > 0)
        take(identity.credential_id, {"requests of this credential", identity.requests_per_minute}, &headers);
    if (identity.tenant_requests_per_minute > 0)
        take(identity.tenant.to_string(), {"requests of the tenant", identity.tenant_requests_per_minute},
             identity.requests_per_minute > 0 ? nullptr : &headers);
}

void Gate::record(Transaction& tx, Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    audit::write(tx, call, endpoint, outcome);
}

void Gate::count(Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    failures_.add(call, endpoint, outcome);
    metrics_.observe_request(endpoint.name, outcome.status, static_cast<double>(outcome.took.us) / 1e6);
    if (call.tenant().is_set())
        counts_.add(call.tenant(), call.identity.credential_id, endpoint.name, outcome.status, outcome.took);
}

void Gate::flush_last_used() {
    std::map<TenantId, std::set<std::string>> used_keys;
    std::set<std::string> used_sessions;
    {
        std::lock_guard const lock(used_mutex_);
        used_keys.swap(used_keys_);
        used_sessions.swap(used_sessions_);
    }
    for (auto const& [tenant, ids] : used_keys) {
        std::vector<keys::KeyId> parsed;
        for (auto const& id : ids) parsed.push_back(keys::KeyId::parse(id).value());
        database_.write(tenant, [&](Transaction& tx) { keys::mark_used(tx, parsed, tx.now()); });
    }
    if (used_sessions.empty()) return;
    database_.write(system_scope("when sessions were last used"), [&](Transaction& tx) {
        for (auto const& id : used_sessions) identity::mark_used(tx, identity::SessionId::parse(id).value());
    });
}

}  // namespace mainstay::app
