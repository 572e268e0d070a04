// One connection to mainstay.db with its prepared statements and its guard. Used by one thread at a time. Within the
// storage alone.
#pragma once
#include "kernel/storage/sqlite_guard.hpp"

#include <list>

namespace mainstay {

struct SqliteCloser {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteHandle = std::unique_ptr<sqlite3, SqliteCloser>;
using SqliteStatementHandle = std::unique_ptr<sqlite3_stmt, SqliteCloser>;

class SqliteConnection {
public:
    enum class Use { writes, reads };
    SqliteConnection(std::filesystem::path const& file, Use);
    SqliteConnection(SqliteConnection const&) = delete;
    SqliteConnection& operator=(SqliteConnection const&) = delete;

    sqlite3* handle() const { return handle_.get(); }
    SqliteGuard& guard() { return guard_; }
    void adopt(std::shared_ptr<SqliteSchema const>);  // and forgets every prepared statement

    // Runs one statement in the scope that the guard was told. Gives the number of rows changed.
    std::int64_t run(Sql const&, std::span<Parameter const>, RowReader*);
    std::string_view last_statement() const { return last_statement_; }  // what run was given last; for the log

    // Clock::monotonic at which reading is interrupted; nothing: never.
    void set_deadline(Clock const*, Duration at);

    bool is_in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
    SqliteStatementHandle prepare_own(char const* sql);  // for statements that the storage itself says
    void step_own(SqliteStatementHandle const&);         // to its end

private:
    struct Prepared {
        GuardedText text;
        SqliteStatementHandle handle;
        std::vector<std::string> parameters;  // at 1, 2, ... without the colon
        std::vector<std::size_t> given_at;    // where each stood among the parameters given last time
        std::vector<std::string> column_texts;
        std::vector<std::string_view> columns;
    };
    struct Key {
        std::string_view text;
        bool is_system;
        bool operator==(Key const&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(Key const& key) const {
            return std::hash<std::string_view>()(key.text) + (key.is_system ? 1 : 0);
        }
    };
    struct Entry {
        std::string sql;
        Prepared prepared;
    };

    Prepared& prepared(std::string_view sql);
    Prepared prepare(std::string_view sql);
    void bind_all(Prepared&, std::span<Parameter const>);
    fields::SqlValue value_of(Prepared&, std::size_t index, std::span<Parameter const>);
    void step_through(Prepared const&, SqliteGuard::Watch const&, RowReader*);
    void read_row(Prepared const&);
    static int is_past_deadline(void* connection);

    Use use_;
    SqliteHandle handle_;
    SqliteGuard guard_;
    std::list<Entry> statements_;  // the latest used first
    std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> by_text_;
    std::vector<fields::SqlValue> row_;
    std::string_view last_statement_;
    Clock const* clock_ = nullptr;
    Duration deadline_;
};

}  // namespace mainstay
