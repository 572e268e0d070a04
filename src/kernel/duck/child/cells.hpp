// Reads DuckDB's result vectors into values.
#pragma once
#include "kernel/duck/protocol.hpp"

#include <duckdb.h>

#include <string>
#include <vector>

namespace mainstay::duck {

// A column's type, read once; nested types have children.
struct Type {
    duckdb_type id = DUCKDB_TYPE_INVALID;
    duckdb_type storage = DUCKDB_TYPE_INVALID;  // of DECIMAL and ENUM
    std::string alias;                          // such as JSON
    std::uint8_t width = 0, scale = 0;          // of DECIMAL
    std::uint64_t array_size = 0;
    std::vector<std::string> labels;  // of ENUM: its values; of STRUCT and UNION: the members' names
    std::vector<Type> children;

    explicit Type(duckdb_logical_type);
    std::string name() const;  // DuckDB's
    Kind kind() const;
    bool is_readable() const;  // false for types that DuckDB has and this program does not know
};

// One column of one chunk.
class Cells {
public:
    Cells(Type const&, duckdb_vector);
    Value value(idx_t row) const;

private:
    template <class Stored>
    Stored const& at(idx_t row) const {
        return static_cast<Stored const*>(data_)[row];
    }
    bool is_null(idx_t row) const;
    Value number(duckdb_type, idx_t row) const;
    Value moment(idx_t row) const;
    std::string cast_text(idx_t row) const;
    std::string label(idx_t row) const;
    void json(idx_t row, std::string& out) const;
    void json_list(std::uint64_t offset, std::uint64_t length, std::string& out) const;

    Type const& type_;
    void const* data_;
    std::uint64_t* validity_;
    std::vector<Cells> children_;
};

}  // namespace mainstay::duck
