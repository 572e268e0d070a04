// T-SQL queries and expressions as DuckDB SQL. What comes out gives the rows that SQL Server would give, or its class
// and its diagnostics say where it may not; a construct that is not known is named and never guessed at.
#pragma once
#include "products/migrate/catalog/catalog.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::translate {

// Each bounds what one translation may cost; past it the query is not_translated (TSQL3002).
inline constexpr std::size_t max_sql_bytes = 4u << 20;
inline constexpr std::uint32_t max_view_depth = 64;  // views that read views, and functions put in place
inline constexpr std::size_t max_diagnostics = 200;  // of one translation; one a code and place
inline constexpr std::uint32_t max_functions_in_place =
    10'000;  // calls whose body was put in place, in one translation

// SQL Server's own; a query past them is not_translated (TSQL3025).
inline constexpr std::size_t max_select_columns = 4'096;
inline constexpr std::size_t max_view_columns = 1'024;

enum class Target : std::uint8_t { duckdb };

// From best to worst; a translation has the worst class of its parts.
enum class Fidelity : std::uint8_t { exact, equal_with_note, needs_review, not_translated };
std::string_view name_of(Fidelity);  // "exact", "equal-with-note", "needs-review", "not-translated"

// How names are written in what comes out. Every function may be left empty; names then stay as they are.
struct Naming {
    // What stands in FROM for a table or view: `{{ ref('stg_retail__orders') }}`. Left empty: "schema"."name".
    std::function<std::string(catalog::ObjectName const&)> relation;
    // The name, unquoted, that a column of a table has there. For views it is not asked: their columns are identifiers.
    std::function<std::string(catalog::ObjectName const& table, std::string_view column)> column;
    // Any other name that a query makes up, unquoted: aliases of columns and tables, common tables, columns of views.
    std::function<std::string(std::string_view)> identifier;
};

struct ColumnOrigin {
    catalog::ObjectName relation;
    std::string column;  // as SQL Server names it
};

struct OutputColumn {
    std::string name;         // in the text, unquoted
    std::string source_name;  // on SQL Server
    catalog::Type type;       // on SQL Server
    bool is_nullable = true;
    std::string duckdb_type;             // what the text gives: "decimal(19, 4)"
    std::optional<ColumnOrigin> origin;  // of a column that is passed on unchanged
};

struct Translation {
    Fidelity fidelity = Fidelity::exact;
    std::string sql;  // one SELECT without semicolon, a clause a line; empty when not_translated
    std::vector<OutputColumn> columns;
    std::vector<catalog::ObjectName> sources;   // tables and views that it reads, each once, in the order met
    std::vector<tsql::Diagnostic> diagnostics;  // by their place

    bool is_translated() const { return fidelity != Fidelity::not_translated; }
};

struct ExpressionTranslation {
    Fidelity fidelity = Fidelity::exact;
    std::string sql;  // empty when not_translated
    catalog::Type type;
    bool is_nullable = true;
    std::string duckdb_type;
    std::vector<tsql::Diagnostic> diagnostics;
};

// A variable or parameter that may stand in a query: `text` is what is written for it, `{{ var('from_date') }}`.
struct VariableValue {
    std::string text;
    catalog::Type type;
};

// A table that is not in the catalog: a #temporary one or a @table variable, made by an earlier step.
struct LocalTable {
    std::string relation;  // as Naming::relation gives it
    std::vector<OutputColumn> columns;
};

// What a query of a procedure or function sees besides the catalog. Keys with their @ and #.
struct Surroundings {
    std::map<std::string, VariableValue, catalog::NameLess> variables;
    std::map<std::string, LocalTable, catalog::NameLess> tables;
};

// A cell as the text that DuckDB casts to the column's type, without loss; nullopt is NULL.
using Cell = std::optional<std::string>;

// The rows that the scripts insert into a table by VALUES, with its defaults and identity values where a statement
// leaves columns out. Computed columns are not among `columns`.
struct TableRows {
    std::vector<std::string> columns;  // as SQL Server names them, in the table's order
    std::vector<std::vector<Cell>> rows;
    std::vector<tsql::Diagnostic> diagnostics;  // a row that could not be worked out is left out and named here
};

class Translator {
public:
    // The database must outlive the translator. One thread at a time.
    explicit Translator(catalog::Database const&, Naming = {}, Target = Target::duckdb);
    ~Translator();
    Translator(Translator const&) = delete;
    Translator& operator=(Translator const&) = delete;

    Translation view(catalog::View const&);
    // `script` is the one that holds the query. `column_names` rename the output: CREATE VIEW v (a, b).
    Translation query(tsql::ParseResult const& script, tsql::Query const&, Surroundings const& = {},
                      std::vector<std::string> const& column_names = {});

    // An expression over the columns of one table, each written as its plain name. A condition for CHECK constraints,
    // a value for defaults and computed columns.
    ExpressionTranslation condition(catalog::Table const&, tsql::ParseResult const& script, tsql::Expression const&);
    ExpressionTranslation value(catalog::Table const&, tsql::ParseResult const& script, tsql::Expression const&,
                                Surroundings const& = {});

    // What a query that reads the table or view sees. Empty for a name that is not known or not translated.
    std::vector<OutputColumn> const& columns(catalog::ObjectName const&);

private:
    struct State;
    std::unique_ptr<State> state_;
};

// GETDATE() and its like in the rows are `now`; NEWID() is made from the row's place, so that two runs agree.
TableRows insert_rows(catalog::Database const&, catalog::Table const&, std::string_view now = "2024-01-01 00:00:00");

// The type that holds every value of a SQL Server type, and what may differ (nullptr: nothing).
struct TargetType {
    std::string name;  // "varchar", "decimal(19, 4)", "utinyint"
    tsql::DiagnosticCode const* note = nullptr;
};
TargetType duckdb_type(catalog::Type const&);

// In double quotes where DuckDB would not read it as a name without them.
std::string quote_identifier(std::string_view);
std::string quote_text(std::string_view);  // 'it''s'

// Every code of this module (TSQL2xxx: differs or may differ; TSQL3xxx: not translated), by rising number.
std::span<tsql::DiagnosticCode const* const> diagnostic_codes();

}  // namespace mainstay::translate
