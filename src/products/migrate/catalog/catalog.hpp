// The database that a set of scripts or a metadata document describes: every object, in exactly one place, with what
// later steps need of it. Names compare without case, as in SQL Server's default collations.
#pragma once
#include "products/migrate/tsql/tsql.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
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
    std::int64_t identity_seed = 1;
    std::int64_t identity_increment = 1;
    std::string default_sql;                     // as written, without the outer parentheses; empty: none
    std::string computed_sql;                    // as written; empty: not computed, and then `type` is set
    tsql::Expression const* computed = nullptr;  // nullptr when it came from metadata
    tsql::Expression const* default_value = nullptr;
    tsql::ParseResult const* computed_script = nullptr;  // holds `computed`; a later script may hold the default
    tsql::ParseResult const* default_script = nullptr;
};

enum class ConstraintKind { primary_key, unique, foreign_key, check };

struct Constraint {
    ConstraintKind kind = ConstraintKind::check;
    std::string name;
    std::vector<std::string> columns;  // of a check: those its expression names
    ObjectName referenced;             // of a foreign key
    std::vector<std::string> referenced_columns;
    bool is_trusted = true;  // false after WITH NOCHECK
    bool is_enabled = true;  // false after NOCHECK CONSTRAINT
    std::string check_sql;
    tsql::Expression const* check = nullptr;
    tsql::ParseResult const* script = nullptr;  // holds `check`
};

struct Index {
    std::string name;
    std::vector<std::string> columns;
    bool is_unique = false;
    bool is_filtered = false;
};

struct Table {
    ObjectName name;
    std::vector<Column> columns;
    std::vector<Constraint> constraints;
    std::vector<Index> indexes;
    std::string description;
    std::optional<ObjectName> history;      // of a temporal table
    std::optional<ObjectName> history_of;   // the temporal table whose past this one holds
    std::optional<std::int64_t> row_count;  // as metadata says
    std::string file;
    tsql::Position position;

    Column const* find_column(std::string_view) const;
    Constraint const* primary_key() const;
};

struct View {
    ObjectName name;
    std::vector<std::string> column_names;      // of CREATE VIEW v (a, b); else empty
    std::vector<Column> columns;                // as metadata says; else empty
    tsql::Query const* query = nullptr;         // nullptr: it could not be read, or its text is not known
    tsql::ParseResult const* script = nullptr;  // holds `query`
    std::string definition;                     // the SELECT as written
    std::string description;
    std::map<std::string, std::string, NameLess> column_descriptions;
    std::string file;
    tsql::Position position;
    std::vector<ObjectName> uses;  // tables, views and functions it reads, by resolution of its names
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
    std::string definition;            // the whole statement as written
    std::optional<ObjectName> target;  // of a synonym or trigger
    tsql::CreateModule const* statement =
        nullptr;                                // of procedures, functions and triggers that were read from a script
    tsql::ParseResult const* script = nullptr;  // holds `statement`
};

// An object whose CREATE has a syntax error: all that is known of it.
struct UnreadObject {
    ObjectName name;
    std::string kind;  // "table", "view", "procedure", "function", "trigger", "sequence", "synonym", "type"
    std::string file;
    tsql::Position position;
    std::string reason;  // code and message of the parser's first diagnostic within the statement
};

// The rows of one INSERT … VALUES, or of one INSERT … SELECT that reads no table, in the order of the script.
struct Rows {
    std::vector<std::string> columns;  // as the statement names them; empty: the table's own order
    std::vector<tsql::List<tsql::Expression const*>> values;
    tsql::ParseResult const* script = nullptr;
    std::int32_t repeat = 1;  // of GO n
};

// What became of the statements of the scripts; the sum is every statement there is.
struct StatementCounts {
    std::size_t used = 0;      // it made or changed something in this catalog
    std::size_t no_place = 0;  // read, but a catalog has nothing to keep of it; the diagnostics name each kind once
    std::size_t skipped = 0;   // known to the parser by name alone; its diagnostics say so
    std::size_t broken = 0;    // a syntax error
};

struct Database {
    std::string name;
    std::string collation;                       // as CREATE DATABASE says; empty: not known, taken as case-insensitive
    std::vector<std::string> schemas;            // those that a script creates
    std::map<ObjectName, Type, NameLess> types;  // alias types
    std::map<ObjectName, Table, NameLess> tables;
    std::map<ObjectName, View, NameLess> views;
    std::map<ObjectName, Module, NameLess> modules;
    std::map<ObjectName, std::vector<Rows>, NameLess> rows;
    std::map<ObjectName, UnreadObject, NameLess> unread;  // none that is also among those above
    std::vector<tsql::Diagnostic> diagnostics;            // of the parser and of the catalog
    StatementCounts statements;
    std::vector<std::shared_ptr<tsql::ParseResult const>> sources;  // keep the trees alive
    std::vector<std::shared_ptr<tsql::Arena const>> arenas;         // and what was made beside them
};

// "dbo" where the name says no schema; database and server are left out.
ObjectName object_name(tsql::Name const&);

// What a name in a query means, synonyms followed; nothing of its kind may be there.
ObjectName resolve(Database const&, ObjectName);

// The type as SQL Server completes it: varchar without a length has 1 in a table and 30 in CAST, decimal is
// decimal(18,0). A name that is neither a system type nor an alias keeps its name (in lower case).
Type resolve_type(Database const&, tsql::DataType const&, std::int64_t default_length = 1);

bool is_system_type(std::string_view lower_case_name);

// Every code of this module, by rising number.
std::span<tsql::DiagnosticCode const* const> diagnostic_codes();

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
