// What every node of the tree is made of: its kind, its place, names and data types.
#pragma once
#include "products/migrate/tsql/arena.hpp"

#include <cstdint>
#include <string_view>

namespace mainstay::tsql {

// Byte offsets into Source::text(), the end excluded.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

enum class NodeKind : std::uint8_t {
    // expressions
    literal,
    variable,
    column_reference,
    star,
    unary,
    binary,
    logical,
    between,
    in,
    like,
    is_null,
    is_distinct_from,
    exists,
    quantified,
    subquery,
    case_expression,
    cast,
    function_call,
    method_call,
    static_method_call,
    at_time_zone,
    collate,
    next_value_for,
    default_value,
    tuple,
    graph_match,
    // bodies of queries
    select,
    set_operation,
    // table sources
    named_table,
    variable_table,
    derived_table,
    values_table,
    function_table,
    join,
    pivot,
    unpivot,
    // statements
    select_statement,
    insert,
    create_table,
    alter_table_add,
    alter_table_check,
    create_type,
    create_view,
    create_index,
    create_module,
    create_schema,
    create_sequence,
    create_synonym,
    create_xml_schema_collection,
    execute,
    use,
    set_option,
    block,
    if_statement,
    skipped,
    broken,
};

std::string_view name_of(NodeKind);

struct Node {
    NodeKind kind;
    Span span;
};

// The node as a T, or nullptr when it is nullptr or of another kind.
template <class T, class N>
T const* as(N const* node) {
    return node != nullptr && node->kind == T::node_kind ? static_cast<T const*>(node) : nullptr;
}

struct Identifier {
    std::string_view text;  // without quotes, their escapes undone; as written otherwise
    Span span;
    bool quoted = false;

    bool is_set() const { return span.end != 0; }
};

// One to four parts: server.database.schema.object. A part that is left out, as in db..t, has an empty text.
struct Name {
    List<Identifier> parts;
    Span span;

    bool is_set() const { return !parts.empty(); }
    std::string_view object() const { return part(0); }
    std::string_view schema() const { return part(1); }
    std::string_view database() const { return part(2); }
    std::string_view server() const { return part(3); }

private:
    std::string_view part(std::size_t from_the_right) const {
        return parts.size() > from_the_right ? parts[parts.size() - 1 - from_the_right].text : std::string_view{};
    }
};

struct TableDefinition;

struct DataType {
    Span span;
    Name name;                     // names of several words are joined: "double precision", "character varying"
    std::int32_t length = -1;      // the first number in parentheses (length or precision), -1 when there is none
    std::int32_t scale = -1;       // the second number
    bool is_max = false;           // (MAX)
    bool is_document = false;      // XML(DOCUMENT collection)
    bool is_content = false;       // XML(CONTENT collection)
    Name xml_schema_collection{};  // XML(collection)
    bool is_varying = false;       // CURSOR VARYING
    TableDefinition const* table = nullptr;  // TABLE (...)
};

// NAME, NAME = value or NAME = ON (NAME = value, ...), of WITH (...) and SET (...) lists.
struct Option {
    Span span;
    std::string_view name;   // words as written, one blank between them
    std::string_view value;  // as written, quotes included; empty when there is none
    List<Option> children{};
};

}  // namespace mainstay::tsql
