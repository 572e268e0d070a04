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
constexpr std::int64_t lookups_per_minute = 600, anonymous_per_minute = 300, anonymous_changes_per_minute = 120;
// An office behind one address; what keys and programs behind one use is their plans' business.
constexpr std::int64_t people_from_address_per_minute = 12'000;
constexpr std::int64_t user_requests_per_minute = 1'200, user_changes_per_minute = 600, expensive_per_minute = 60;
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

// Nothing: no limit of its own stands against the class.
std::optional<RequestLimit> class_limit(Identity const& identity, RouteClass route_class) {
    bool const is_person = identity.kind == Identity::Kind::session;
    if (route_class == RouteClass::expensive)
        return RequestLimit{identity.actor_id + ":expensive", "expensive requests", expensive_per_minute, minutes(1)};
    if (route_class != RouteClass::read && is_person)
        return RequestLimit{identity.actor_id + ":write", "changes by a user", user_changes_per_minute, minutes(1)};
    return std::nullopt;  // what keys change is the plan's business, and their own limits'
}

}  // namespace

RouteClass class_of(web::Endpoint const& endpoint) {
    if (endpoint.limits_class == "default") {
        if (is_reading(endpoint.method)) return RouteClass::read;
        return endpoint.permission == web::public_access ? RouteClass::sign_in : RouteClass::write;
    }
    if (endpoint.limits_class == web::unlimited) return RouteClass::unlimited;
    if (endpoint.limits_class == "expensive") return RouteClass::expensive;
    throw std::logic_error("endpoint " + std::string(endpoint.name) + " names the class of limits " +
                           std::string(endpoint.limits_class) + ", which there is not");
}

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
    if (is_cookie && !is_reading(endpoint.method)) require_own_page(head, *credential);
    return in_chosen_tenant(head, *credential);
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

bool Gate::allows_origin(web::RequestHead const& head, Identity const& caller) {
    auto const origin = head.header("origin");
    if (origin.empty()) return false;
    if (caller.kind == Identity::Kind::anonymous) return has_origin(origin, std::nullopt);
    bool const bears_cookie = head.header("authorization").empty();
    return !bears_cookie && caller.tenant.is_set() && has_origin(origin, caller.tenant);
}

// By the Host or by X-Tenant-ID, which may say the same; of the tenants of the credential alone.
Identity Gate::in_chosen_tenant(web::RequestHead const& head, Credential const& credential) const {
    auto const named = head.header("x-tenant-id");
    auto const by_host = tenant_of_host(head.header("host"));
    if (named.empty() && !by_host) return credential.identity;
    if (by_host && !named.empty() && by_host->to_string() != named)
        throw Fault(errors::forbidden, "The Host and X-Tenant-ID name different tenants.");
    auto const chosen = by_host ? by_host : TenantId::parse(named);
    if (chosen && *chosen == credential.identity.tenant) return credential.identity;
    for (Identity const& identity : credential.identities)
        if (identity.tenant == chosen) return identity;
    throw Fault(errors::not_found, "There is no such tenant.");
}

