// Parents are filled before the tables that refer to them, so that foreign keys are picked from rows that are there.
#include "products/migrate/dbt/source_tables.hpp"

#include "base/text.hpp"
#include "products/migrate/dbt/row_maker.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

using catalog::ObjectName;
using translate::Cell;

// By name, each behind the tables that it refers to as far as there is such an order.
std::vector<ObjectName> parents_first(catalog::Database const& database, Names const& names) {
    std::map<ObjectName, std::set<ObjectName, catalog::NameLess>, catalog::NameLess> waiting, required;
    for (auto const& [name, own] : names.tables) {
        auto const& table = database.tables.at(name);
        auto& needs = waiting[name];
        auto& must = required[name];
        for (auto const& constraint : table.constraints) {
            if (constraint.kind != catalog::ConstraintKind::foreign_key ||
                !names.tables.contains(constraint.referenced))
                continue;
            catalog::NameLess const less;
            if (!less(name, constraint.referenced) && !less(constraint.referenced, name)) continue;
            needs.insert(constraint.referenced);
            bool const may_be_null =
                std::any_of(constraint.columns.begin(), constraint.columns.end(), [&](auto const& column) {
                    auto const* const found = table.find_column(column);
                    return found != nullptr && found->is_nullable;
                });
            if (!may_be_null) must.insert(constraint.referenced);
        }
    }
    std::vector<ObjectName> order;
    while (!waiting.empty()) {
        auto next = std::find_if(waiting.begin(), waiting.end(), [](auto const& item) { return item.second.empty(); });
        // A circle is cut where a reference may be NULL.
        if (next == waiting.end())
            next = std::find_if(waiting.begin(), waiting.end(),
                                [&](auto const& item) { return required[item.first].empty(); });
        if (next == waiting.end()) next = waiting.begin();
        auto const name = next->first;
        waiting.erase(next);
        for (auto& [other, needs] : waiting) needs.erase(name);
        for (auto& [other, must] : required) must.erase(name);
        order.push_back(name);
    }
    return order;
}

std::vector<duck::Value> values_of(std::vector<std::vector<Cell>> const& rows) {
    std::vector<duck::Value> values;
    for (auto const& row : rows)
        for (auto const& cell : row) cell ? values.emplace_back(*cell) : values.emplace_back(duck::Null{});
    return values;
}

class Loader {
public:
    Loader(catalog::Database const& database, Names const& names, std::uint64_t seed, duck::DuckSession& session)
        : database_(database),
          names_(names),
          seed_(seed),
          session_(session),
          translator_(database),
          json_(json_columns(database)) {}

    SourceRows load(ObjectName const& name) {
        SourceRows result;
        auto const& table = database_.tables.at(name);
        auto const place = raw_table(names_.tables.at(name));
        if (!make_table(table, place, result)) return result;
        auto& data = data_[name];
        take_script_rows(table, place, data, result);
        if (data.rows.size() < input_rows_min) generate(table, place, data, result);
        return result;
    }

private:
    bool make_table(catalog::Table const& table, duck::TableName const& place, SourceRows& result) {
        std::string sql = "create schema if not exists \"" + place.schema + "\"; create table " + written(place) + " (";
        std::string separator;
        for (auto const& column : table.columns) {
            auto const type = column.type.name.empty() ? "varchar" : translate::duckdb_type(column.type).name;
            sql.append(separator).append(translate::quote_identifier(column.name)).append(1, ' ').append(type);
            separator = ", ";
        }
        auto const outcome = session_.execute(sql + ")");
        if (outcome.ok()) return true;
        require_alive(outcome.error());
        result.faults.push_back(catalog::to_string(table.name) + ": " + outcome.error().message);
        return false;
    }

