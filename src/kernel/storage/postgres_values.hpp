// Values on their way to PostgreSQL and back. Parameters go in binary with their type said; null alone goes untyped.
// Results come as text and become what SQLite would have given for the same expression.
#pragma once
#include "kernel/fields/fields.hpp"

#include <libpq-fe.h>

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mainstay {

struct FreePostgresResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, FreePostgresResult>;

// The arrays that libpq wants. Texts are not copied: they must outlive the sending.
class PostgresParameters {
public:
    PostgresParameters() = default;
    explicit PostgresParameters(std::span<fields::SqlValue const> values);
    PostgresParameters(PostgresParameters const&) = delete;
    PostgresParameters& operator=(PostgresParameters const&) = delete;

    int count() const { return static_cast<int>(types_.size()); }
    Oid const* types() const { return types_.data(); }
    char const* const* values() const { return values_.data(); }
    int const* lengths() const { return lengths_.data(); }
    int const* formats() const { return formats_.data(); }
    std::string signature() const;  // a character for each type: statements are prepared once for each

private:
    std::vector<std::array<char, 8>> numbers_;
    std::vector<Oid> types_;
    std::vector<char const*> values_;
    std::vector<int> lengths_, formats_;
};

// Reads the rows of one result; texts point into it.
class PostgresRows {
public:
    explicit PostgresRows(PGresult const*);

    std::span<std::string_view const> names() const { return names_; }
    int count() const { return PQntuples(result_); }
    std::span<fields::SqlValue const> row(int index);  // throws std::logic_error for a number out of 64 bits

private:
    enum class Reading : unsigned char { integer, real, boolean, numeric, text };
    static Reading reading_of(Oid);

    PGresult const* result_;
    std::vector<std::string_view> names_;
    std::vector<Reading> readings_;
    std::vector<fields::SqlValue> values_;
};

}  // namespace mainstay
