#include "kernel/duck/child/engine.hpp"

#include "kernel/duck/child/cells.hpp"
#include "kernel/duck/child/failures.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

namespace mainstay::duck {
namespace {

// Parser, planner, aggregates, sort and text, which a first question then finds in memory.
constexpr char const* warm_up =
    "FROM range(1000) t(i) SELECT i % 7 AS k, count(*), sum(i), max(i::VARCHAR), min(DATE '2024-01-01' + i::INTEGER) "
    "WHERE i > 3 GROUP BY k ORDER BY k";

std::string literal(std::string const& text) {
    std::string out = "'";
    for (char const c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
}

OwnedConfig locked_down() {
    duckdb_config made = nullptr;
    if (duckdb_create_config(&made) != DuckDBSuccess) throw std::runtime_error("DuckDB gives no configuration");
    OwnedConfig config(made);
    // Threads would be started before Landlock stands, which binds only those that come after it.
    for (auto const& [name, value] : {std::pair{"allow_community_extensions", "false"},
                                      {"autoinstall_known_extensions", "false"},
                                      {"autoload_known_extensions", "false"},
                                      {"allow_unsigned_extensions", "false"},
                                      {"allow_persistent_secrets", "false"},
                                      {"threads", "1"}})
        if (duckdb_set_config(config.get(), name, value) != DuckDBSuccess)
            throw std::runtime_error(std::string("DuckDB does not know the setting ") + name);
    return config;
}

void check_count(std::vector<WireColumn> const& columns) {
    if (columns.size() > columns_max) throw Failure{{ErrorType::result_too_large, "The result has too many columns"}};
}

// The types of a result's columns, once they are sent.
std::vector<Type> send_columns(duckdb_result& result, std::uint32_t request, Engine::Send const& send) {
    std::vector<Type> types;
    std::vector<WireColumn> columns;
    for (idx_t i = 0; i < duckdb_column_count(&result); ++i) {
        OwnedType const logical(duckdb_column_logical_type(&result, i));
        auto const& type = types.emplace_back(logical.get());
        columns.push_back({{utf8(duckdb_column_name(&result, i)), type.name()}, type.kind()});
        if (!type.is_readable())
            throw Failure{{ErrorType::not_implemented,
                           "Column " + columns.back().column.name + " has a type that cannot be read; cast it"}};
    }
    check_count(columns);
    send(write_columns(request, columns));
    return types;
}

}  // namespace

Engine::Engine() {
    auto const config = locked_down();
    duckdb_database database = nullptr;
    char* error = nullptr;
    if (duckdb_open_ext(nullptr, &database, config.get(), &error) != DuckDBSuccess)
        throw std::runtime_error(std::string("DuckDB does not open: ") + OwnedText(error).get());
    database_.reset(database);
    duckdb_connection connection = nullptr;
    if (duckdb_connect(database, &connection) != DuckDBSuccess) throw std::runtime_error("DuckDB does not connect");
    connection_.reset(connection);
    command("SET TimeZone = 'UTC'");
    command("SET Calendar = 'gregorian'");
    command("SET default_collation = ''");
    command(warm_up);
}

void Engine::open(Opening const& opening, bool has_landlock) {
    opening_ = opening;
    has_landlock_ = has_landlock;
    auto const& limits = opening.limits;
    command("SET temp_directory = " + literal(opening.spill_folder));
    command("SET home_directory = " + literal(opening.folder));
    command("SET allowed_directories = [" + literal(opening.folder) + "]");
    command("SET enable_external_access = false");
    command("SET threads = " + std::to_string(limits.threads));
    command("SET memory_limit = '" + std::to_string(limits.memory_mb) + "MiB'");
    command("SET max_temp_directory_size = '" + std::to_string(limits.temp_mb) + "MiB'");
    command("SET lock_configuration = true");
}

void Engine::command(std::string const& sql) {
    OwnedResult owned;
    if (duckdb_query(connection_.get(), sql.c_str(), &owned.result) != DuckDBSuccess)
        throw failure(duckdb_result_error(&owned.result));
}

void Engine::interrupt() {
    interrupted_ = true;
    duckdb_interrupt(connection_.get());
}

void Engine::check_interrupt() const {
    if (interrupted_) throw Failure{{ErrorType::cancelled, "The statement was cancelled"}};
}

OwnedStatements Engine::extract(std::string const& sql, idx_t& count) {
    duckdb_extracted_statements extracted = nullptr;
    count = duckdb_extract_statements(connection_.get(), sql.c_str(), &extracted);
    OwnedStatements statements(extracted);
    if (count > 0) return statements;
    char const* const message = duckdb_extract_statements_error(extracted);
    throw failure(message == nullptr ? "Parser Error: there is no statement" : message);
}

OwnedPrepared Engine::prepare(duckdb_extracted_statements statements, idx_t index) {
    duckdb_prepared_statement made = nullptr;
    auto const state = duckdb_prepare_extracted_statement(connection_.get(), statements, index, &made);
    OwnedPrepared prepared(made);
    if (state != DuckDBSuccess) throw failure(duckdb_prepare_error(made));
    return prepared;
}

// The reason that a reader hears for statements that write files. The wall itself is Landlock; where there is none,
// EXPLAIN goes too, since EXPLAIN ANALYZE COPY copies.
void Engine::check_allowed(duckdb_prepared_statement prepared) const {
    if (opening_.access == FolderAccess::write) return;
    switch (duckdb_prepared_statement_type(prepared)) {
        case DUCKDB_STATEMENT_TYPE_EXPLAIN:
            if (has_landlock_) return;
            [[fallthrough]];
        case DUCKDB_STATEMENT_TYPE_COPY:
        case DUCKDB_STATEMENT_TYPE_EXPORT:
        case DUCKDB_STATEMENT_TYPE_ATTACH:
        case DUCKDB_STATEMENT_TYPE_DETACH:
        case DUCKDB_STATEMENT_TYPE_PREPARE:
        case DUCKDB_STATEMENT_TYPE_EXECUTE:
        case DUCKDB_STATEMENT_TYPE_LOAD:
        case DUCKDB_STATEMENT_TYPE_EXTENSION:
            throw Failure{{ErrorType::refused, "This kind of statement needs a session that may write files"}};
        default: return;
    }
}

std::uint64_t Engine::run(std::string const& sql, bool only_one, std::uint32_t request, Send const& send) {
    idx_t count = 0;
    auto const statements = extract(sql, count);
    if (only_one && count != 1) throw Failure{{ErrorType::refused, "Exactly one statement is expected"}};
    std::uint64_t rows_changed = 0;
    for (idx_t i = 0; i < count; ++i) {
        check_interrupt();
        auto const prepared = prepare(statements.get(), i);
        check_allowed(prepared.get());
        rows_changed = run_statement(prepared.get(), i + 1 == count, request, send);
    }
    return rows_changed;
}

std::uint64_t Engine::run_statement(duckdb_prepared_statement prepared, bool last, std::uint32_t request,
                                    Send const& send) {
    duckdb_pending_result made = nullptr;
    auto const state = duckdb_pending_prepared_streaming(prepared, &made);
    OwnedPending const pending(made);
    if (state != DuckDBSuccess) throw failure(duckdb_pending_error(made));
    // Making it pending has forgotten an interrupt that came before.
    check_interrupt();
    OwnedResult owned;
    if (duckdb_execute_pending(pending.get(), &owned.result) != DuckDBSuccess)
        throw failure(duckdb_result_error(&owned.result));
    auto const type = duckdb_result_return_type(owned.result);
    std::uint64_t rows_changed = 0;
    if (type == DUCKDB_RESULT_TYPE_QUERY_RESULT && last) {
        send_rows(owned.result, request, send);
        return rows_changed;
    }
    while (OwnedChunk const chunk{duckdb_fetch_chunk(owned.result)}) {
        check_interrupt();
        if (type == DUCKDB_RESULT_TYPE_CHANGED_ROWS && duckdb_data_chunk_get_size(chunk.get()) > 0) {
            auto* const counts = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk.get(), 0));
            rows_changed = static_cast<std::uint64_t>(*static_cast<std::int64_t const*>(counts));
        }
    }
    if (char const* const message = duckdb_result_error(&owned.result)) throw failure(message);
    return rows_changed;
}

