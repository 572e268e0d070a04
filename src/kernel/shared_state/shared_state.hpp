// What nodes share: rate limits decided locally, and revocations that every node hears of within a second.
#pragma once
#include "kernel/storage/storage.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mainstay::shared_state {

// --- revocations ---------------------------------------------------------------------------------------------------

inline constexpr Duration revocation_poll = milliseconds(300);
inline constexpr Duration revocation_overlap = seconds(10);  // for transactions that commit out of order
inline constexpr Duration revocation_trust = seconds(1);     // without a poll for that long, caches are not believed
inline constexpr Duration revocation_kept = days(1);

// Says, in the transaction that changes it, that what is cached of `subject` (a key's, session's, user's or tenant's
// id) is no longer true.
void revoke(Transaction&, std::string_view subject);

// Follows the log on a thread of its own.
class RevocationWatch {
public:
    using Heard = std::function<void(std::string const& subject)>;  // may come more than once for one revocation

    RevocationWatch(Database&, Clock&, Heard);
    ~RevocationWatch();
    void start();
    void stop();
    void poll_now();        // on the calling thread; throws what the database throws
    bool is_fresh() const;  // whether caches may be believed

private:
    struct State;
    std::unique_ptr<State> state_;
};

// --- rate limits ---------------------------------------------------------------------------------------------------

struct Limit {
    std::string_view name;    // said in the refusal
    std::int64_t count = 60;  // requests
    Duration per = minutes(1);
    std::int64_t burst = 0;  // 0: as many as count
};

struct Decision {
    bool allowed = true;
    std::int64_t remaining = 0;
    Duration retry_after{};  // when refused
    Duration reset{};        // until the whole burst is there again
};

// GCRA, in the memory of this process.
class RateLimits {
public:
    static constexpr std::size_t keys_max = 1'000'000;  // past it the idle ones are dropped

    RateLimits();
    ~RateLimits();
    Decision take(std::string_view key, Limit const&, Duration now_monotonic);

private:
    struct State;
    std::unique_ptr<State> state_;
};

// The rule alone: `arrival` is the theoretical arrival time kept for the key, and is moved on when allowed.
Decision decide(Limit const&, std::int64_t& arrival_us, std::int64_t now_us);

std::span<Migration const> migrations();

}  // namespace mainstay::shared_state
