// One DuckDB in memory, locked down for one session.
#pragma once
#include "kernel/duck/child/handles.hpp"
#include "kernel/duck/protocol.hpp"

#include <atomic>
#include <functional>
#include <string>

namespace mainstay::duck {

// Thrown for what ends a request but not the session.
struct Failure {
    Error error;
};

class Engine {
public:
    Engine();  // opens DuckDB, on this thread alone, and has it run something, so that it is warm

    // Locks it to the opening; from here on no setting can change. `has_landlock`: the kernel keeps readers from
    // writing.
    void open(Opening const&, bool has_landlock);

    // Each gives its frames to `send`; the closing `done` or `failed` is the caller's. They throw Failure.
    using Send = std::function<void(std::string frame)>;
    std::uint64_t run(std::string const& sql, bool only_one, std::uint32_t request, Send const&);  // rows changed
    void describe(std::string const& sql, std::uint32_t request, Send const&);

    void append_begin(Reader&);
    void append_rows(Reader&);
    std::uint64_t append_end();
    void append_abort();  // nothing when no append is open

    // From another thread: a running request fails with ErrorType::cancelled.
    void interrupt();
    // Before a request, so that an older interrupt does not meet it.
    void clear_interrupt() { interrupted_ = false; }

private:
    OwnedStatements extract(std::string const& sql, idx_t& count);
    OwnedPrepared prepare(duckdb_extracted_statements, idx_t index);
    void check_allowed(duckdb_prepared_statement) const;
    std::uint64_t run_statement(duckdb_prepared_statement, bool last, std::uint32_t request, Send const&);
    void send_rows(duckdb_result&, std::uint32_t request, Send const&);
    void check_interrupt() const;
    void command(std::string const& sql);  // of ours, without a result

    OwnedDatabase database_;
    OwnedConnection connection_;
    Opening opening_;
    bool has_landlock_ = false;
    std::atomic<bool> interrupted_ = false;

    duckdb_appender appender_ = nullptr;
    std::size_t append_columns_ = 0;
    std::uint64_t appended_ = 0;
};

}  // namespace mainstay::duck
