// The connections of one node: at most so many, opened as needed, taken for one unit each. A dead one is never given
// out twice.
#pragma once
#include "kernel/storage/postgres_connection.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace mainstay {

class PostgresPool {
public:
    PostgresPool(std::string url, std::size_t limit, bool prepare)
        : url_(std::move(url)), limit_(limit), prepare_(prepare) {}

    // A connection for as long as this lives; then it goes back, or is closed when it cannot be used again.
    class Lease {
    public:
        Lease(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (connection_) pool_->put_back(std::move(connection_));
        }
        PostgresConnection& operator*() const { return *connection_; }
        PostgresConnection* operator->() const { return connection_.get(); }

    private:
        PostgresPool* pool_;
        std::unique_ptr<PostgresConnection> connection_;
    };

    // Waits for a free place until the deadline, at most wait_limit: then Fault(errors::busy). Throws PostgresError
    // when the server cannot be reached.
    Lease take(Deadline);

    std::size_t waiting() const;
    static constexpr std::chrono::milliseconds wait_limit{1000};

private:
    void put_back(std::unique_ptr<PostgresConnection>);
    void leave_place();

    std::string const url_;
    std::size_t const limit_;
    bool const prepare_;
    mutable std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;  // the last returned is taken first: its cache is warm
    std::size_t taken_ = 0, waiting_ = 0;
};

}  // namespace mainstay
