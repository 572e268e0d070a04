// When a unit runs again, and after how long. Pure: randomness comes in.
#pragma once
#include "kernel/storage/postgres_errors.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace mainstay {

struct PostgresRetry {
    static constexpr int conflict_limit = 24;  // runs of a unit that meets others; the pauses then sum to about 2 s
    static constexpr int stale_limit = 3;      // runs with statements that no longer fit
    static constexpr std::chrono::milliseconds reconnect_limit{5000};  // a restart of the server takes seconds
    static constexpr std::chrono::milliseconds first_pause{2}, longest_pause{200};

    int runs = 0;  // made so far

    // After a run that failed: the pause before the next, or nothing when there is none. spent counts from the first
    // run; random is any number.
    std::optional<std::chrono::microseconds> next_pause(PostgresFailure, std::chrono::steady_clock::duration spent,
                                                        std::uint64_t random);
};

}  // namespace mainstay
