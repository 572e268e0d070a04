// What jobs and nodes have in common: how they are enqueued, tried again, and what their handlers are given. Included
// by flow.hpp.
#pragma once
#include "kernel/events/events.hpp"
#include "kernel/storage/storage.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::flow {

using JobId = Id<"job">;
using RunId = Id<"run">;

// When and how often a job or a node is tried again.
struct RetryPolicy {
    std::int64_t max_attempts = 5;  // at least 1, the first one included
    Duration first_delay = seconds(1);
    double factor = 2.0;
    Duration longest_delay = minutes(10);
    double jitter = 0.2;  // of the delay, either way
};

// The wait before attempt number `attempt` (2 is the first retry); `random` is from 0 to 1.
Duration delay_before(RetryPolicy const&, std::int64_t attempt, double random);

inline constexpr std::int64_t highest_priority = 100;  // the lowest is its negative
inline constexpr std::size_t payload_bytes_max = 256u << 10;
inline constexpr std::size_t result_bytes_max = 256u << 10;
inline constexpr std::size_t state_bytes_max = 1u << 20;  // of a workflow's state as JSON
inline constexpr std::size_t key_bytes_max = 200;         // of a unique or a concurrency key

// At most `limit` of the tenant's jobs and runs with the same key run at the same time, over all nodes. The rest wait
// for a place, by priority and then in the order of their making.
struct Concurrency {
    std::string key;
    std::int64_t limit = 1;
};

struct JobOptions {
    std::string queue = "default";  // carried out by the engines of this queue
    std::int64_t priority = 0;      // higher first; within one priority the tenants take turns
    Instant run_at = {};            // unset: now
    std::string unique_key = {};    // while one of the kind with this key is not finished, another is not enqueued
    Duration unique_period = {};    // set: nor within this period, counted from 1970, though it has finished; as long
                                    // as finished work is kept
    std::optional<Concurrency> concurrency = {};
};

// A unique key for work that is told apart by what it is about: a hash of the payload.
std::string key_of_text(std::string_view payload);
template <class Payload>
std::string key_of(Payload const& payload) {
    return key_of_text(fields::to_json(payload));
}

// Thrown by a handler whose work cannot succeed however often it is tried: the job is dead, the run failed.
class Discard : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Thrown by a handler that was told when to come back: the next attempt, if there is one left, begins then.
class RetryAfter : public std::runtime_error {
public:
    RetryAfter(Duration wait, std::string const& why) : std::runtime_error(why), delay(wait) {}
    Duration delay;
};

// Thrown out of a handler or a step that lost its lease: whatever it was about to write is not written.
class LeaseLost : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A run that another started and that has ended.
struct ChildResult {
    std::string branch;   // of a split: the node it began at
    std::string state;    // as JSON
    std::string changes;  // the members of it that it changed, as Step has them
};

// What came of a wait.
struct Outcome {
    bool is_late = false;               // nothing came in time
    std::string answer;                 // an event's payload or a person's answer, as JSON
    std::string answered_by;            // the person
    std::vector<ChildResult> children;  // in the order in which they were given; those that completed
};

// The lease under which a job runs, as its handler sees it.
class Context {
public:
    virtual ~Context() = default;
    virtual Database& database() = 0;
    virtual TenantId tenant() const = 0;
    virtual std::string const& originator()
        const = 0;                             // usr_… or key_…: who caused this work; what it writes is theirs
    virtual std::int64_t attempt() const = 0;  // from 1; counted before the run
    // Whether to stop: it was cancelled, its lease is lost, its time is up, or the engine drains too long. A handler
    // that was told so and returns is taken as stopped half-way, not as done.
    virtual bool is_cancelled() const = 0;
    virtual Duration time_left() const = 0;
    // Adds rows to the transaction that ends this job or node; may run more than once, touches its transaction alone.
    virtual void write(std::function<void(Transaction&)>) = 0;
    // A small transaction of its own, fenced: throws LeaseLost when another has taken over. For progress.
    virtual void write_now(std::function<void(Transaction&)>) = 0;
    // Kept with the job when it completes; JSON. Throws std::logic_error past result_bytes_max.
    virtual void set_result(std::string json) = 0;
    // Of a node that waits: what came. Throws std::logic_error in any other.
    virtual Outcome const& outcome() const = 0;
};

std::span<Migration const> migrations();

}  // namespace mainstay::flow