std::shared_ptr<Credential const> Gate::credential_of(Presented const& presented, std::string const& address) {
    Sha256 const place = place_of(presented);
    auto credential = is_cache_fresh() ? credentials_.find(place) : nullptr;
    if (!credential && !presented.token.empty()) {
        std::array<RequestLimit, 1> const limit{
            {{"lookups:" + address, "credentials looked up for an address", lookups_per_minute, minutes(1)}}};
        take(limit, {}, nullptr);
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
    std::vector<entitlements::Plan> plans;
    std::vector<std::int64_t> tenants_requests;
    auto const facts = database_.read(system_scope("whose session this is"), [&](Snapshot& snapshot) {
        auto found = is_cookie ? identity::find_session(snapshot, presented.token)
                               : identity::find_session_by_access_token(snapshot, options_.public_url, presented.token);
        plans.clear();
        tenants_requests.clear();
        if (!found) return found;
        for (auto const& membership : found->memberships) {
            plans.push_back(tenants::find_tenant(snapshot, membership.tenant).value().plan);
            tenants_requests.push_back(entitlements::of(snapshot, membership.tenant, plans.back()).requests_per_minute);
        }
        return found;
    });
    if (!facts) return nullptr;
    auto credential = std::make_shared<Credential>();
    std::string const user = facts->user.id.to_string();
    RequestLimit const of_user{user, "requests of a user", user_requests_per_minute, minutes(1)};
    Identity identity{Identity::Kind::session, {}, facts->id.to_string(), user, nullptr};
    identity.valid_until = facts->expires_at;
    if (facts->acting) identity.impersonator_id = facts->acting->operator_id.to_string();
    identity.permissions = facts->user.is_operator
                               ? identity::operator_permissions()
                               : std::make_shared<Permissions const>(std::vector<std::string>{"me.read"});
    identity.limits = std::make_shared<std::vector<RequestLimit> const>(std::vector{of_user});
    credential->identity = identity;
    credential->subjects = {identity.credential_id, user};
    if (facts->acting)
        for (auto& subject : {facts->acting->operator_id.to_string(), facts->acting->operator_session.to_string()})
            credential->subjects.push_back(subject);
    for (std::size_t i = 0; i < facts->memberships.size(); ++i) {
        auto const& membership = facts->memberships[i];
        std::string const tenant = membership.tenant.to_string();
        std::vector<RequestLimit> limits{of_user};
        // Apart from what its keys use up: whoever has to stop them gets in.
        if (tenants_requests[i] != entitlements::unlimited)
            limits.push_back({tenant + ":people", "requests of the tenant's people",
                              tenants_requests[i] * entitlements::people_share, minutes(1)});
        identity.tenant = membership.tenant;
        if (!facts->user.is_operator) identity.permissions = identity::permissions_of(membership);
        identity.limits = std::make_shared<std::vector<RequestLimit> const>(std::move(limits));
        credential->identities.push_back(identity);
        for (auto& subject : {tenant, entitlements::subject_of(plans[i])}) credential->subjects.push_back(subject);
    }
    for (auto const& withheld : facts->withheld) credential->subjects.push_back(withheld.to_string());
    if (!credential->identities.empty()) credential->identity = credential->identities.front();
    credential->expires_at = facts->expires_at;
    if (is_cookie) credential->csrf_token = identity::csrf_token_of(presented.token);
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

// Of all of them or, where one refuses, of none.
void Gate::take(std::span<RequestLimit const> limits, std::span<RequestLimit const> further,
                std::vector<web::Header>* headers) {
    std::vector<shared_state::Ask> asks;
    asks.reserve(limits.size() + further.size());
    for (auto const& some : {limits, further})
        for (RequestLimit const& limit : some) asks.push_back({limit.key, {limit.name, limit.count, limit.period}});
    auto const decisions = limits_.take_all(asks, clock_.monotonic());
    auto const tightest = std::min_element(decisions.begin(), decisions.end(), is_tighter);
    if (tightest == decisions.end()) return;
    auto const place = static_cast<std::size_t>(tightest - decisions.begin());
    RequestLimit const& limit = place < limits.size() ? limits[place] : further[place - limits.size()];
    if (headers != nullptr) {
        headers->push_back({"RateLimit-Limit", std::to_string(limit.count)});
        headers->push_back({"RateLimit-Remaining", std::to_string(tightest->remaining)});
        headers->push_back({"RateLimit-Reset", std::to_string(whole_seconds(tightest->reset))});
    }
    if (!tightest->allowed) refuse_for(limit, tightest->retry_after);
}

void Gate::admit(Call const& call, web::Endpoint const& endpoint, std::vector<web::Header>& headers) {
    Identity const& identity = call.identity;
    RouteClass const route_class = class_of(endpoint);
    if (identity.kind == Identity::Kind::anonymous) {
        if (route_class == RouteClass::unlimited) return;
        std::string const address = "address:" + call.remote_address;
        std::array<RequestLimit, 1> const limit{
            {{address, "anonymous requests from an address", anonymous_per_minute, minutes(1)}}};
        std::array<RequestLimit, 1> const of_changes{
            {{address + ":change", "anonymous changes from an address", anonymous_changes_per_minute, minutes(1)}}};
        bool const is_change = route_class == RouteClass::sign_in;
        return take(limit, is_change ? std::span<RequestLimit const>(of_changes) : std::span<RequestLimit const>(),
                    &headers);
    }
    std::vector<RequestLimit> further;
    if (auto of_class = class_limit(identity, route_class)) further.push_back(std::move(*of_class));
    if (identity.kind == Identity::Kind::session)
        further.push_back({"people:" + call.remote_address, "requests of signed-in people from an address",
                           people_from_address_per_minute, minutes(1)});
    static std::vector<RequestLimit> const none;
    if (identity.limits || !further.empty()) take(identity.limits ? *identity.limits : none, further, &headers);
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
