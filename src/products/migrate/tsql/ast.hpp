// The syntax tree of T-SQL. Nodes are plain structs in an arena; they live as long as the ParseResult that owns it,
// never change after parsing, and refer to the source by offsets and views. A node's kind says which struct it is:
// `as<Select>(node)` gives it or nullptr.
//
// ast_core.hpp: spans, names, types. ast_expression.hpp, ast_query.hpp, ast_table.hpp, ast_statement.hpp: the rest.
#pragma once
#include "products/migrate/tsql/ast_core.hpp"
#include "products/migrate/tsql/ast_expression.hpp"
#include "products/migrate/tsql/ast_query.hpp"
#include "products/migrate/tsql/ast_statement.hpp"
#include "products/migrate/tsql/ast_table.hpp"
