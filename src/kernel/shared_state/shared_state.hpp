// What nodes share: rate limits decided locally and settled with the others in batches, revocations that every node
// hears of within a second, and hints that hurry what is read from tables. In the memory of one process, or by Redis
// for several; no request waits for Redis or fails for it.
#pragma once
#include "kernel/storage/storage.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mainstay::shared_state {

// --- revocations ---------------------------------------------------------------------------------------------------

inline constexpr Duration revocation_poll = milliseconds(300);
inline constexpr Duration revocation_overlap = seconds(10);  // for transactions that commit out of order
inline constexpr Duration revocation_trust = seconds(1);     // without a poll for that long, caches are not believed
inline constexpr Duration revocation_kept = days(1);
inline constexpr Duration revocation_hurry_pause = milliseconds(20);  // between polls, however many hints come

// Says, in the transaction that changes it, that what is cached of `subject` (a key's, session's, user's or tenant's
// id) is no longer true.
void revoke(Transaction&, std::string_view subject);

// What revoke() tells after the commit, see Database::signals: this node's watch polls at once, and by Hints the
// others'.
struct Revoked {};

// Follows the log on a thread of its own. The log is the truth; without a word of Revoked it is polled all the same.
class RevocationWatch {
public:
    using Heard = std::function<void(std::string const& subject)>;  // may come more than once for one revocation

    RevocationWatch(Database&, Clock&, Heard, Duration poll = revocation_poll);
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

// What one request takes of one key.
struct Ask {
    std::string_view key;
    Limit limit;
    std::int64_t cost = 1;  // requests; 0 looks and takes nothing
};

inline constexpr Duration settle_interval = milliseconds(100);

class RateTable;

// GCRA, decided at once in the memory of this process. One node is exact. With several, each learns within
//     D = 2 x (settle_interval + the time Redis takes to answer)
// what the others took, so that in any time T all nodes together let through at most
//     burst + rate x (T + settle_interval) + (nodes - 1) x min(burst + rate x D, what one node is asked within D)
// with rate = count / per; a single limiter lets through burst + rate x T. What was let through too much is paid back:
// nobody is let through until the shared arrival time has come down, so that over a long time the rate is exact. Nobody
// is held back more than settle_interval longer than by a single limiter of what was let through.
// While Redis is away, and for a node that has just started, this node's own limit holds: nodes x (burst + rate x T) at
// most. When it is back, the latest arrival time that a node goes by is that of all, and nobody pays for the time
// alone. Clocks of nodes need not agree: only lengths of time are told, and Redis adds them to its own clock.
class RateLimits {
public:
    static constexpr std::size_t keys_max = 1'000'000;  // past it idle ones are dropped, or those that soonest will be

    RateLimits();  // of this process alone
    ~RateLimits();
    Decision take(std::string_view key, Limit const&, Duration now_monotonic);
    // All of them, or none where one is refused. Gives a decision for each, in their order; no key may be there twice.
    std::vector<Decision> take_all(std::span<Ask const>, Duration now_monotonic);

private:
    friend class SharedState;
    std::unique_ptr<RateTable> table_;
};

// The rule alone: `arrival` is the theoretical arrival time kept for the key, and is moved on when allowed.
Decision decide(Limit const&, std::int64_t& arrival_us, std::int64_t now_us, std::int64_t cost = 1);

// --- hints ---------------------------------------------------------------------------------------------------------

inline constexpr std::size_t hint_bytes_max = 1'024;
inline constexpr std::size_t hints_waiting_max = 4'096;   // to be sent; past it the oldest is dropped and counted
inline constexpr Duration hints_pause = milliseconds(5);  // between two batches; a word that waits is sent once

class Store;

// Carries words of Signals to the other nodes, where they are told as if they came from there. Words only hurry: they
// may be lost, late, twice, out of order, or (since Redis may be anyone) invented; what must be right is read from
// tables. A word that came from another node is not sent on.
//
// A module's words are registered where the program is wired, before SharedState::start().
class Hints {
public:
    Hints(Signals&, Store&);
    ~Hints();

    // Sends what is told here as a Word, and tells what is heard as a Heard: another type where hearsay counts for
    // less. `to_text` gives at most hint_bytes_max (a longer hint is dropped and counted), or no text for what others
    // need not know; `from_text` is given whatever arrives and must not throw. Throws std::logic_error for a name that
    // is taken.
    template <class Word, class Heard = Word>
    void carry(std::string const& name, std::function<std::string(Word const&)> to_text,
               std::type_identity_t<std::function<std::optional<Heard>(std::string_view)>> from_text) {
        add(name, [this, from_text = std::move(from_text)](std::string_view text) {
            std::optional<Heard> const word = from_text(text);
            if (word) signals_.send(*word);
            return word.has_value();
        });
        keep_listening(signals_.listen<Word>([this, name, to_text = std::move(to_text)](Word const& word) {
            if (is_wanted()) send(name, to_text(word));
        }));
    }

private:
    friend class SharedState;
    struct State;
    void add(std::string const& name, std::function<bool(std::string_view)> tell);
    void keep_listening(Signals::Listening);
    bool is_wanted() const;
    void send(std::string const& name, std::string text);
    void start();
    void stop();

    Signals& signals_;
    std::unique_ptr<State> state_;
};

// --- all of it -----------------------------------------------------------------------------------------------------

struct RedisOptions {
    std::string url;      // redis[s]://[user][:password@]host[:port][/database]
    std::string ca_file;  // PEM, for rediss; empty: the system's certificates
};

// Throws Fault(errors::invalid_input) for a URL that is none, in words without its password.
void check_url(RedisOptions const&);
// Whether the server can be reached and used: what is wrong, or an empty text.
std::string check_redis(RedisOptions const&);

struct Counters {
    std::uint64_t settled_batches = 0, settled_keys = 0, settle_failures = 0;
    std::uint64_t hints_sent = 0, hints_heard = 0, hints_lost = 0, hints_malformed = 0;
    bool is_shared = false;     // by Redis
    bool is_connected = false;  // limits are settled and hints are heard
};

class SharedState {
public:
    // Without options, in the memory of this process. Signals and clock must outlive it.
    SharedState(std::optional<RedisOptions> const&, Signals&, Clock&);
    // For nodes that share another Store.
    SharedState(std::unique_ptr<Store>, Signals&, Clock&);
    ~SharedState();

    RateLimits& limits() { return limits_; }
    Hints& hints();
    void start();  // returns at once, whether Redis answers or not
    void stop();
    void settle();  // now, on the calling thread
    Counters counters() const;

    // Set before start().
    std::function<void(std::string_view level, std::string_view text)> log;

private:
    struct State;
    RateLimits limits_;
    std::unique_ptr<State> state_;
};

std::span<Migration const> migrations();

}  // namespace mainstay::shared_state

#include "kernel/shared_state/revocable_cache.hpp"
