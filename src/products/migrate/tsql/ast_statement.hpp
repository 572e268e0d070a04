// Statements and batches.
#pragma once
#include "products/migrate/tsql/ast_table.hpp"

namespace mainstay::tsql {

struct Statement : Node {};

struct SelectStatement : Statement {
    static constexpr auto node_kind = NodeKind::select_statement;
    Query const* query;
};

struct ExecuteArgument {
    Span span;
    std::string_view name;    // with its @; empty for a positional argument
    Expression const* value;  // a Literal, Variable or DefaultValue; a bare word is a string, as SQL Server has it
    bool is_output;
};

enum class ExecuteKind : std::uint8_t { procedure, variable, string };

// EXECUTE @r = dbo.p @a = 1, @b OUTPUT; EXECUTE @p; EXECUTE ('...' + @x) AT server
struct Execute : Statement {
    static constexpr auto node_kind = NodeKind::execute;
    ExecuteKind execute_kind;
    std::string_view return_variable{};
    Name procedure{};
    std::string_view procedure_variable{};
    List<Expression const*> strings{};  // of ('...' + ..., parameters)
    List<ExecuteArgument> arguments{};
    List<Option> options{};  // WITH RECOMPILE, WITH RESULT SETS
    Identifier at_server{};
};

enum class InsertSource : std::uint8_t { values, query, execute, default_values };

// OUTPUT inserted.a, ... INTO table (columns); rows go to the caller where neither table nor variable is set.
struct OutputClause {
    Span span;
    List<SelectItem> items;
    Name into{};
    std::string_view into_variable{};
    List<Identifier> columns{};
};

struct Insert : Statement {
    static constexpr auto node_kind = NodeKind::insert;
    List<XmlNamespace> xml_namespaces{};
    List<CommonTable> with{};
    Top const* top = nullptr;
    TableSource const* target = nullptr;  // NamedTable, VariableTable or FunctionTable
    List<Identifier> columns{};
    List<OutputClause> outputs{};
    InsertSource source = InsertSource::values;
    List<ValuesRow> rows{};
    Query const* query = nullptr;
    Execute const* execute = nullptr;
    List<Option> options{};
};

struct CreateTable : Statement {
    static constexpr auto node_kind = NodeKind::create_table;
    Name name;
    TableDefinition const* definition = nullptr;  // nullptr for AS FILETABLE and AS SELECT
    Query const* as_query = nullptr;              // CREATE TABLE ... AS SELECT
    bool is_filetable = false;
    bool is_node = false;
    bool is_edge = false;
    bool is_external = false;
    Placement placement{};
    Placement textimage{};
    Placement filestream{};
    List<Option> options{};  // SYSTEM_VERSIONING = ON (HISTORY_TABLE = ...), MEMORY_OPTIMIZED = ON ...
};

enum class CheckState : std::uint8_t { unspecified, check, nocheck };

// ALTER TABLE t WITH CHECK|NOCHECK ADD columns and constraints
struct AlterTableAdd : Statement {
    static constexpr auto node_kind = NodeKind::alter_table_add;
    Name name;
    CheckState with_check;
    TableDefinition const* added;
};

// ALTER TABLE t WITH CHECK|NOCHECK CHECK|NOCHECK CONSTRAINT ALL | names
struct AlterTableCheck : Statement {
    static constexpr auto node_kind = NodeKind::alter_table_check;
    Name name;
    CheckState with_check;
    bool enables;
    bool is_all;
    List<Identifier> constraints;
};

// CREATE TYPE ... FROM type, or AS TABLE (...)
struct CreateType : Statement {
    static constexpr auto node_kind = NodeKind::create_type;
    Name name;
    DataType const* base = nullptr;
    Nullability nullability = Nullability::unspecified;
    TableDefinition const* table = nullptr;
    std::string_view external_name{};
    List<Option> options{};
};

enum class CreateMode : std::uint8_t { create, alter, create_or_alter };

struct CreateView : Statement {
    static constexpr auto node_kind = NodeKind::create_view;
    CreateMode mode;
    bool is_materialized = false;
    Name name{};
    List<Identifier> columns{};
    List<Option> options{};  // SCHEMABINDING, ENCRYPTION, VIEW_METADATA
    Query const* query = nullptr;
    bool with_check_option = false;
};

struct CreateIndex : Statement {
    static constexpr auto node_kind = NodeKind::create_index;
    Name table;
    IndexDefinition const* index;
};

enum class ModuleKind : std::uint8_t { procedure, function, trigger };
enum class FunctionReturns : std::uint8_t { none, scalar, inline_table, multi_statement_table, external_table };

struct Parameter {
    Span span;
    std::string_view name;  // with its @
    DataType const* type;
    Nullability nullability;
    Expression const* default_value;  // nullptr when a call must give it
    bool is_output;
    bool is_readonly;
};

enum class TriggerTime : std::uint8_t { none, after, instead_of };

// CREATE PROCEDURE, FUNCTION or TRIGGER. The body is a place in the source: everything behind AS (for an inline
// function, behind RETURN), up to the end of the batch.
struct CreateModule : Statement {
    static constexpr auto node_kind = NodeKind::create_module;
    ModuleKind module_kind;
    CreateMode mode;
    Name name{};
    std::int32_t number = 0;  // of `p;2`
    List<Parameter> parameters{};
    FunctionReturns returns = FunctionReturns::none;
    DataType const* return_type = nullptr;  // scalar
    std::string_view return_variable{};     // RETURNS @t TABLE (...)
    TableDefinition const* return_table = nullptr;
    List<Option> options{};
    bool for_replication = false;
    bool is_external = false;     // AS EXTERNAL NAME
    Name on_table{};              // a trigger's table or view
    std::string_view on_scope{};  // DATABASE or ALL SERVER
    TriggerTime trigger_time = TriggerTime::none;
    List<Identifier> events{};  // INSERT, UPDATE, DELETE, or DDL events
    Span body{};
};

struct CreateSchema : Statement {
    static constexpr auto node_kind = NodeKind::create_schema;
    Identifier name;  // the owner's name where only AUTHORIZATION is given
    Identifier owner;
};

struct CreateSequence : Statement {
    static constexpr auto node_kind = NodeKind::create_sequence;
    Name name;
    DataType const* type = nullptr;
    std::string_view start{};  // as written; empty when it is not said
    std::string_view increment{};
    std::string_view minimum{};
    std::string_view maximum{};
    std::string_view cache{};
    bool is_cycling = false;
    bool no_cache = false;
};

struct CreateSynonym : Statement {
    static constexpr auto node_kind = NodeKind::create_synonym;
    Name name;
    Name target;
};

struct CreateXmlSchemaCollection : Statement {
    static constexpr auto node_kind = NodeKind::create_xml_schema_collection;
    Name name;
    Expression const* schema;
};

struct Use : Statement {
    static constexpr auto node_kind = NodeKind::use;
    Identifier database;
};

// SET option ON; SET options with values. SET @x = ... is not one of them.
struct SetOption : Statement {
    static constexpr auto node_kind = NodeKind::set_option;
    std::string_view text;  // as written, without SET
};

// BEGIN ... END, and the two halves of TRY ... CATCH one after the other.
struct Block : Statement {
    static constexpr auto node_kind = NodeKind::block;
    List<Statement const*> statements;
    bool is_try = false;
    List<Statement const*> handler{};  // the CATCH
};

struct If : Statement {
    static constexpr auto node_kind = NodeKind::if_statement;
    Expression const* condition;
    Statement const *then_statement, *else_statement;  // the latter may be nullptr
};

// A statement that is known, delimited and named, but not looked into.
struct Skipped : Statement {
    static constexpr auto node_kind = NodeKind::skipped;
    std::string_view what;  // "MERGE", "ALTER DATABASE"
};

// A statement with a syntax error, up to where the parser could go on; kind and name of what its CREATE would make.
struct Broken : Statement {
    static constexpr auto node_kind = NodeKind::broken;
    std::string_view what, object_kind;  // the kind: "view", "procedure"; empty where no name could be read
    Name object;
};

struct Batch {
    Span span;
    std::int32_t repeat = 1;  // n of GO n
    List<Statement const*> statements{};
};

}  // namespace mainstay::tsql
