// What the tenancy guard and Citus need of every table, as a pure decision over the shapes that an engine reads out of
// its catalogue. Within the storage alone.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace mainstay {

struct TableShape {
    enum class Kind { table, view, virtual_table };
    struct Index {
        std::string name;
        std::vector<std::string> columns;  // in order; empty text for an expression
    };
    struct ForeignKey {
        std::vector<std::string> columns;
        std::string parent;
        std::vector<std::string> parent_columns;
    };

    std::string name;
    Kind kind = Kind::table;
    std::vector<std::string> columns = {};
    std::vector<std::string> types = {};        // of the columns, in capitals, as the engine says them
    std::vector<std::string> primary_key = {};  // in its own order
    std::vector<Index> indexes = {};            // unique constraints among them; the primary key's may be
    std::vector<ForeignKey> foreign_keys = {};

    bool is_tenant_table() const;
};

inline constexpr char const* tenant_column = "tenant_id";
inline constexpr char const* migrations_table = "migrations";

// Why the tables are refused: "tickets: its primary key does not begin with tenant_id"; nothing when all is well.
// Globals are the names declared so.
std::optional<std::string> refusal(std::span<TableShape const>, std::set<std::string, std::less<>> const& globals);

// The column that says whose a row is; null: it is nobody's.
char const* owner_column_of(TableShape const&);

// Those that others refer to stand behind them.
std::vector<TableShape const*> children_first(std::span<TableShape const>);

// See erasure.hpp.
std::vector<std::string> erasing_statements(std::span<TableShape const>);

}  // namespace mainstay
