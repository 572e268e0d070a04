#include "kernel/shared_state/shared_state.hpp"

#include "kernel/shared_state/hints.hpp"
#include "kernel/shared_state/memory_store.hpp"
#include "kernel/shared_state/redis_store.hpp"
#include "kernel/shared_state/settlement.hpp"

namespace mainstay::shared_state {
namespace {

constexpr std::string_view revoked_text = "poll";  // the hint is all that there is to say

RedisPlace place_of(RedisOptions const& options) {
    auto url = RedisUrl::parse(options.url);
    if (!url)
        throw Fault(errors::invalid_input,
                    "The URL of Redis is not redis[s]://[user][:password@]host[:port][/database]; what is no letter "
                    "or digit in user and password is percent-encoded.");
    return {std::move(*url), options.ca_file};
}

std::unique_ptr<Store> store_of(std::optional<RedisOptions> const& redis, Clock& clock) {
    if (redis) return std::make_unique<RedisStore>(place_of(*redis));
    return std::make_unique<MemoryStore>(std::make_shared<MemoryMeeting>(clock));
}

}  // namespace

RateLimits::RateLimits() : table_(std::make_unique<RateTable>(keys_max)) {}
RateLimits::~RateLimits() = default;

Decision RateLimits::take(std::string_view key, Limit const& limit, Duration now) {
    return table_->take(key, limit, now);
}

std::vector<Decision> RateLimits::take_all(std::span<Ask const> asks, Duration now) {
    return table_->take_all(asks, now);
}

struct SharedState::State {
    State(std::unique_ptr<Store> s, Signals& signals, RateTable& table, Clock& clock)
        : store(std::move(s)), settlement(table, *store, clock), hints(signals, *store) {}

    std::unique_ptr<Store> store;
    Settlement settlement;
    Hints hints;
};

SharedState::SharedState(std::optional<RedisOptions> const& redis, Signals& signals, Clock& clock)
    : SharedState(store_of(redis, clock), signals, clock) {}

SharedState::SharedState(std::unique_ptr<Store> store, Signals& signals, Clock& clock)
    : state_(std::make_unique<State>(std::move(store), signals, *limits_.table_, clock)) {
    state_->hints.carry<Revoked>(
        "revoked", [](Revoked const&) { return std::string(revoked_text); },
        [](std::string_view text) { return text == revoked_text ? std::optional<Revoked>(Revoked{}) : std::nullopt; });
}

SharedState::~SharedState() {
    stop();
}

Hints& SharedState::hints() {
    return state_->hints;
}

void SharedState::start() {
    if (log) state_->settlement.log = log;
    state_->settlement.start();
    state_->hints.start();
}

void SharedState::stop() {
    state_->settlement.stop();
    state_->hints.stop();
}

void SharedState::settle() {
    state_->settlement.settle();
}

Counters SharedState::counters() const {
    auto const settled = state_->settlement.counters();
    Hints::State const& hints = *state_->hints.state_;
    return {settled.batches,
            settled.keys,
            settled.failures,
            hints.sent,
            hints.heard,
            hints.lost,
            hints.malformed,
            !state_->store->is_alone(),
            settled.is_connected && hints.is_listening};
}

void check_url(RedisOptions const& options) {
    place_of(options);
}

std::string check_redis(RedisOptions const& options) {
    Interrupt const never;
    RedisConnection connection(place_of(options), never);
    try {
        connection.open();
        return {};
    } catch (RedisError const& error) {
        return error.what();
    }
}

}  // namespace mainstay::shared_state
