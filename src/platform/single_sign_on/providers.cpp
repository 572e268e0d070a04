#include "platform/single_sign_on/providers.hpp"

#include <map>
#include <mutex>
#include <semaphore>

namespace mainstay::single_sign_on {

class Providers::State {
public:
    State(net::Transport& to, Clock& by, bool is_tls_needed) : transport(to), clock(by), needs_tls(is_tls_needed) {}

    struct Known {
        std::optional<Metadata> metadata;
        std::optional<Duration> metadata_at, failed_at, keys_at;
        std::vector<jwt::NamedKey> keys;
    };

    net::Transport& transport;
    Clock& clock;
    bool const needs_tls;
    std::mutex mutex{};
    std::map<std::string, Known, std::less<>> known{};  // by issuer
    std::counting_semaphore<calls_at_once> places{calls_at_once};
};

Providers::Providers(net::Transport& transport, Clock& clock, bool needs_tls)
    : state_(std::make_unique<State>(transport, clock, needs_tls)) {}
Providers::~Providers() = default;

namespace {

using State = Providers::State;

[[noreturn]] void fail(std::string const& why) {
    throw Fault(errors::provider_failed, "The organization's sign-in service did not answer as it should.", why);
}

class Place {
public:
    explicit Place(State& state) : state_(state) {
        if (state_.places.try_acquire()) return;
        Fault fault(errors::busy, "Too many people are signing in at the moment (limit: calls to providers).");
        fault.retry_after_s = 1;
        throw fault;
    }
    ~Place() { state_.places.release(); }
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;

private:
    State& state_;
};

net::Reply fetch(State& state, net::Request request, std::uint64_t bytes_max) {
    Place const place(state);
    request.limits.connect_time = Providers::call_time;
    request.limits.total_time = Providers::call_time;
    request.limits.reply_bytes = bytes_max;
    request.redirects_max = 0;
    auto outcome = state.transport.fetch(std::move(request));
    if (auto const* const failure = std::get_if<net::Failure>(&outcome))
        fail(std::string(net::name_of(failure->reason)) + ": " + failure->text);
    return std::move(std::get<net::Reply>(outcome));
}

std::string get(State& state, std::string const& url, std::uint64_t bytes_max) {
    auto reply = fetch(state, {.url = url, .headers = {{"Accept", "application/json"}}}, bytes_max);
    if (reply.status != 200) fail("status " + std::to_string(reply.status));
    return std::move(reply.body);
}

// The mutex is held.
State::Known& known_of(State& state, std::string const& issuer) {
    if (state.known.size() >= Providers::kept_max && !state.known.contains(issuer))
        state.known.erase(state.known.begin());
    return state.known[issuer];
}

bool is_within(std::optional<Duration> at, Duration span, Duration now) {
    return at && now - *at < span;
}

std::optional<jwt::PublicKey> find(std::vector<jwt::NamedKey> const& keys, jwt::Header const& header) {
    std::optional<jwt::PublicKey> found;
    for (auto const& named : keys) {
        if (named.key.algorithm() != header.algorithm) continue;
        if (!header.key_id.empty() && named.id != header.key_id) continue;
        if (found) return std::nullopt;  // which of them is not said
        found = named.key;
    }
    return found;
}

std::vector<jwt::NamedKey> fetch_keys(State& state, Metadata const& metadata) {
    json::Document document;
    if (document.parse(get(state, metadata.jwks_uri, Providers::keys_bytes))) fail("its keys are no JSON");
    return jwt::read_key_set(document.root());
}

}  // namespace

bool needs_tls(Providers& providers) {
    return providers.state().needs_tls;
}

Metadata metadata_of(Providers& providers, std::string const& issuer) {
    State& state = providers.state();
    Duration const now = state.clock.monotonic();
    {
        std::lock_guard const lock(state.mutex);
        State::Known const& known = known_of(state, issuer);
        if (known.metadata && is_within(known.metadata_at, Providers::kept, now)) return *known.metadata;
        if (is_within(known.failed_at, Providers::failed_kept, now)) fail("it failed a moment ago");
    }
    try {
        auto metadata =
            read_metadata(get(state, metadata_url(issuer), Providers::metadata_bytes), issuer, state.needs_tls);
        if (!metadata) fail("its metadata is not valid, or another issuer's");
        std::lock_guard const lock(state.mutex);
        State::Known& known = known_of(state, issuer);
        known.metadata = metadata;
        known.metadata_at = now;
        return *metadata;
    } catch (Fault const& fault) {
        if (fault.code().name == errors::provider_failed.name) {
            std::lock_guard const lock(state.mutex);
            known_of(state, issuer).failed_at = now;
        }
        throw;
    }
}

std::optional<jwt::PublicKey> key_of(Providers& providers, Metadata const& metadata, jwt::Header const& header) {
    State& state = providers.state();
    Duration const now = state.clock.monotonic();
    {
        std::lock_guard const lock(state.mutex);
        State::Known& known = known_of(state, metadata.issuer);
        auto const found = find(known.keys, header);
        bool const is_young = is_within(known.keys_at, Providers::kept, now);
        if (found && is_young) return found;
        if (is_within(known.keys_at, Providers::keys_pause, now)) return std::nullopt;
    }
    auto keys = fetch_keys(state, metadata);
    auto const found = find(keys, header);
    std::lock_guard const lock(state.mutex);
    State::Known& known = known_of(state, metadata.issuer);
    known.keys = std::move(keys);
    known.keys_at = now;
    return found;
}

std::optional<std::string> exchange(Providers& providers, Metadata const& metadata, TokenRequest const& request) {
    net::Request asked{
        .method = "POST",
        .url = metadata.token_endpoint,
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
        .body = request.body};
    if (!request.authorization.empty()) asked.headers.push_back({"Authorization", request.authorization, true});
    auto const reply = fetch(providers.state(), std::move(asked), Providers::tokens_bytes);
    if (reply.status == 400) return std::nullopt;
    if (reply.status != 200) fail("its token endpoint answered " + std::to_string(reply.status));
    auto token = read_id_token(reply.body);
    if (!token) fail("its token endpoint gave no id_token");
    return token;
}

}  // namespace mainstay::single_sign_on
