// Engine's bulk path: rows from the wire into a table, all or none.
#include "kernel/duck/child/engine.hpp"
#include "kernel/duck/child/failures.hpp"

namespace mainstay::duck {
namespace {

[[noreturn]] void fail(duckdb_appender appender) {
    OwnedErrorData const error(duckdb_appender_error_data(appender));
    throw failure(error.get());
}

struct Append {
    duckdb_appender appender;
    duckdb_state value(duckdb_value made) {
        OwnedValue const owned(made);
        return duckdb_append_value(appender, made);
    }
    duckdb_state text(std::string const& text) {
        return duckdb_append_varchar_length(appender, text.data(), text.size());
    }
    duckdb_state operator()(Null) { return duckdb_append_null(appender); }
    duckdb_state operator()(bool b) { return duckdb_append_bool(appender, b); }
    duckdb_state operator()(std::int64_t n) { return duckdb_append_int64(appender, n); }
    duckdb_state operator()(float f) { return duckdb_append_float(appender, f); }
    duckdb_state operator()(double d) { return duckdb_append_double(appender, d); }
    duckdb_state operator()(std::string const& t) { return text(t); }
    duckdb_state operator()(Exact const& exact) { return text(exact.digits); }
    duckdb_state operator()(Blob const& blob) {
        return duckdb_append_blob(appender, blob.bytes.data(), blob.bytes.size());
    }
    duckdb_state operator()(Date date) { return duckdb_append_date(appender, {date.days}); }
    duckdb_state operator()(TimeOfDay time) { return duckdb_append_time(appender, {time.us}); }
    duckdb_state operator()(LocalTime time) { return duckdb_append_timestamp(appender, {time.us}); }
    duckdb_state operator()(Instant time) { return value(duckdb_create_timestamp_tz({time.us})); }
};

}  // namespace

void Engine::append_begin(Reader& in) {
    std::string const schema(in.text());
    std::string const table(in.text());
    append_columns_ = in.u32();
    appended_ = 0;
    command("BEGIN TRANSACTION");
    if (duckdb_appender_create(connection_.get(), schema.c_str(), table.c_str(), &appender_) != DuckDBSuccess)
        fail(appender_);
    for (std::size_t i = 0; i < append_columns_; ++i)
        if (duckdb_appender_add_column(appender_, std::string(in.text()).c_str()) != DuckDBSuccess) fail(appender_);
}

void Engine::append_rows(Reader& in) {
    while (!in.at_end()) {
        check_interrupt();
        for (std::size_t i = 0; i < append_columns_; ++i)
            if (std::visit(Append{appender_}, in.value()) != DuckDBSuccess) fail(appender_);
        if (duckdb_appender_end_row(appender_) != DuckDBSuccess) fail(appender_);
        ++appended_;
    }
}

std::uint64_t Engine::append_end() {
    if (duckdb_appender_close(appender_) != DuckDBSuccess) fail(appender_);
    duckdb_appender_destroy(&appender_);
    command("COMMIT");
    return appended_;
}

void Engine::append_abort() {
    if (appender_ == nullptr) return;
    duckdb_appender_destroy(&appender_);  // flushes what is left, into the transaction
    command("ROLLBACK");
}

}  // namespace mainstay::duck