    // All at once; row by row when the engine refuses one of them. Gives which were taken.
    std::vector<bool> append(duck::TableName const& place, TableData const& layout,
                             std::vector<std::vector<Cell>> const& rows, std::string& error) {
        std::vector<bool> taken(rows.size(), true);
        if (rows.empty()) return taken;
        auto const outcome = session_.append(place, layout.columns, values_of(rows));
        if (outcome.ok()) return taken;
        require_alive(outcome.error());
        error = outcome.error().message;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const one = session_.append(place, layout.columns, values_of({rows[i]}));
            if (!one.ok()) require_alive(one.error());
            taken[i] = one.ok();
        }
        return taken;
    }

    void take_script_rows(catalog::Table const& table, duck::TableName const& place, TableData& data,
                          SourceRows& result) {
        auto rows = translate::insert_rows(database_, table);
        for (auto const& diagnostic : rows.diagnostics)
            result.faults.push_back(catalog::to_string(table.name) + ", " + diagnostic.file + " line " +
                                    std::to_string(diagnostic.position.line) + ": " + diagnostic.message);
        if (auto const blocks = database_.rows.find(table.name); blocks != database_.rows.end())
            for (auto const& block : blocks->second)
                result.refused += static_cast<std::int64_t>(block.values.size()) * block.repeat;
        for (auto const& column : table.columns)
            if (is_loaded(table, column)) data.columns.push_back(column.name);
        std::vector<std::size_t> position;
        for (auto const& column : data.columns) {
            auto const found = std::find_if(rows.columns.begin(), rows.columns.end(),
                                            [&](auto const& name) { return equals_ignoring_case(name, column); });
            position.push_back(static_cast<std::size_t>(found - rows.columns.begin()));
        }
        std::vector<std::vector<Cell>> ordered;
        for (auto& row : rows.rows) {
            std::vector<Cell> cells;
            cells.reserve(position.size());
            // A computed column that the load would bring: any value does that no other row has.
            for (auto const at : position)
                cells.push_back(at < row.size() ? std::move(row[at]) : Cell(std::to_string(ordered.size())));
            ordered.push_back(std::move(cells));
        }
        std::string error;
        auto const taken = append(place, data, ordered, error);
        if (!error.empty()) result.faults.push_back(catalog::to_string(table.name) + ": " + error);
        for (std::size_t i = 0; i < ordered.size(); ++i)
            if (taken[i]) data.rows.push_back(std::move(ordered[i]));
        result.script = static_cast<std::int64_t>(data.rows.size());
        result.refused -= result.script;
    }

    void generate(catalog::Table const& table, duck::TableName const& place, TableData& data, SourceRows& result) {
        auto const conditions = conditions_of(table);
        RowMaker maker(database_, table, data_, seed_, json_);
        std::string error;
        static constexpr std::size_t rounds_max = 8;
        for (std::size_t round = 0; round < rounds_max && data.rows.size() < input_rows_min; ++round) {
            auto const missing = input_rows_min - data.rows.size();
            auto candidates = maker.candidates(conditions.empty() ? missing : missing * 3 * (round + 1));
            if (candidates.empty()) break;
            if (!conditions.empty()) keep_good(place, data, conditions, candidates);
            if (candidates.size() > missing) candidates.resize(missing);
            auto const taken = append(place, data, candidates, error);
            for (std::size_t i = 0; i < candidates.size(); ++i)
                if (taken[i]) {
                    data.rows.push_back(std::move(candidates[i]));
                    ++result.generated;
                }
            maker.restart();
        }
        if (data.rows.empty() && !error.empty()) result.faults.push_back(catalog::to_string(table.name) + ": " + error);
    }

    // Whether the rows have a value of it: not when the staging model works it out.
    bool is_loaded(catalog::Table const& table, catalog::Column const& column) {
        if (column.computed_sql.empty()) return true;
        if (column.computed == nullptr || column.computed_script == nullptr) return true;
        return translator_.value(table, *column.computed_script, *column.computed).sql.empty();
    }

    // The enforced checks, as the engine can judge them on the raw table.
    std::vector<std::string> conditions_of(catalog::Table const& table) {
        std::vector<std::string> conditions;
        for (auto const& constraint : table.constraints) {
            if (constraint.kind != catalog::ConstraintKind::check || constraint.check == nullptr) continue;
            auto const translation = translator_.condition(table, *constraint.script, *constraint.check);
            if (!translation.sql.empty() && translation.fidelity != translate::Fidelity::not_translated)
                conditions.push_back("coalesce((" + translation.sql + "), true)");
        }
        return conditions;
    }

    void keep_good(duck::TableName const& place, TableData const& data, std::vector<std::string> const& conditions,
                   std::vector<std::vector<Cell>>& candidates) {
        duck::TableName const scratch{place.schema, place.table + "__candidates"};
        auto const made = session_.execute("create or replace table " + written(scratch) + " as select * from " +
                                           written(place) + " limit 0");
        if (!made.ok()) return require_alive(made.error());
        std::string ignored;
        auto good = append(scratch, data, candidates, ignored);
        std::vector<std::vector<Cell>> kept;
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (good[i]) kept.push_back(std::move(candidates[i]));
        candidates.clear();
        std::vector<bool> holds(kept.size(), true);
        for (auto const& condition : conditions) {
            auto const judged = session_.query("select " + condition + " from " + written(scratch) + " order by rowid");
            if (!judged.ok()) {
                require_alive(judged.error());
                continue;  // a condition that cannot be judged is left to the test, which will say so
            }
            auto const& values = judged.value().values;
            for (std::size_t i = 0; i < kept.size() && i < values.size(); ++i)
                if (auto const* const value = std::get_if<bool>(&values[i]); value != nullptr && !*value)
                    holds[i] = false;
        }
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (holds[i]) candidates.push_back(std::move(kept[i]));
    }

    catalog::Database const& database_;
    Names const& names_;
    std::uint64_t seed_;
    duck::DuckSession& session_;
    translate::Translator translator_;
    std::set<std::string, catalog::NameLess> json_;
    std::map<ObjectName, TableData, catalog::NameLess> data_;
};

}  // namespace

duck::TableName raw_table(TableNames const& names) {
    return {"raw_" + names.source, names.source_table};
}

std::string written(duck::TableName const& name) {
    return '"' + name.schema + "\".\"" + name.table + '"';
}

void require_alive(duck::Error const& error) {
    using duck::ErrorType;
    if (error.type == ErrorType::child_died || error.type == ErrorType::deadline || error.type == ErrorType::protocol)
        throw Fault(errors::busy, "The engine stopped in the middle of the run; it has to be taken again.",
                    error.message);
}

std::map<std::string, SourceRows> load_sources(catalog::Database const& database, Names const& names,
                                               std::uint64_t seed, duck::DuckSession& session,
                                               std::set<std::string> const& wanted) {
    std::map<std::string, SourceRows> loaded;
    auto const order = parents_first(database, names);
    std::set<ObjectName, catalog::NameLess> needed;
    std::function<void(ObjectName const&)> const need = [&](ObjectName const& name) {
        if (!names.tables.contains(name) || !needed.insert(name).second) return;
        for (auto const& constraint : database.tables.at(name).constraints)
            if (constraint.kind == catalog::ConstraintKind::foreign_key) need(constraint.referenced);
    };
    for (auto const& name : order)
        if (wanted.empty() || wanted.contains(names.tables.at(name).model)) need(name);
    Loader loader(database, names, seed, session);
    for (auto const& name : order)
        if (needed.contains(name)) loaded[names.tables.at(name).model] = loader.load(name);
    return loaded;
}

}  // namespace mainstay::dbt
