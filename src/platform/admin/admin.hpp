// What those who run the installation see of all of it and do with its people: figures, users, the state of the system.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"
#include "platform/usage/usage.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mainstay::admin {

// --- what is counted -----------------------------------------------------------------------------------------------
//
// What a scan would be needed for is counted in the background, in slices by primary key that are brief, and kept.
// Counting takes at most a hundredth of the time: of few users every ten seconds, of a million every few minutes.

inline constexpr std::int64_t sign_up_days = 30;

struct Stock {
    std::int64_t users = 0, suspended = 0, operators = 0;
    std::int64_t seen_in_day = 0, seen_in_month = 0;
    std::int64_t api_keys = 0, customer_keys = 0;
    std::vector<identity::SignUps> sign_ups;  // of the last sign_up_days, oldest first, days without any among them
};
fields::Table const& table_of(Stock const*);

Stock take_stock(Database&);          // counts, and keeps what it counted
bool is_stock_due(Snapshot& system);  // nobody has counted for as long as it is believed

// Takes it when it is due; several nodes may.
inline constexpr Duration stock_look_pause = seconds(2);
void take_due_stock(Database&);

// --- the state of the system ---------------------------------------------------------------------------------------

// degraded: it works, but not as it should or not for long. down: what needs it fails.
enum class State { ok, degraded, down };
BOOST_DESCRIBE_ENUM(State, ok, degraded, down)

struct Part {
    std::string name;
    State state = State::ok;
    std::string says;  // a sentence
};
fields::Table const& table_of(Part const*);

struct EngineFacts {
    std::string queue;
    bool is_here = false;  // an engine of this process carries it out
    std::int64_t due = 0, running = 0;
    Duration oldest_waits{};
    bool is_paused = false;
};

// What was found. Empty texts of failures: there was none.
struct Facts {
    std::string version;
    std::string database_engine;
    std::string database_failure;
    bool is_disk_failed = false;
    StorageCounters storage;
    std::uint64_t wal_limit_bytes = 0;  // 0: there is no such log
    bool is_redis_set = false, is_redis_connected = false;
    bool is_smtp_set = false;
    std::int64_t dead_mails = 0;  // dead_mails_counted_max at most
    std::uint64_t disk_free_bytes = 0;
    std::string disk_failure;
    std::vector<EngineFacts> engines;
    std::optional<Duration> oldest_unsealed;  // lines of the audit that are in no chain yet
    bool is_alone = false;                    // no other node can be there
};

inline constexpr std::int64_t dead_mails_counted_max = 100;
inline constexpr std::size_t writer_queue_degraded = 1'000;  // units that wait
inline constexpr std::uint64_t disk_free_degraded_bytes = 1u << 30;
inline constexpr Duration due_work_degraded = minutes(5), unsealed_degraded = minutes(1);

// One part after the other, always the same ones in the same order, but for the queues.
std::vector<Part> judge(Facts const&);

struct Needs {
    identity::Needs identity;
    std::function<Facts()> facts;  // may wait for the database
};
void add_routes(web::Routes&, Needs const&);
std::span<Migration const> migrations();

}  // namespace mainstay::admin

namespace mainstay::errors {
inline constexpr ErrorCode last_operator{"last_operator", 409, "An installation needs an operator",
                                         "Make another operator first, or have another one act."};
}
