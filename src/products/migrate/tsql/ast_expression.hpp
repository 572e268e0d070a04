// Expressions and predicates; T-SQL keeps them apart, the tree does not.
#pragma once
#include "products/migrate/tsql/ast_core.hpp"

namespace mainstay::tsql {

struct Query;
struct OrderItem;

struct Expression : Node {};

enum class LiteralKind : std::uint8_t { null, integer, decimal, real, money, string, national_string, binary };

struct Literal : Expression {
    static constexpr auto node_kind = NodeKind::literal;
    LiteralKind literal_kind;
    std::string_view text;  // strings without quotes and their escapes undone; all others as written
};

struct Variable : Expression {
    static constexpr auto node_kind = NodeKind::variable;
    std::string_view name;  // with its @ or @@
};

// a, t.a, dbo.t.a; also $IDENTITY, $ROWGUID and $ACTION, which keep their dollar sign.
struct ColumnReference : Expression {
    static constexpr auto node_kind = NodeKind::column_reference;
    Name name;
};

struct Star : Expression {
    static constexpr auto node_kind = NodeKind::star;
    Name qualifier;  // t of t.*; not set for a plain star
};

enum class UnaryOperator : std::uint8_t { plus, minus, bit_not, logical_not };

struct Unary : Expression {
    static constexpr auto node_kind = NodeKind::unary;
    UnaryOperator op;
    Expression const* operand;
};

// `!<` is greater_or_equal and `!>` is less_or_equal. json_pair is 'name': value in JSON_OBJECT.
enum class BinaryOperator : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    modulo,
    bit_and,
    bit_or,
    bit_xor,
    shift_left,
    shift_right,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    json_pair,
};

std::string_view spelling_of(BinaryOperator);

struct Binary : Expression {
    static constexpr auto node_kind = NodeKind::binary;
    BinaryOperator op;
    Expression const* left;
    Expression const* right;
};

// A chain of AND or of OR, which may be thousands long: at least two operands, in their order.
struct Logical : Expression {
    static constexpr auto node_kind = NodeKind::logical;
    bool is_and;
    List<Expression const*> operands;
};

struct Between : Expression {
    static constexpr auto node_kind = NodeKind::between;
    bool negated;
    Expression const* operand;
    Expression const* low;
    Expression const* high;
};

// Either a list or a query.
struct In : Expression {
    static constexpr auto node_kind = NodeKind::in;
    bool negated;
    Expression const* operand;
    List<Expression const*> list;
    Query const* query;
};

struct Like : Expression {
    static constexpr auto node_kind = NodeKind::like;
    bool negated;
    Expression const* operand;
    Expression const* pattern;
    Expression const* escape;  // may be nullptr
};

struct IsNull : Expression {
    static constexpr auto node_kind = NodeKind::is_null;
    bool negated;
    Expression const* operand;
};

// IS [NOT] DISTINCT FROM; `negated` is the form with NOT.
struct IsDistinctFrom : Expression {
    static constexpr auto node_kind = NodeKind::is_distinct_from;
    bool negated;
    Expression const* left;
    Expression const* right;
};

struct Exists : Expression {
    static constexpr auto node_kind = NodeKind::exists;
    Query const* query;
};

// operand op ALL (query), or ANY and SOME, which are one.
struct Quantified : Expression {
    static constexpr auto node_kind = NodeKind::quantified;
    BinaryOperator op;
    bool is_all;
    Expression const* operand;
    Query const* query;
};

struct Subquery : Expression {
    static constexpr auto node_kind = NodeKind::subquery;
    Query const* query;
};

struct When {
    Expression const* condition;  // a value to compare with where the CASE has an operand
    Expression const* result;
};

struct Case : Expression {
    static constexpr auto node_kind = NodeKind::case_expression;
    Expression const* operand;  // nullptr in the searched form
    List<When> whens;
    Expression const* otherwise;  // nullptr without ELSE
};

enum class CastKind : std::uint8_t { cast, try_cast, convert, try_convert, parse, try_parse };

struct Cast : Expression {
    static constexpr auto node_kind = NodeKind::cast;
    CastKind cast_kind;
    Expression const* operand;
    DataType const* type;
    Expression const* style;  // the style of CONVERT, the culture of PARSE; may be nullptr
};

enum class FrameUnit : std::uint8_t { rows, range };
enum class FrameBoundKind : std::uint8_t {
    unbounded_preceding,
    preceding,
    current_row,
    following,
    unbounded_following,
};

struct FrameBound {
    FrameBoundKind bound_kind;
    Expression const* distance;  // of `n PRECEDING` and `n FOLLOWING`
};

struct Frame {
    FrameUnit unit;
    FrameBound start;
    FrameBound end;  // CURRENT ROW when only a start is written
};

struct Window {
    Span span;
    Identifier base{};  // a window named in the WINDOW clause
    List<Expression const*> partition_by{};
    List<OrderItem> order_by{};
    Frame const* frame = nullptr;
};

enum class NullTreatment : std::uint8_t { unspecified, ignore_nulls, respect_nulls, null_on_null, absent_on_null };

struct FunctionCall : Expression {
    static constexpr auto node_kind = NodeKind::function_call;
    Name name;
    bool is_distinct = false;
    bool has_parentheses = true;   // CURRENT_TIMESTAMP and its like have none
    bool is_odbc = false;          // {fn name(...)}; {d '...'}, {t '...'} and {ts '...'} are calls of d, t and ts
    std::string_view trim_side{};  // LEADING, TRAILING or BOTH; the characters to trim are then the second argument
    NullTreatment nulls = NullTreatment::unspecified;
    List<Expression const*> arguments{};
    List<OrderItem> within_group{};
    Expression const* language = nullptr;  // LANGUAGE of CONTAINS, FREETEXTTABLE and their like
    bool within_graph_path = false;        // WITHIN GROUP (GRAPH PATH), of a shortest path
    Window const* over = nullptr;
};

// column.value('...', 'int'), @x.nodes('/a'), geometry_column.STAsText(), location.Lat
struct MethodCall : Expression {
    static constexpr auto node_kind = NodeKind::method_call;
    Expression const* target;
    Identifier method;
    bool is_property;
    List<Expression const*> arguments;
};

// geography::Point(1, 2, 4326), hierarchyid::GetRoot()
struct StaticMethodCall : Expression {
    static constexpr auto node_kind = NodeKind::static_method_call;
    Name type;
    Identifier method;
    bool is_property;
    List<Expression const*> arguments;
};

struct AtTimeZone : Expression {
    static constexpr auto node_kind = NodeKind::at_time_zone;
    Expression const* operand;
    Expression const* zone;
};

struct Collate : Expression {
    static constexpr auto node_kind = NodeKind::collate;
    Expression const* operand;
    Identifier collation;
};

struct NextValueFor : Expression {
    static constexpr auto node_kind = NodeKind::next_value_for;
    Name sequence;
    Window const* over;
};

// DEFAULT in a row of values or as an argument of EXECUTE.
struct DefaultValue : Expression {
    static constexpr auto node_kind = NodeKind::default_value;
};

// (a, b) where a function takes several columns at once: CONTAINS((a, b), '...'), GROUP BY ROLLUP ((a, b), c).
struct Tuple : Expression {
    static constexpr auto node_kind = NodeKind::tuple;
    List<Expression const*> items;
};

// MATCH(...) of a graph query; its pattern is kept as written.
struct GraphMatch : Expression {
    static constexpr auto node_kind = NodeKind::graph_match;
    std::string_view pattern;
};

}  // namespace mainstay::tsql
