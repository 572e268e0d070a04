// Jobs: enqueued, asked for, cancelled and put back in their caller's transaction. Included by flow.hpp.
#pragma once
#include "kernel/flow/work.hpp"

namespace mainstay::flow {

// `waiting` is also one whose lease ran out: whoever had it is gone, and another may take it.
enum class JobState { waiting, running, completed, dead, cancelled };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, completed, dead, cancelled)

struct JobKind {
    std::string name;  // the payload's table name
    RetryPolicy retry;
    Duration time_limit = minutes(5);  // as Node::time_limit
    // What the job's originator must still be allowed to do when it runs, see EngineOptions::may; empty: nothing.
    std::string permission = {};
    std::function<void(Context&, std::string const& payload)> run;
};

template <class Payload, class F>
JobKind job_kind(F handler) {
    JobKind kind;
    kind.name = table_of(static_cast<Payload const*>(nullptr)).name;
    kind.run = [handler](Context& context, std::string const& payload) {
        handler(context, fields::from_json<Payload>(payload));
    };
    return kind;
}

// The id of the new job, or of the one that has the unique key.
JobId enqueue_text(Transaction&, std::string_view kind, std::string const& payload, JobOptions const& = {});
// Many of a kind at once; without unique keys.
void enqueue_texts(Transaction&, std::string_view kind, std::span<std::string const> payloads, JobOptions const& = {});

template <class Payload>
JobId enqueue(Transaction& tx, Payload const& payload, JobOptions const& options = {}) {
    return enqueue_text(tx, table_of(&payload).name, fields::to_json(payload), options);
}

template <class Payload>
void enqueue_all(Transaction& tx, std::span<Payload const> payloads, JobOptions const& options = {}) {
    std::vector<std::string> texts;
    texts.reserve(payloads.size());
    for (auto const& payload : payloads) texts.push_back(fields::to_json(payload));
    enqueue_texts(tx, table_of(static_cast<Payload const*>(nullptr)).name, texts, options);
}

struct Job {
    JobId id;
    std::string kind;
    std::string queue;
    std::int64_t priority = 0;
    JobState state = JobState::waiting;
    std::int64_t attempts = 0;
    std::optional<Instant> run_at;  // unless finished: when it is taken next, or the end of its lease; none: once there
                                    // is a place under its concurrency key
    std::optional<std::string> concurrency_key;
    std::string originator;
    std::optional<std::string> last_error;
    std::optional<JsonText> result;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(Job const*);
std::optional<Job> find_job(Snapshot&, JobId);

// A waiting job ends at once; a running one sees is_cancelled(). False when it has finished already.
bool cancel_job(Transaction&, JobId);
// Puts a dead or cancelled job back, its attempts counted anew; one that was cancelled before its first attempt was due
// keeps its time. False when it is neither, or when its unique key is taken by another by now.
bool retry_job(Transaction&, JobId);

// Nothing of the queue is taken from now on; what runs goes on. In system scope.
void pause_queue(Transaction& system, std::string_view queue, std::string_view by);
void resume_queue(Transaction& system, std::string_view queue);
// Whether any tenant has work in it, or it is paused.
bool has_queue(Snapshot& system, std::string_view queue);

}  // namespace mainstay::flow
