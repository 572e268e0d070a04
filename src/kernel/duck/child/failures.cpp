#include "kernel/duck/child/failures.hpp"

#include "base/text.hpp"

namespace mainstay::duck {
namespace {

struct Known {
    std::string_view beginning;
    duckdb_error_type code;
    ErrorType type;
};

constexpr Known known[] = {
    {"Parser Error", DUCKDB_ERROR_PARSER, ErrorType::parser},
    {"Syntax Error", DUCKDB_ERROR_SYNTAX, ErrorType::syntax},
    {"Binder Error", DUCKDB_ERROR_BINDER, ErrorType::binder},
    {"Catalog Error", DUCKDB_ERROR_CATALOG, ErrorType::catalog},
    {"Conversion Error", DUCKDB_ERROR_CONVERSION, ErrorType::conversion},
    {"Constraint Error", DUCKDB_ERROR_CONSTRAINT, ErrorType::constraint},
    {"Out of Range Error", DUCKDB_ERROR_OUT_OF_RANGE, ErrorType::out_of_range},
    {"Invalid Input Error", DUCKDB_ERROR_INVALID_INPUT, ErrorType::invalid_input},
    {"Invalid type Error", DUCKDB_ERROR_INVALID_TYPE, ErrorType::invalid_type},
    {"Mismatch Type Error", DUCKDB_ERROR_MISMATCH_TYPE, ErrorType::mismatch_type},
    {"Not implemented Error", DUCKDB_ERROR_NOT_IMPLEMENTED, ErrorType::not_implemented},
    {"TransactionContext Error", DUCKDB_ERROR_TRANSACTION, ErrorType::transaction},
    {"Dependency Error", DUCKDB_ERROR_DEPENDENCY, ErrorType::dependency},
    {"Permission Error", DUCKDB_ERROR_PERMISSION, ErrorType::permission},
    {"IO Error", DUCKDB_ERROR_IO, ErrorType::io},
    {"Out of Memory Error", DUCKDB_ERROR_OUT_OF_MEMORY, ErrorType::out_of_memory},
    {"INTERNAL Error", DUCKDB_ERROR_INTERNAL, ErrorType::internal},
    {"FATAL Error", DUCKDB_ERROR_FATAL, ErrorType::internal},
    {"INTERRUPT Error", DUCKDB_ERROR_INTERRUPT, ErrorType::cancelled},
};

}  // namespace

Failure failure(char const* message) {
    if (message == nullptr) return {{ErrorType::other, "DuckDB failed without saying why"}};
    for (auto const& row : known)
        if (std::string_view(message).starts_with(row.beginning)) return {{row.type, utf8(message)}};
    return {{ErrorType::other, utf8(message)}};
}

Failure failure(duckdb_error_data error) {
    auto const code = duckdb_error_data_error_type(error);
    std::string const message = utf8(duckdb_error_data_message(error));
    for (auto const& row : known)
        if (row.code == code) return {{row.type, std::string(row.beginning) + ": " + message}};
    return {{ErrorType::other, message}};
}

std::string utf8(std::string_view text) {
    std::string out(text);
    if (is_utf8(out)) return out;
    for (char& c : out)
        if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    return out;
}

}  // namespace mainstay::duck
