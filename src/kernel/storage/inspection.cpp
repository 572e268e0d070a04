// Looks at a database without making, changing or locking anything: what is there, and what migrate() would do.
#include "kernel/storage/data_folder.hpp"
#include "kernel/storage/migration_runner.hpp"
#include "kernel/storage/postgres_connection.hpp"
#include "kernel/storage/postgres_migration.hpp"
#include "kernel/storage/sqlite_connection.hpp"
#include "kernel/storage/sqlite_error.hpp"

namespace mainstay {
namespace {

using State = Inspection::State;

// https://www.sqlite.org/uri.html section 3.1: what would end the path of a URI.
std::string uri_of(std::filesystem::path const& file) {
    constexpr char const* digits = "0123456789abcdef";
    std::string uri = "file:";
    for (char const c : file.string()) {
        bool const is_special = c == '%' || c == '?' || c == '#';
        uri += is_special ? std::string{'%', digits[c >> 4], digits[c & 15]} : std::string(1, c);
    }
    return uri;
}

// A reader of a database in WAL mode makes its files where they are missing, unless it is told that nobody writes;
// without a log there is nobody.
SqliteHandle open_to_look(std::filesystem::path const& file) {
    bool const has_log = std::filesystem::exists(file.string() + "-wal");
    std::string const uri = uri_of(std::filesystem::absolute(file)) + (has_log ? "?mode=ro" : "?mode=ro&immutable=1");
    sqlite3* raw = nullptr;
    int const result = sqlite3_open_v2(uri.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
    SqliteHandle handle(raw);
    if (result != SQLITE_OK) throw_sqlite_error(raw, result, "opening " + file.string());
    sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return handle;
}

AppliedRows query(sqlite3* database, char const* sql) {
    sqlite3_stmt* raw = nullptr;
    int result = sqlite3_prepare_v2(database, sql, -1, &raw, nullptr);
    SqliteStatementHandle const statement(raw);
    if (result != SQLITE_OK) throw_sqlite_error(database, result, sql);
    AppliedRows rows;
    while ((result = sqlite3_step(raw)) == SQLITE_ROW) {
        auto& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(raw); ++i) {
            auto const* const text = reinterpret_cast<char const*>(sqlite3_column_text(raw, i));
            row.emplace_back(text == nullptr ? "" : text);
        }
    }
    if (result != SQLITE_DONE) throw_sqlite_error(database, result, sql);
    return rows;
}

}  // namespace

Inspection inspect(SqliteOptions const& options, std::span<Migration const> migrations) {
    if (is_data_folder_in_use(options.folder)) return {State::in_use};
    auto const file = database_file_of(options.folder);
    if (!std::filesystem::exists(file)) return {State::absent};
    auto const database = open_to_look(file);
    if (query(database.get(), "SELECT 1 FROM sqlite_master WHERE name = 'migrations'").empty()) return {State::absent};
    return {State::readable, count_pending(query(database.get(), select_applied), migrations)};
}

Inspection inspect(PostgresOptions const& options, std::span<Migration const> migrations) {
    try {
        auto const pending = count_pending_in_postgres(options.url, migrations);
        return pending ? Inspection{State::readable, *pending} : Inspection{State::absent};
    } catch (PostgresError const& error) {
        std::rethrow_exception(public_error(error, "an inspection"));
    }
}

}  // namespace mainstay
