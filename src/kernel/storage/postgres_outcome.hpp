// What became of a transaction whose COMMIT was not answered. Says "committed" only when that is certain.
#pragma once
#include "kernel/storage/postgres_connection.hpp"

namespace mainstay {

// A server that crashed gives numbers that it had not yet written down once more, to other transactions; the
// incarnation tells of that. It is the time since when statistics are counted: PostgreSQL keeps them over a shutdown
// and throws them away after a crash, and a standby has its own. It is read no later than the number, once in a
// session, which no crash of the server outlives. (A pooler's session does, and statistics can be reset by hand:
// outcomes are then unknown, never wrong.)
struct PostgresTransaction {
    std::string number;
    std::string incarnation;
};

enum class PostgresOutcome { committed, not_committed, in_progress, unknown };

inline constexpr std::string_view ask_incarnation =
    "SELECT coalesce(extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time())::text, '')";

// status: of pg_xact_status; empty when it is too old to be known.
PostgresOutcome outcome_of(std::string_view status, bool is_same_incarnation);

// Asks over a session of its own, and again while the server cannot be reached; ends the transaction when it is still
// open. Throws Fault(errors::outcome_unknown) when there is no answer within a named limit.
bool was_committed(std::string const& url, PostgresTransaction const&);

}  // namespace mainstay
