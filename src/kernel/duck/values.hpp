// What goes into DuckDB and comes out of it: values, columns, results and errors.
#pragma once
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mainstay::duck {

struct Null {
    friend auto operator<=>(Null, Null) = default;
};
// Digits with an optional sign and point, such as "-12.50": exact at any width.
struct Exact {
    std::string digits;
    friend auto operator<=>(Exact const&, Exact const&) = default;
};
struct Blob {
    std::string bytes;
    friend auto operator<=>(Blob const&, Blob const&) = default;
};
// Days since 1970-01-01 in the proleptic Gregorian calendar. The smallest and greatest are -infinity and infinity.
struct Date {
    std::int32_t days = 0;
    friend auto operator<=>(Date, Date) = default;
};
// Microseconds since midnight.
struct TimeOfDay {
    std::int64_t us = 0;
    friend auto operator<=>(TimeOfDay, TimeOfDay) = default;
};
// Microseconds since 1970-01-01 00:00:00 on a clock of no zone. The smallest and greatest are the infinities.
struct LocalTime {
    std::int64_t us = 0;
    friend auto operator<=>(LocalTime, LocalTime) = default;
};

// By DuckDB's type:
//   BOOLEAN                                            bool
//   TINYINT to BIGINT, UTINYINT to UINTEGER            std::int64_t
//   UBIGINT, HUGEINT, UHUGEINT, DECIMAL                Exact
//   FLOAT, DOUBLE                                      float, double
//   BLOB                                               Blob
//   DATE, TIME                                         Date, TimeOfDay
//   TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS               LocalTime
//   TIMESTAMP WITH TIME ZONE                           Instant
//   VARCHAR, ENUM, UUID, JSON                          std::string
//   INTERVAL, BIT, TIME WITH TIME ZONE, TIME_NS,
//   TIMESTAMP_NS                                       std::string, as DuckDB casts it to VARCHAR
//   LIST, ARRAY, STRUCT, MAP, UNION                    std::string, as JSON (a map is an object)
using Value = std::variant<Null, bool, std::int64_t, float, double, std::string, Exact, Blob, Date, TimeOfDay,
                           LocalTime, Instant>;

// As DuckDB casts the value to VARCHAR, in UTC; NULL for Null.
std::string to_text(Value const&);

struct Column {
    std::string name;
    std::string type;  // DuckDB's name of it, such as DECIMAL(38,10) or STRUCT(a INTEGER, b VARCHAR[])
    friend bool operator==(Column const&, Column const&) = default;
};

struct Result {
    std::vector<Column> columns;
    std::vector<Value> values;       // row behind row
    std::uint64_t rows_changed = 0;  // by INSERT, UPDATE or DELETE without RETURNING

    std::size_t row_count() const { return columns.empty() ? 0 : values.size() / columns.size(); }
    std::span<Value const> row(std::size_t i) const { return {values.data() + i * columns.size(), columns.size()}; }
};

enum class ErrorType : std::uint8_t {
    // DuckDB's own, by the word that its message begins with.
    parser,
    syntax,
    binder,
    catalog,
    conversion,
    constraint,
    out_of_range,
    invalid_input,
    invalid_type,
    mismatch_type,
    not_implemented,
    transaction,
    dependency,
    permission,
    io,
    out_of_memory,
    internal,
    other,
    // Ours.
    cancelled,
    refused,           // a kind of statement that the session may not run
    result_too_large,  // more rows or bytes than DuckLimits allows
    input_too_large,
    deadline,    // the child was killed at query_time
    child_died,  // it crashed, was killed from outside, or had died before
    protocol,    // it answered what no child answers; it was killed
};
std::string_view to_string(ErrorType);

struct Error {
    ErrorType type = ErrorType::other;
    std::string message;  // DuckDB's own text for its own types
};

// Either what was asked for or why there is none.
template <class T>
class Outcome {
public:
    Outcome(T value) : either_(std::move(value)) {}
    Outcome(Error error) : either_(std::move(error)) {}
    bool ok() const { return either_.index() == 0; }
    T& value() & { return std::get<0>(either_); }
    T const& value() const& { return std::get<0>(either_); }
    T&& value() && { return std::get<0>(std::move(either_)); }
    Error const& error() const { return std::get<1>(either_); }

private:
    std::variant<T, Error> either_;
};

}  // namespace mainstay::duck
