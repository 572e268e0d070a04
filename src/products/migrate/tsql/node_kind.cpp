// The names of the kinds of nodes, in the order of the enumeration.
#include "products/migrate/tsql/ast_core.hpp"

#include <iterator>

namespace mainstay::tsql {

std::string_view name_of(NodeKind kind) {
    static constexpr std::string_view names[] = {
        "literal",
        "variable",
        "column_reference",
        "star",
        "unary",
        "binary",
        "logical",
        "between",
        "in",
        "like",
        "is_null",
        "is_distinct_from",
        "exists",
        "quantified",
        "subquery",
        "case_expression",
        "cast",
        "function_call",
        "method_call",
        "static_method_call",
        "at_time_zone",
        "collate",
        "next_value_for",
        "default_value",
        "tuple",
        "graph_match",
        "select",
        "set_operation",
        "named_table",
        "variable_table",
        "derived_table",
        "values_table",
        "function_table",
        "join",
        "pivot",
        "unpivot",
        "select_statement",
        "insert",
        "create_table",
        "alter_table_add",
        "alter_table_check",
        "create_type",
        "create_view",
        "create_index",
        "create_module",
        "create_schema",
        "create_sequence",
        "create_synonym",
        "create_xml_schema_collection",
        "execute",
        "use",
        "set_option",
        "block",
        "if_statement",
        "skipped",
        "broken",
    };
    static_assert(std::size(names) == static_cast<std::size_t>(NodeKind::broken) + 1);
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace mainstay::tsql
