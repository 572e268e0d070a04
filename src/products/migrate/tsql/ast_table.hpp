// What CREATE TABLE, ALTER TABLE ADD, table types and table variables are made of.
#pragma once
#include "products/migrate/tsql/ast_query.hpp"

namespace mainstay::tsql {

enum class Nullability : std::uint8_t { unspecified, null, not_null };
enum class Clustering : std::uint8_t { unspecified, clustered, nonclustered };
enum class ReferentialAction : std::uint8_t { no_action, cascade, set_null, set_default };

struct IndexColumn {
    Identifier name;
    bool is_descending = false;
};

// ON filegroup, or ON partition_scheme(column); FILESTREAM_ON and TEXTIMAGE_ON take the first form.
struct Placement {
    Identifier name{};
    Identifier partition_column{};

    bool is_set() const { return name.is_set(); }
};

enum class ConstraintKind : std::uint8_t { primary_key, unique, check, foreign_key, default_value, connection };

struct Constraint {
    Span span;
    ConstraintKind constraint_kind;
    Identifier name{};  // not set when SQL Server makes one up
    Clustering clustering = Clustering::unspecified;
    bool is_hash = false;                    // memory-optimized tables
    List<IndexColumn> columns{};             // keys and foreign keys; empty in a column's own constraint
    Expression const* expression = nullptr;  // CHECK and DEFAULT
    Name references{};
    List<Identifier> referenced_columns{};  // empty means the primary key
    ReferentialAction on_delete = ReferentialAction::no_action;
    ReferentialAction on_update = ReferentialAction::no_action;
    bool not_for_replication = false;
    bool not_enforced = false;
    Identifier for_column{};   // DEFAULT x FOR column, of ALTER TABLE
    bool with_values = false;  // DEFAULT x WITH VALUES
    List<Option> options{};
    Placement placement{};
    std::string_view connections{};  // CONNECTION (a TO b), as written
};

enum class IndexKind : std::uint8_t { row, columnstore, xml, spatial, hash };

struct IndexDefinition {
    Span span;
    Identifier name;
    IndexKind index_kind = IndexKind::row;
    bool is_unique = false;
    Clustering clustering = Clustering::unspecified;
    List<IndexColumn> columns{};
    List<Identifier> included{};
    Expression const* where = nullptr;
    List<Option> options{};
    Placement placement{};
};

struct IdentityColumn {
    std::string_view seed;  // as written; empty for the default of 1
    std::string_view increment;
    bool not_for_replication = false;
};

enum class GeneratedKind : std::uint8_t {
    none,
    row_start,
    row_end,
    transaction_id_start,
    transaction_id_end,
    sequence_number_start,
    sequence_number_end,
};

struct ColumnDefinition {
    Span span;
    Identifier name;
    DataType const* type = nullptr;        // nullptr in a computed column
    Expression const* computed = nullptr;  // AS (...)
    bool is_persisted = false;
    Nullability nullability = Nullability::unspecified;
    Identifier collation{};
    IdentityColumn const* identity = nullptr;
    Constraint const* default_value = nullptr;  // also among `constraints`
    GeneratedKind generated = GeneratedKind::none;
    bool is_hidden = false;
    bool is_rowguidcol = false;
    bool is_sparse = false;
    bool is_column_set = false;
    bool is_filestream = false;
    bool is_not_for_replication = false;
    std::string_view mask{};    // MASKED WITH (FUNCTION = '...')
    List<Option> encryption{};  // ENCRYPTED WITH (...)
    List<Constraint const*> constraints{};
    List<IndexDefinition const*> indexes{};
};

struct SystemTimePeriod {
    Identifier start;
    Identifier end;
};

struct TableDefinition {
    Span span;
    List<ColumnDefinition const*> columns{};
    List<Constraint const*> constraints{};  // those at table level alone
    List<IndexDefinition const*> indexes{};
    SystemTimePeriod const* period = nullptr;
};

}  // namespace mainstay::tsql
