#include "app/gate.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace mainstay::app {
namespace {

constexpr std::string_view bearer = "Bearer ";
// What is in no cache costs a look into the database, and anybody can invent keys.
constexpr std::int64_t lookups_per_minute = 600, anonymous_per_minute = 300, session_requests_per_minute = 1'200;
constexpr std::ptrdiff_t marked_at_once = 500;  // in one transaction, so that others' wait is short
constexpr Duration note_pause = seconds(5);     // between two notes that a credential is used

[[noreturn]] void refuse_credential() {
    throw Fault(errors::unauthorized, "The credential is unknown, expired or revoked.");
}

std::int64_t whole_seconds(Duration d) {
    return (d.us + 999'999) / 1'000'000;
}

[[noreturn]] void refuse_for(RequestLimit const& limit, Duration retry_after) {
    Fault fault(errors::limited, "Too many requests (limit: " + limit.name + ", " + std::to_string(limit.count) +
                                     " in " + std::to_string(whole_seconds(limit.period)) + " s).");
    fault.retry_after_s = static_cast<int>(whole_seconds(retry_after));
    throw fault;
}

// Of those that refuse the one that does so the longest, else the one with the least left.
bool is_tighter(shared_state::Decision const& one, shared_state::Decision const& other) {
    if (one.allowed != other.allowed) return !one.allowed;
    return one.allowed ? one.remaining < other.remaining : one.retry_after > other.retry_after;
}

bool is_reading(web::Method method) {
    return method == web::Method::get || method == web::Method::head || method == web::Method::options;
}

void require_own_page(web::RequestHead const& head, Credential const& credential) {
    bool const has_token = equals_in_constant_time(head.header("x-csrf-token"), credential.csrf_token);
    bool const is_json = lower_ascii(head.header("content-type")).starts_with("application/json");
    if (!web::is_same_origin(head) || !(has_token || is_json))
        throw Fault(errors::csrf_refused, "A browser's change must come from our own pages.");
}

// Of a session: in the tenant that the request chooses among its own.
Identity identity_in_chosen(web::RequestHead const& head, Credential const& credential) {
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
      credentials_(clock, Credential::kept_max) {}

// A request that bears an Authorization is never taken for one of its cookie.
Gate::Presented Gate::presented_in(web::RequestHead const& head) const {
    auto const authorization = head.header("authorization");
    if (authorization.empty())
        return {web::cookie(head, identity::session_cookie_name(options_.is_tls)), Bearing::cookie};
    if (!authorization.starts_with(bearer)) return {};
    auto const token = authorization.substr(bearer.size());
    if (identity::is_access_token(token)) return {token, Bearing::access_token};
    return {keys::is_api_secret(token) ? token : std::string_view(), Bearing::key};
}

// A key or an access token in a cookie is not found as what it is.
Sha256 Gate::place_of(Presented const& presented) {
    Sha256 place = sha256(presented.token);
    place.front() ^= static_cast<unsigned char>(presented.as);
    return place;
}

Identity Gate::identify(web::RequestHead const& head, web::Endpoint const& endpoint) {
    auto const presented = presented_in(head);
    bool const is_cookie = presented.as == Bearing::cookie;
    if (presented.token.empty() && is_cookie) return {};
    auto const credential = credential_of(presented, head.remote_address);
    if (!credential) {
        if (is_cookie && endpoint.permission == web::public_access) return {};
        refuse_credential();
    }
    if (!keys::is_allowed_from(credential->allowed_addresses, head.remote_address))
        throw Fault(errors::forbidden, "This key may not be used from your address.");
    note_use(*credential);
    if (presented.as == Bearing::key) return credential->identity;
    if (is_cookie && !is_reading(endpoint.method)) require_own_page(head, *credential);
    return identity_in_chosen(head, *credential);
}

bool Gate::knows(web::RequestHead const& head) {
    auto const presented = presented_in(head);
    return presented.token.empty() || (is_cache_fresh() && credentials_.find(place_of(presented)) != nullptr);
}

// Credentials that are not known yet share what their address has, so that inventing them gains nothing.
std::uint64_t Gate::share_of(web::RequestHead const& head) {
    auto const presented = presented_in(head);
    auto const credential = presented.token.empty() ? nullptr : credentials_.peek(place_of(presented));
    if (!credential) return std::hash<std::string_view>()(head.remote_address);
    Identity const& identity = credential->identity;
    return identity.tenant.is_set() ? IdHash()(identity.tenant) : std::hash<std::string_view>()(identity.credential_id);
}

std::shared_ptr<Credential const> Gate::credential_of(Presented const& presented, std::string const& address) {
    Sha256 const place = place_of(presented);
    auto credential = is_cache_fresh() ? credentials_.find(place) : nullptr;
    if (!credential && !presented.token.empty()) {
        std::array<RequestLimit, 1> const limit{
            {{"lookups:" + address, "credentials looked up for an address", lookups_per_minute, minutes(1)}}};
        take(limit, nullptr);
        std::uint64_t const moment = credentials_.moment();
        credential = presented.as == Bearing::key ? load_key(presented.token) : load_session(presented);
        if (credential) credentials_.put(place, credential, credential->subjects, moment);
    }
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
    std::string const id = facts->id.to_string(), tenant = facts->tenant.to_string();
    std::vector<RequestLimit> limits;
    for (auto const& limit : facts->limits)
        limits.push_back({id + ':' + limit.name, limit.name, limit.count, seconds(limit.period_s)});
    if (facts->tenant_requests_per_minute != entitlements::unlimited)
        limits.push_back({tenant, "requests of the tenant", facts->tenant_requests_per_minute, minutes(1)});
    credential->identity.limits = std::make_shared<std::vector<RequestLimit> const>(std::move(limits));
    credential->expires_at = credential->identity.valid_until = facts->expires_at;
    credential->allowed_addresses = facts->allowed_addresses;
    credential->subjects = {id, tenant, entitlements::subject_of(facts->plan)};
    return credential;
}

std::shared_ptr<Credential const> Gate::load_session(Presented const& presented) {
    bool const is_cookie = presented.as == Bearing::cookie;
    auto const facts = database_.read(system_scope("whose session this is"), [&](Snapshot& snapshot) {
        return is_cookie ? identity::find_session(snapshot, presented.token)
                         : identity::find_session_by_access_token(snapshot, options_.public_url, presented.token);
    });
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
    credential->identity.limits = std::make_shared<std::vector<RequestLimit> const>(std::vector<RequestLimit>{
        {facts->id.to_string(), "requests of a session", session_requests_per_minute, minutes(1)}});
    credential->expires_at = credential->identity.valid_until = facts->expires_at;
    if (is_cookie) credential->csrf_token = identity::csrf_token_of(presented.token);
    credential->subjects = {facts->id.to_string(), facts->user.id.to_string()};
    for (auto const& membership : facts->memberships) credential->subjects.push_back(membership.tenant.to_string());
    for (auto const& withheld : facts->withheld) credential->subjects.push_back(withheld.to_string());
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
        used_keys_.emplace(credential.identity.tenant, credential.identity.credential_id);
}

void Gate::take(std::span<RequestLimit const> limits, std::vector<web::Header>* headers) {
    std::vector<shared_state::Ask> asks;
    for (RequestLimit const& limit : limits) asks.push_back({limit.key, {limit.name, limit.count, limit.period}});
    auto const decisions = limits_.take_all(asks, clock_.monotonic());
    auto const tightest = std::min_element(decisions.begin(), decisions.end(), is_tighter);
    if (tightest == decisions.end()) return;
    RequestLimit const& limit = limits[static_cast<std::size_t>(tightest - decisions.begin())];
    if (headers != nullptr) {
        headers->push_back({"RateLimit-Limit", std::to_string(limit.count)});
        headers->push_back({"RateLimit-Remaining", std::to_string(tightest->remaining)});
        headers->push_back({"RateLimit-Reset", std::to_string(whole_seconds(tightest->reset))});
    }
    if (!tightest->allowed) refuse_for(limit, tightest->retry_after);
}

void Gate::admit(Call const& call, web::Endpoint const& endpoint, std::vector<web::Header>& headers) {
    Identity const& identity = call.identity;
    if (identity.kind == Identity::Kind::anonymous) {
        if (endpoint.limits_class == web::unlimited) return;
        std::array<RequestLimit, 1> const limit{
            {{"address:" + call.remote_address, "anonymous requests from an address", anonymous_per_minute,
              minutes(1)}}};
        return take(limit, nullptr);
    }
    if (identity.limits) take(*identity.limits, &headers);
}

void Gate::record(Transaction& tx, Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    if (endpoint.is_audited) audit::write(tx, call, endpoint, outcome);
}

void Gate::count(Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    failures_.add(call, endpoint, outcome);
    metrics_.observe_request(endpoint.name, outcome.status, static_cast<double>(outcome.took.us) / 1e6);
    if (call.tenant().is_set())
        counts_.add(call.tenant(), call.identity.credential_id, endpoint.name, outcome.status, outcome.took);
}

void Gate::flush_last_used() {
    std::set<std::pair<TenantId, std::string>> used_keys;
    std::set<std::string> used_sessions;
    {
        std::lock_guard const lock(used_mutex_);
        used_keys.swap(used_keys_);
        used_sessions.swap(used_sessions_);
    }
    while (!used_keys.empty()) {
        auto const end = std::next(used_keys.begin(), std::min<std::ptrdiff_t>(std::ssize(used_keys), marked_at_once));
        database_.write(
            system_scope("when keys were last used"),
            [&](Transaction& tx) {
                for (auto at = used_keys.begin(); at != end; ++at)
                    keys::mark_used(tx, at->first, keys::KeyId::parse(at->second).value(), tx.now());
            },
            Isolation::read_committed);
        used_keys.erase(used_keys.begin(), end);
    }
    if (used_sessions.empty()) return;
    database_.write(system_scope("when sessions were last used"), [&](Transaction& tx) {
        for (auto const& id : used_sessions) identity::mark_used(tx, identity::SessionId::parse(id).value());
    });
}

}  // namespace mainstay::app
