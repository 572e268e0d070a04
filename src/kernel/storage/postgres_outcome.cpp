#include "kernel/storage/postgres_outcome.hpp"

#include "kernel/storage/storage.hpp"

#include <thread>

namespace mainstay {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds ask_limit{10'000};  // a server that crashed takes seconds to come back
constexpr Milliseconds pause{50};

// A standby may not know yet, and is asked again. A transaction that is still open has a session that nobody listens to
// any more; it is ended.
constexpr std::string_view ask =
    "WITH now AS (SELECT coalesce(extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time())::text, '') = $2 AS "
    "is_same)"
    " SELECT CASE WHEN pg_is_in_recovery() THEN 'recovering' ELSE pg_xact_status($1::xid8) END, is_same,"
    " (SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE is_same AND backend_xid = $1::xid8::xid)"
    " FROM now";
constexpr std::string_view recovering = "recovering";

// The number lies ahead of all that the server has given: it has lost what it knew of the transaction.
constexpr std::string_view state_of_future_number = "22023";

}  // namespace

// After a crash the number may be another's. Had ours been committed, it would have been written down and never be
// given again: so "aborted" holds for ours too, and "committed" says nothing.
PostgresOutcome outcome_of(std::string_view status, bool is_same_incarnation) {
    if (status == "aborted") return PostgresOutcome::not_committed;
    if (status == "in progress") return PostgresOutcome::in_progress;
    if (status == "committed" && is_same_incarnation) return PostgresOutcome::committed;
    return PostgresOutcome::unknown;
}

bool was_committed(std::string const& url, PostgresTransaction const& transaction) {
    std::array<fields::SqlValue, 2> const values{std::string_view(transaction.number),
                                                 std::string_view(transaction.incarnation)};
    std::string why = "the transaction does not end";
    for (Deadline const until = std::chrono::steady_clock::now() + ask_limit; std::chrono::steady_clock::now() < until;
         std::this_thread::sleep_for(pause)) {
        try {
            PostgresConnection connection(url, false);
            connection.queue(ask, PostgresParameters(values));
            auto const results = connection.round_trip(until);
            std::string_view const status = PQgetvalue(results[0].get(), 0, 0);
            if (status == recovering) {
                why = "the server is a standby";
                continue;
            }
            bool const is_same = std::string_view(PQgetvalue(results[0].get(), 0, 1)) == "t";
            auto const outcome = outcome_of(status, is_same);
            if (outcome == PostgresOutcome::committed) return true;
            if (outcome == PostgresOutcome::not_committed) return false;
            if (outcome == PostgresOutcome::unknown) {
                why = is_same ? "it is too old to be known" : "the server has crashed since";
                break;
            }
        } catch (PostgresError const& error) {
            if (error.sqlstate() == state_of_future_number) return false;
            why = error.what();
        }
    }
    throw Fault(errors::outcome_unknown, "It is not known whether the change was made.",
                "transaction " + transaction.number + ": " + why);
}

}  // namespace mainstay
