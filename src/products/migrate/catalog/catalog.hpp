// The database that a set of scripts or a metadata document describes: every object, in exactly one place, with what
// later steps need of it. Names compare without case, as in SQL Server's default collations.
#pragma once
#include "products/migrate/tsql/tsql.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::catalog {

struct ObjectName {
    std::string schema;  // "dbo" where the script says none
    std::string name;
    friend bool operator==(ObjectName const&, ObjectName const&) = default;
};
std::string to_string(ObjectName const&);  // "Sales.Orders"

struct NameLess {  // without case
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
    bool operator()(ObjectName const& a, ObjectName const& b) const;
};

// A SQL Server type with alias types resolved to what they stand for.
struct Type {
    std::string name;            // "nvarchar", "decimal", "hierarchyid": lower case, of the system type
    std::int64_t length = 0;     // characters or bytes; -1 for max; 0 where the type has none
    std::int64_t precision = 0;  // of decimal, numeric, float, time, datetime2, datetimeoffset
    std::int64_t scale = 0;
    std::string alias;  // the alias type's name as written ("dbo.Flag"), or empty
};
std::string to_string(Type const&);  // "decimal(19,4)"

struct Column {
    std::string name;
    Type type;
    bool is_nullable = true;
    bool is_identity = false;
    bool is_generated = false;  // row start and end of a temporal table
    std::string collation;
    std::string description;
    std::string default_sql;                     // as written, without the outer parentheses; empty: none
    std::string computed_sql;                    // as written; empty: not computed
    tsql::Expression const* computed = nullptr;  // nullptr when it came from metadata
    tsql::Expression const* default_value = nullptr;
};

enum class ConstraintKind { primary_key, unique, foreign_key, check };

struct Constraint {
    ConstraintKind kind = ConstraintKind::check;
    std::string name;
    std::vector<std::string> columns;  // of a check: those its expression names
    ObjectName referenced;             // of a foreign key
    std::vector<std::string> referenced_columns;
    bool is_trusted = true;  // false after WITH NOCHECK
    std::string check_sql;
    tsql::Expression const* check = nullptr;
};

struct Table {
    ObjectName name;
    std::vector<Column> columns;
    std::vector<Constraint> constraints;
    std::string description;
    std::optional<ObjectName> history;      // of a temporal table
    std::optional<std::int64_t> row_count;  // as metadata says
    std::string file;
    tsql::Position position;

    Column const* find_column(std::string_view) const;
    Constraint const* primary_key() const;
};

struct View {
    ObjectName name;
    std::vector<std::string> column_names;  // of CREATE VIEW v (a, b); else empty
    std::vector<Column> columns;            // as metadata says; else empty
    tsql::Query const* query = nullptr;     // nullptr: it could not be read, or its text is not known
    std::string definition;                 // the SELECT as written
    std::string description;
    std::string file;
    tsql::Position position;
    std::vector<ObjectName> uses;  // tables and views it reads, by resolution of its names
};

enum class ModuleKind {
    procedure,
    scalar_function,
    inline_function,
    table_function,
    trigger,
    sequence,
    synonym,
    type,
    other
};

// An object that does not become a model by itself: listed, never dropped.
struct Module {
    ObjectName name;
    ModuleKind kind = ModuleKind::other;
    std::string description;
    std::string file;
    tsql::Position position;
    std::size_t lines = 0;
    std::vector<ObjectName> uses;
    std::string definition;
    std::optional<ObjectName> target;  // of a synonym or trigger
};

// The rows of one INSERT … VALUES, in the order of the script.
struct Rows {
    std::vector<std::string> columns;  // as the statement names them; empty: the table's own order
    tsql::List<tsql::List<tsql::Expression const*>> values;
};

struct Database {
    std::string name;
    std::map<ObjectName, Table, NameLess> tables;
    std::map<ObjectName, View, NameLess> views;
    std::map<ObjectName, Module, NameLess> modules;
    std::map<ObjectName, std::vector<Rows>, NameLess> rows;
    std::vector<tsql::Diagnostic> diagnostics;
    std::vector<std::shared_ptr<tsql::ParseResult const>> sources;  // keep the trees alive
};

struct ScriptFile {
    std::string name;
    std::string bytes;
};

// Reads scripts in the given order. Objects that a later script changes (ALTER TABLE … ADD) are completed; one made
// twice keeps the later form and a diagnostic says so.
Database read_scripts(std::vector<ScriptFile> const&);

// The `metadata` member of a migration, either shape (docs/guides/migrate.md). Throws Fault(errors::invalid_input)
// with every fault's pointer.
Database read_metadata(std::string_view json);

}  // namespace mainstay::catalog