void Engine::send_rows(duckdb_result& result, std::uint32_t request, Send const& send) {
    auto const types = send_columns(result, request, send);
    auto const& limits = opening_.limits;
    std::uint64_t rows = 0, bytes = 0;
    Writer out(FrameType::rows, request);
    while (OwnedChunk const chunk{duckdb_fetch_chunk(result)}) {
        check_interrupt();
        std::vector<Cells> cells;
        for (idx_t i = 0; i < types.size(); ++i)
            cells.emplace_back(types[i], duckdb_data_chunk_get_vector(chunk.get(), i));
        auto const size = duckdb_data_chunk_get_size(chunk.get());
        for (idx_t row = 0; row < size; ++row) {
            if (++rows > limits.result_rows)
                throw Failure{{ErrorType::result_too_large,
                               "The result has more than " + std::to_string(limits.result_rows) + " rows"}};
            for (auto const& column : cells) {
                auto const value = column.value(row);
                bytes += memory_bytes(value);
                if (bytes > limits.result_bytes || out.size() + memory_bytes(value) > frame_body_bytes)
                    throw Failure{{ErrorType::result_too_large, "The result, or a row of it, has too many bytes"}};
                out.value(value);
            }
            if (out.size() >= batch_bytes) send(std::exchange(out, Writer(FrameType::rows, request)).take());
        }
    }
    if (char const* const message = duckdb_result_error(&result)) throw failure(message);
    if (out.size() > frame_header_bytes) send(out.take());
}

void Engine::describe(std::string const& sql, std::uint32_t request, Send const& send) {
    idx_t count = 0;
    auto const statements = extract(sql, count);
    if (count != 1) throw Failure{{ErrorType::refused, "Exactly one statement is expected"}};
    auto const prepared = prepare(statements.get(), 0);
    std::vector<WireColumn> columns;
    for (idx_t i = 0; i < duckdb_prepared_statement_column_count(prepared.get()); ++i) {
        OwnedType const logical(duckdb_prepared_statement_column_logical_type(prepared.get(), i));
        OwnedText const name(const_cast<char*>(duckdb_prepared_statement_column_name(prepared.get(), i)));
        Type const type(logical.get());
        columns.push_back({{utf8(name.get()), type.name()}, type.kind()});
    }
    check_count(columns);
    send(write_columns(request, columns));
}

}  // namespace mainstay::duck
