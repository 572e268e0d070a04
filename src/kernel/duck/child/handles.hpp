// Owners for what DuckDB's C interface hands out.
#pragma once
#include <duckdb.h>

#include <memory>
#include <type_traits>

namespace mainstay::duck {

template <class Handle, auto destroy>
struct Destroyer {
    using pointer = Handle;
    void operator()(Handle handle) const { destroy(&handle); }
};
template <class Handle, auto destroy>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Destroyer<Handle, destroy>>;

using OwnedConfig = Owned<duckdb_config, duckdb_destroy_config>;
using OwnedDatabase = Owned<duckdb_database, duckdb_close>;
using OwnedConnection = Owned<duckdb_connection, duckdb_disconnect>;
using OwnedType = Owned<duckdb_logical_type, duckdb_destroy_logical_type>;
using OwnedValue = Owned<duckdb_value, duckdb_destroy_value>;
using OwnedChunk = Owned<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using OwnedStatements = Owned<duckdb_extracted_statements, duckdb_destroy_extracted>;
using OwnedPrepared = Owned<duckdb_prepared_statement, duckdb_destroy_prepare>;
using OwnedPending = Owned<duckdb_pending_result, duckdb_destroy_pending>;
using OwnedErrorData = Owned<duckdb_error_data, duckdb_destroy_error_data>;

struct FreeText {
    void operator()(char* text) const { duckdb_free(text); }
};
using OwnedText = std::unique_ptr<char, FreeText>;

struct OwnedResult {
    duckdb_result result{};
    OwnedResult() = default;
    OwnedResult(OwnedResult const&) = delete;
    OwnedResult& operator=(OwnedResult const&) = delete;
    ~OwnedResult() { duckdb_destroy_result(&result); }
};

}  // namespace mainstay::duck
