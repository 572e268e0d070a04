#include "kernel/storage/schema_rules.hpp"

#include <algorithm>

namespace mainstay {
namespace {

using Names = std::set<std::string, std::less<>>;

bool leads(std::vector<std::string> const& columns) {
    return !columns.empty() && columns.front() == tenant_column;
}

bool pairs_tenants(TableShape::ForeignKey const& key) {
    for (std::size_t i = 0; i < key.columns.size() && i < key.parent_columns.size(); ++i)
        if (key.columns[i] == tenant_column && key.parent_columns[i] == tenant_column) return true;
    return false;
}

std::optional<std::string> refusal_of_tenant_table(TableShape const& table, Names const& tenant_tables) {
    if (!leads(table.primary_key)) return "its primary key does not begin with tenant_id";
    for (auto const& index : table.indexes)
        if (!leads(index.columns)) return "its index " + index.name + " does not begin with tenant_id";
    for (auto const& key : table.foreign_keys)
        if (tenant_tables.contains(key.parent) && !pairs_tenants(key))
            return "its foreign key to " + key.parent + " does not pair tenant_id with tenant_id";
    return std::nullopt;
}

std::optional<std::string> refusal_of(TableShape const& table, Names const& globals, Names const& tenant_tables) {
    if (table.kind == TableShape::Kind::view) return "views are not used, since the tenancy guard ends at them";
    bool const is_global = globals.contains(table.name);
    if (!is_global && table.kind == TableShape::Kind::virtual_table)
        return "a virtual table has to be declared global, since the tenancy guard does not reach into it";
    if (is_global && table.is_tenant_table())
        return "it is declared global and has a tenant_id; give the column another name or drop the declaration";
    if (table.is_tenant_table()) return refusal_of_tenant_table(table, tenant_tables);
    if (!is_global) return "it has no tenant_id and no line \"-- global: reason\" above its CREATE TABLE";
    for (auto const& key : table.foreign_keys)
        if (tenant_tables.contains(key.parent))
            return "a global table may not refer to " + key.parent + ", which belongs to tenants";
    return std::nullopt;
}

// Behind all of those that refer to it. Tables that refer to each other in a circle stand in the order of their visits.
void place(TableShape const& table, std::span<TableShape const> tables, Names& placed,
           std::vector<TableShape const*>& order) {
    if (!placed.insert(table.name).second) return;
    for (TableShape const& other : tables)
        for (auto const& key : other.foreign_keys)
            if (key.parent == table.name) place(other, tables, placed, order);
    order.push_back(&table);
}

std::string list_of(std::vector<std::string> const& columns) {
    std::string list;
    for (auto const& column : columns) list += (list.empty() ? "" : ", ") + column;
    return list;
}

}  // namespace

bool TableShape::is_tenant_table() const {
    return std::find(columns.begin(), columns.end(), tenant_column) != columns.end();
}

std::optional<std::string> refusal(std::span<TableShape const> tables, Names const& globals) {
    Names tenant_tables;
    for (auto const& table : tables)
        if (table.is_tenant_table()) tenant_tables.insert(table.name);
    for (auto const& table : tables) {
        if (table.name == migrations_table) continue;
        if (auto const why = refusal_of(table, globals, tenant_tables)) return table.name + ": " + *why;
    }
    return std::nullopt;
}

char const* owner_column_of(TableShape const& table) {
    if (table.kind != TableShape::Kind::table) return nullptr;
    for (char const* const column : {tenant_column, "tenant"})
        if (std::find(table.columns.begin(), table.columns.end(), column) != table.columns.end()) return column;
    return nullptr;
}

std::vector<TableShape const*> children_first(std::span<TableShape const> tables) {
    std::vector<TableShape const*> order;
    Names placed;
    for (TableShape const& table : tables) place(table, tables, placed, order);
    return order;
}

std::vector<std::string> erasing_statements(std::span<TableShape const> tables) {
    std::vector<std::string> statements;
    for (TableShape const* const table : children_first(tables)) {
        char const* const owner = owner_column_of(*table);
        if (owner == nullptr) continue;
        std::string const of_tenant = std::string(" WHERE ") + owner + " = :tenant";
        std::string const key = list_of(table->primary_key.empty() ? table->columns : table->primary_key);
        statements.push_back("DELETE FROM " + table->name + of_tenant + " AND (" + key + ") IN (SELECT " + key +
                             " FROM " + table->name + of_tenant + " LIMIT :at_most)");
    }
    return statements;
}

}  // namespace mainstay
