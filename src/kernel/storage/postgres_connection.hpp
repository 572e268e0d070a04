// One session of PostgreSQL that lives in pipeline mode: what is queued travels in one round trip. Bounded in time
// whatever the server or the network does. After an error the session is either clean or says that it is broken.
#pragma once
#include "kernel/storage/postgres_errors.hpp"
#include "kernel/storage/postgres_values.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

namespace mainstay {

using Deadline = std::chrono::steady_clock::time_point;

struct ClosePostgres {
    void operator()(PGconn* session) const { PQfinish(session); }
};
using PostgresSession = std::unique_ptr<PGconn, ClosePostgres>;

// Opens a plain session. Throws PostgresError with refused_connection_state and the server's words, and
// Fault(errors::schema_refused) for a server that is too old or a database that is not UTF-8.
PostgresSession connect_postgres(std::string const& url);

class PostgresConnection {
public:
    PostgresConnection(std::string const& url, bool prepare);

    // Adds a command to the next round trip. Prepared statements are kept under their text and the types of their
    // parameters; the server itself plans anew when the role, and with it row-level security, is another.
    void queue(std::string_view sql, PostgresParameters const& = {});

    // Sends what is queued and waits for all of it. Gives a result for each command, throws the first error.
    // Past the deadline the session is given up: PostgresError with canceled_state.
    std::vector<PostgresResult> round_trip(Deadline);

    // Sends what is queued without waiting; the next round trip reads the replies. For what ends a transaction
    // whose end nobody waits for.
    void post();

    // Whether the session can carry another unit: alive as far as can be known without asking the server.
    bool is_usable();
    bool is_broken() const { return broken_; }
    void give_up() { broken_ = true; }

private:
    enum class Reply : unsigned char { command, prepared, sync };
    struct Expected {
        Reply reply;
        std::string key;  // of a statement that is being prepared
        bool awaited = true;
    };

    PGconn* raw() { return session_.get(); }
    std::string const& prepared_name(std::string const& sql, PostgresParameters const&);
    void send_sync();
    PostgresResult next(Deadline);
    void wait(Deadline);
    PostgresError error_in(PGresult const*);
    [[noreturn]] void lose(std::string_view state);
    void check_sent(int accepted);

    PostgresSession session_;
    bool prepare_;
    bool broken_ = false;
    std::uint64_t names_given_ = 0;
    std::unordered_map<std::string, std::string> statements_;  // what identifies one -> its name on the server
    std::deque<Expected> expected_;
};

}  // namespace mainstay
