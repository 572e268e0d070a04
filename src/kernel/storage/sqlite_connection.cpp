#include "kernel/storage/sqlite_connection.hpp"

#include "kernel/storage/sqlite_error.hpp"

#include <mutex>

namespace mainstay {
namespace {

constexpr std::size_t statement_cache_limit = 512;
constexpr int value_limit_bytes = 64 << 20;  // one text, and one row
constexpr int statement_limit_bytes = 64 << 10;
constexpr int like_pattern_limit_bytes = 1 << 10;
constexpr int deadline_check_every = 1000;  // of SQLite's instructions: some tens of microseconds
constexpr int busy_wait_of_readers_ms = 1000;

void configure_sqlite_once() {
    static std::once_flag done;
    std::call_once(done, [] {
        // Refused when another part of the program has started SQLite already; then it counts memory, which is slower.
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_initialize();
    });
}

SqliteHandle open_handle(std::filesystem::path const& file, SqliteConnection::Use use) {
    configure_sqlite_once();
    bool const writes = use == SqliteConnection::Use::writes;
    int const flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* raw = nullptr;
    int const result = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    SqliteHandle handle(raw);
    if (result != SQLITE_OK) throw_sqlite_error(raw, result, "opening " + file.string());

    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, value_limit_bytes);
    sqlite3_limit(raw, SQLITE_LIMIT_SQL_LENGTH, statement_limit_bytes);
    sqlite3_limit(raw, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, like_pattern_limit_bytes);
    sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
    execute_or_throw(raw,
                     "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;"
                     "PRAGMA case_sensitive_like = ON;");  // as in PostgreSQL
    if (writes) {
        execute_or_throw(raw,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;"
                         "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 0;");
    } else {
        // Closing the last connection folds the log; that is the writer's to do.
        sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        execute_or_throw(raw, "PRAGMA cache_size = -4000; PRAGMA wal_autocheckpoint = 0;");
        sqlite3_busy_timeout(raw, busy_wait_of_readers_ms);
    }
    return handle;
}

void bind_value(sqlite3_stmt* statement, int at, fields::SqlValue const& value) {
    if (auto const* text = std::get_if<std::string_view>(&value))
        // A text without bytes may have no address either, which SQLite would take for NULL.
        sqlite3_bind_text64(statement, at, text->empty() ? "" : text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    else if (auto const* integer = std::get_if<std::int64_t>(&value))
        sqlite3_bind_int64(statement, at, *integer);
    else if (auto const* truth = std::get_if<bool>(&value))
        sqlite3_bind_int(statement, at, *truth ? 1 : 0);
    else if (auto const* real = std::get_if<double>(&value))
        sqlite3_bind_double(statement, at, *real);
    else
        sqlite3_bind_null(statement, at);
}

class ResetAtEnd {
public:
    explicit ResetAtEnd(sqlite3_stmt* statement) : statement_(statement) {}
    ~ResetAtEnd() { sqlite3_reset(statement_); }
    ResetAtEnd(ResetAtEnd const&) = delete;
    ResetAtEnd& operator=(ResetAtEnd const&) = delete;

private:
    sqlite3_stmt* statement_;
};

}  // namespace

SqliteConnection::SqliteConnection(std::filesystem::path const& file, Use use)
    : use_(use), handle_(open_handle(file, use)), guard_(handle_.get()) {
    if (use == Use::reads) sqlite3_progress_handler(handle_.get(), deadline_check_every, is_past_deadline, this);
}

void SqliteConnection::adopt(std::shared_ptr<SqliteSchema const> schema) {
    by_text_.clear();
    statements_.clear();
    guard_.adopt(std::move(schema));
}

void SqliteConnection::set_deadline(Clock const* clock, Duration at) {
    clock_ = clock;
    deadline_ = at;
}

int SqliteConnection::is_past_deadline(void* connection) {
    auto const& self = *static_cast<SqliteConnection const*>(connection);
    return self.clock_ != nullptr && self.clock_->monotonic() >= self.deadline_ ? 1 : 0;
}

std::int64_t SqliteConnection::run(Sql const& sql, std::span<Parameter const> parameters, RowReader* reader) {
    last_statement_ = sql.sqlite;
    Prepared& statement = prepared(sql.sqlite);
    SqliteGuard::Watch const watch(guard_, statement.text);
    ResetAtEnd const reset(statement.handle.get());
    bind_all(statement, parameters);
    step_through(statement, watch, reader);
    if (watch.is_crossed()) throw TenancyFault("a row of another tenant was touched by: " + std::string(sql.sqlite));
    return statement.text.is_change ? sqlite3_changes64(handle_.get()) : 0;
}

SqliteConnection::Prepared& SqliteConnection::prepared(std::string_view sql) {
    auto const found = by_text_.find({sql, guard_.is_system()});
    if (found != by_text_.end()) {
        statements_.splice(statements_.begin(), statements_, found->second);
        return found->second->prepared;
    }
    if (statements_.size() >= statement_cache_limit) {
        by_text_.erase({statements_.back().sql, statements_.back().prepared.text.is_system});
        statements_.pop_back();
    }
    statements_.push_front({std::string(sql), prepare(sql)});
    by_text_[{statements_.front().sql, guard_.is_system()}] = statements_.begin();
    return statements_.front().prepared;
}

SqliteConnection::Prepared SqliteConnection::prepare(std::string_view sql) {
    Prepared made{guarded_text(sql, guard_.is_system(), guard_.schema()), nullptr, {}, {}, {}, {}};
    if (use_ == Use::reads && made.text.is_change) throw std::logic_error("a snapshot only reads: " + std::string(sql));
    SqliteGuard::Watch const watch(guard_, made.text);
    sqlite3_stmt* raw = nullptr;
    int const result = sqlite3_prepare_v3(handle_.get(), made.text.text.data(), static_cast<int>(made.text.text.size()),
                                          SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    made.handle.reset(raw);
    if (watch.is_denied()) throw TenancyFault(std::string(sqlite3_errmsg(handle_.get())) + " in: " + std::string(sql));
    if (result != SQLITE_OK) throw_sqlite_error(handle_.get(), result, sql);

    for (int i = 1; i <= sqlite3_bind_parameter_count(raw); ++i) {
        char const* const name = sqlite3_bind_parameter_name(raw, i);
        if (name == nullptr || name[0] != ':')
            throw std::logic_error("a parameter is not :named in: " + std::string(sql));
        made.parameters.emplace_back(name + 1);
    }
    made.given_at.resize(made.parameters.size());
    for (int i = 0; i < sqlite3_column_count(raw); ++i) made.column_texts.emplace_back(sqlite3_column_name(raw, i));
    made.columns.assign(made.column_texts.begin(), made.column_texts.end());
    return made;
}

void SqliteConnection::bind_all(Prepared& statement, std::span<Parameter const> given) {
    for (std::size_t i = 0; i < statement.parameters.size(); ++i)
        bind_value(statement.handle.get(), static_cast<int>(i + 1), value_of(statement, i, given));
}

fields::SqlValue SqliteConnection::value_of(Prepared& statement, std::size_t index, std::span<Parameter const> given) {
    std::string_view const name = statement.parameters[index];
    if (name == "tenant" && !guard_.tenant().empty()) return guard_.tenant();
    std::size_t& at = statement.given_at[index];
    if (at < given.size() && given[at].name == name) return given[at].value;
    for (at = 0; at < given.size(); ++at)
        if (given[at].name == name) return given[at].value;
    throw std::logic_error("no value was given for :" + std::string(name) + " in: " + statement.text.text);
}

// A change runs to its end even when no more rows are wanted: only there SQLite counts what it changed.
void SqliteConnection::step_through(Prepared const& statement, SqliteGuard::Watch const& watch, RowReader* reader) {
    sqlite3_stmt* const handle = statement.handle.get();
    bool is_wanted = reader != nullptr;
    if (is_wanted && !statement.columns.empty()) reader->columns(statement.columns);
    for (;;) {
        int const result = sqlite3_step(handle);
        if (result == SQLITE_DONE) return;
        if (result != SQLITE_ROW) {
            if (watch.is_denied()) throw TenancyFault(sqlite3_errmsg(handle_.get()) + (" in: " + statement.text.text));
            throw_sqlite_error(handle_.get(), result, statement.text.text);
        }
        if (is_wanted) {
            read_row(statement);
            is_wanted = reader->row(row_);
        }
        if (!is_wanted && !statement.text.is_change) return;
    }
}

void SqliteConnection::read_row(Prepared const& statement) {
    sqlite3_stmt* const handle = statement.handle.get();
    row_.resize(statement.columns.size());
    for (std::size_t i = 0; i < row_.size(); ++i) {
        int const column = static_cast<int>(i);
        switch (sqlite3_column_type(handle, column)) {
            case SQLITE_NULL: row_[i] = std::monostate(); break;
            case SQLITE_INTEGER: row_[i] = std::int64_t{sqlite3_column_int64(handle, column)}; break;
            case SQLITE_FLOAT: row_[i] = sqlite3_column_double(handle, column); break;
            case SQLITE_TEXT: {
                auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(handle, column));
                row_[i] = std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(handle, column)));
                break;
            }
            default: throw std::logic_error("a column holds bytes: " + statement.column_texts[i]);
        }
    }
}

SqliteStatementHandle SqliteConnection::prepare_own(char const* sql) {
    sqlite3_stmt* raw = nullptr;
    int const result = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (result != SQLITE_OK) throw_sqlite_error(handle_.get(), result, sql);
    return SqliteStatementHandle(raw);
}

void SqliteConnection::step_own(SqliteStatementHandle const& statement) {
    ResetAtEnd const reset(statement.get());
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW) result = sqlite3_step(statement.get());
    if (result != SQLITE_DONE) throw_sqlite_error(handle_.get(), result, sqlite3_sql(statement.get()));
}

}  // namespace mainstay
