#include "kernel/storage/postgres_pool.hpp"

#include "base/fault.hpp"

namespace mainstay {

PostgresPool::Lease PostgresPool::take(Deadline deadline) {
    std::unique_ptr<PostgresConnection> connection;
    {
        std::unique_lock lock(mutex_);
        ++waiting_;
        auto const until = std::min(deadline, std::chrono::steady_clock::now() + wait_limit);
        bool const is_free = freed_.wait_until(lock, until, [&] { return taken_ < limit_; });
        --waiting_;
        if (!is_free) {
            Fault fault(errors::busy, "The database is busy at the moment.",
                        "all " + std::to_string(limit_) + " connections to PostgreSQL are in use");
            fault.retry_after_s = 1;
            throw fault;
        }
        ++taken_;
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    // Outside of the lock: asking a socket and opening a session take time.
    try {
        if (connection == nullptr || !connection->is_usable())
            connection = std::make_unique<PostgresConnection>(url_, prepare_);
    } catch (std::exception const&) {
        leave_place();
        throw;
    }
    return {*this, std::move(connection)};
}

std::size_t PostgresPool::waiting() const {
    std::lock_guard const lock(mutex_);
    return waiting_;
}

void PostgresPool::put_back(std::unique_ptr<PostgresConnection> connection) {
    if (!connection->is_broken()) {
        std::lock_guard const lock(mutex_);
        idle_.push_back(std::move(connection));
    }
    leave_place();
}

void PostgresPool::leave_place() {
    {
        std::lock_guard const lock(mutex_);
        --taken_;
    }
    freed_.notify_one();
}

}  // namespace mainstay
