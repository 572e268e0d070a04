// The source tables of a run: made in the engine, filled with the script's rows and, where those are few, with rows
// that fit every constraint.
#pragma once
#include "kernel/duck/duck.hpp"
#include "products/migrate/dbt/names.hpp"

#include <set>
#include <string>

namespace mainstay::dbt {

struct SourceRows {
    std::int64_t script = 0;
    std::int64_t generated = 0;
    std::int64_t refused = 0;         // rows of the script that are missing
    std::vector<std::string> faults;  // why, and why a table could not be made
};

// By model. Only the tables of `wanted` models and those that they refer to (empty: all).
std::map<std::string, SourceRows> load_sources(catalog::Database const&, Names const&, std::uint64_t seed,
                                               duck::DuckSession&, std::set<std::string> const& wanted);

duck::TableName raw_table(TableNames const&);  // where source() is in a run
std::string written(duck::TableName const&);

// Ends the run when the engine's process is gone: the run can then only be taken again.
void require_alive(duck::Error const&);

}  // namespace mainstay::dbt
