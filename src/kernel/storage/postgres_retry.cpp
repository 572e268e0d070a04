#include "kernel/storage/postgres_retry.hpp"

#include <algorithm>

namespace mainstay {

std::optional<std::chrono::microseconds> PostgresRetry::next_pause(PostgresFailure failure,
                                                                   std::chrono::steady_clock::duration spent,
                                                                   std::uint64_t random) {
    ++runs;
    switch (failure) {
        case PostgresFailure::final: return std::nullopt;
        case PostgresFailure::stale_statement:
            if (runs >= stale_limit) return std::nullopt;
            return std::chrono::microseconds(0);
        case PostgresFailure::conflict:
            if (runs >= conflict_limit) return std::nullopt;
            break;
        case PostgresFailure::connection_lost:
            if (spent >= reconnect_limit) return std::nullopt;
            // A session that died while it idled costs nothing: the next one is tried at once.
            if (runs == 1) return std::chrono::microseconds(0);
            break;
    }
    // "Full jitter": anywhere between nothing and a bound that doubles, so that those who met do not meet again.
    auto const doubled = first_pause * (std::int64_t{1} << std::min(runs - 1, 16));
    std::chrono::microseconds const bound = std::min<std::chrono::milliseconds>(doubled, longest_pause);
    return std::chrono::microseconds(static_cast<std::int64_t>(random % static_cast<std::uint64_t>(bound.count() + 1)));
}

}  // namespace mainstay
