// The rows of a tenant, of whichever tables there are by now: they are found in the schema, so that a table that is
// added later needs nothing here. For the one part of the program that takes tenants out and in.
#pragma once
#include "kernel/storage/storage.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mainstay {

// A table with a tenant_id, or a global one with a column `tenant`.
struct TenantTable {
    enum class Type { text, integer, real, boolean };
    struct Column {
        std::string name;
        Type type = Type::text;
        friend bool operator==(Column const&, Column const&) = default;
    };

    std::string name;
    std::string owner;                   // the column that says whose a row is
    std::vector<Column> columns;         // the others, in the order of the table
    std::vector<std::size_t> key;        // places in `columns` of what tells the tenant's rows apart
    std::vector<std::string> parents{};  // tables that it refers to

    // Nothing when there is none of that name.
    std::optional<std::size_t> place_of(std::string_view column) const;
};

// Those that others refer to stand before them. Looks on a connection of its own, as inspect() does.
std::vector<TenantTable> tenant_tables(SqliteOptions const&);
std::vector<TenantTable> tenant_tables(PostgresOptions const&);

// As its table's columns say: of a boolean, bool on either engine. Texts live as long as the call that gives them.
using RowValues = std::span<fields::SqlValue const>;

class TenantRowReader {
public:
    static constexpr std::int64_t slice = 500;  // rows that an engine may hold in memory

    // `condition` stands behind the tenant's own, such as "outcome IS NOT NULL"; empty: all rows. Kept, with the
    // table, by the caller as long as the reader.
    TenantRowReader(TenantTable const&, std::string_view condition);
    // Every row of the scope's tenant, in the order of the key. Gives their number.
    std::int64_t read(Snapshot&, std::function<void(RowValues)> const&) const;

private:
    TenantTable const& table_;
    std::string first_, next_;
};

class TenantRowWriter {
public:
    static constexpr std::size_t rows_at_once = 20;  // in a statement

    explicit TenantRowWriter(TenantTable const&);
    // Rows of the scope's tenant, each with its values one behind the other. Throws ConstraintViolation.
    void insert(Transaction&, RowValues) const;

private:
    void insert(Transaction&, std::string const& text, std::size_t rows, RowValues) const;

    std::size_t width_;
    std::string one_, many_;
    std::vector<std::string> names_;  // of the parameters
};

}  // namespace mainstay
