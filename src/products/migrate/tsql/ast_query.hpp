// Queries: SELECT with everything that can stand around it, and the sources of its rows.
#pragma once
#include "products/migrate/tsql/ast_expression.hpp"

namespace mainstay::tsql {

struct OrderItem {
    Expression const* expression;
    bool is_descending;
};

struct Top {
    Span span;
    Expression const* count;
    bool is_percent;
    bool with_ties;
};

enum class AssignmentOperator : std::uint8_t {
    set,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    bit_and,
    bit_or,
    bit_xor,
};

std::string_view spelling_of(AssignmentOperator);

enum class AliasForm : std::uint8_t { none, as, bare, equals };

struct SelectItem {
    Span span;
    Expression const* expression;
    Identifier alias{};  // quoted is set for a string alias too
    AliasForm alias_form = AliasForm::none;
    Variable const* target = nullptr;  // @x of SELECT @x = expression
    AssignmentOperator assignment = AssignmentOperator::set;
};

// A query without what may only stand at its outside (WITH, ORDER BY, FOR, OPTION): Select or SetOperation.
struct QueryBody : Node {};

struct TableSource : Node {};

enum class GroupingKind : std::uint8_t { expression, rollup, cube, sets, empty };

// expression: one in `items`. rollup, cube: `items`, where a Tuple is a composite. sets: `children`. empty: ().
struct Grouping {
    GroupingKind grouping_kind;
    List<Expression const*> items{};
    List<Grouping> children{};
};

struct GroupBy {
    Span span;
    List<Grouping> items;
    bool is_all = false;       // GROUP BY ALL
    bool with_rollup = false;  // the older form, after the list
    bool with_cube = false;
};

struct NamedWindow {
    Identifier name;
    Window const* window;
};

struct Select : QueryBody {
    static constexpr auto node_kind = NodeKind::select;
    bool is_distinct = false;
    Top const* top = nullptr;
    List<SelectItem> items{};
    Name into{};
    Identifier into_filegroup{};
    List<TableSource const*> from{};  // the parts between commas
    Expression const* where = nullptr;
    GroupBy const* group_by = nullptr;
    Expression const* having = nullptr;
    List<NamedWindow> windows{};
};

enum class SetOperator : std::uint8_t { union_distinct, union_all, except, intersect };

// Operands of one operator, taken from left to right; a chain may be thousands long.
struct SetOperation : QueryBody {
    static constexpr auto node_kind = NodeKind::set_operation;
    SetOperator op;
    List<QueryBody const*> operands;
};

struct CommonTable {
    Span span;
    Identifier name;
    List<Identifier> columns;
    Query const* query;
};

struct XmlNamespace {
    std::string_view uri;
    Identifier prefix;  // not set for DEFAULT
};

enum class ForKind : std::uint8_t { xml, json, browse };

// FOR XML PATH('row'), ROOT('rows'), TYPE ... : each directive an option, its argument as the option's value.
struct ForClause {
    Span span;
    ForKind for_kind;
    List<Option> directives;
};

struct Query {
    Span span;
    List<XmlNamespace> xml_namespaces{};
    List<CommonTable> with{};
    QueryBody const* body = nullptr;
    List<OrderItem> order_by{};
    Expression const* offset = nullptr;
    Expression const* fetch = nullptr;
    ForClause const* for_clause = nullptr;
    List<Option> options{};  // OPTION (...)
};

enum class TemporalKind : std::uint8_t { none, as_of, from_to, between, contained_in, all };

struct Temporal {
    TemporalKind temporal_kind = TemporalKind::none;
    Expression const* from = nullptr;
    Expression const* to = nullptr;
};

struct TableSample {
    bool is_system = false;
    Expression const* amount;
    bool is_rows = false;  // else per cent
    Expression const* repeatable = nullptr;
};

struct NamedTable : TableSource {
    static constexpr auto node_kind = NodeKind::named_table;
    Name name;
    Identifier alias{};
    Temporal temporal{};
    TableSample const* sample = nullptr;
    List<Option> hints{};   // WITH (...), and the older form without WITH
    bool for_path = false;  // graph tables
};

struct VariableTable : TableSource {
    static constexpr auto node_kind = NodeKind::variable_table;
    std::string_view name;
    Identifier alias;
};

struct DerivedTable : TableSource {
    static constexpr auto node_kind = NodeKind::derived_table;
    Query const* query;
    Identifier alias;
    List<Identifier> columns;
};

struct ValuesRow {
    Span span;
    List<Expression const*> values;
};

struct ValuesTable : TableSource {
    static constexpr auto node_kind = NodeKind::values_table;
    List<ValuesRow> rows;
    Identifier alias;
    List<Identifier> columns;
};

// OPENJSON(...) WITH (name type 'path' AS JSON), OPENXML(...) WITH (...)
struct RowsetColumn {
    Span span;
    Identifier name;
    DataType const* type;
    std::string_view path;
    bool has_path = false;
    bool as_json = false;
    Identifier collation{};
    std::string_view ordinal{};  // the place of the column in a CSV file
};

// A function, a method such as .nodes(), or a rowset function (OPENJSON, OPENROWSET, CHANGETABLE, CONTAINSTABLE ...).
struct FunctionTable : TableSource {
    static constexpr auto node_kind = NodeKind::function_table;
    Expression const* call;  // a FunctionCall, MethodCall or StaticMethodCall; nullptr when `arguments` says it all
    Name name{};             // of OPENROWSET and its like, whose arguments have a grammar of their own
    std::string_view arguments{};
    Name remote_table{};  // OPENDATASOURCE(...).database.schema.table
    List<RowsetColumn> with_columns{};
    Name with_table{};  // OPENXML ... WITH table
    Identifier alias{};
    List<Identifier> columns{};
    List<Option> hints{};
};

enum class JoinKind : std::uint8_t { inner, left, right, full, cross, cross_apply, outer_apply };
enum class JoinHint : std::uint8_t { none, loop, hash, merge, remote };

struct Join : TableSource {
    static constexpr auto node_kind = NodeKind::join;
    JoinKind join_kind;
    JoinHint hint;
    TableSource const* left;
    TableSource const* right;
    Expression const* on;  // nullptr for CROSS JOIN and APPLY
};

struct Pivot : TableSource {
    static constexpr auto node_kind = NodeKind::pivot;
    TableSource const* source;
    List<SelectItem> aggregates;  // one in T-SQL
    Name column;
    List<Identifier> values;
    Identifier alias;
};

struct Unpivot : TableSource {
    static constexpr auto node_kind = NodeKind::unpivot;
    TableSource const* source;
    Identifier value_column;
    Identifier name_column;
    List<Identifier> columns;
    Identifier alias;
};

}  // namespace mainstay::tsql
