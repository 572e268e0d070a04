// For the tests of this module: the tables, rows and views of a catalog, made in a DuckDB session.
#pragma once
#include "kernel/duck/duck.hpp"
#include "products/migrate/translate/translate.hpp"
#include "testing/testing.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <thread>

namespace mainstay::translate {

inline std::string read_whole_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::unique_ptr<duck::DuckPool> make_pool() {
    return std::make_unique<duck::DuckPool>(
        duck::DuckOptions{.program = DUCK_CHILD_PROGRAM, .lease_time = seconds(60)});
}

inline void wait_for_children(duck::DuckPool const& pool) {
    while (pool.counters().sessions > 0) std::this_thread::yield();
}

struct RanView {
    catalog::ObjectName name;
    Translation translation;
    std::string error;  // of DuckDB; empty: it ran, or was not translated
    duck::Result result;
};

class DuckDatabase {
public:
    DuckDatabase(duck::DuckSession session, catalog::Database const& database)
        : session_(std::move(session)), database_(database), translator_(database) {}

    // What went wrong, a line each; empty when all tables and rows are there.
    std::string make_tables() {
        std::string faults;
        for (auto const& [name, table] : database_.tables) {
            run("create schema if not exists " + quote_identifier(name.schema), faults);
            std::string columns;
            auto const& described = translator_.columns(name);
            for (auto const& column : described)
                columns.append(columns.empty() ? "" : ", ")
                    .append(quote_identifier(column.name))
                    .append(1, ' ')
                    .append(column.duckdb_type);
            auto const relation = quote_identifier(name.schema) + '.' + quote_identifier(name.name);
            run("create table " + relation + " (" + columns + ')', faults);
            auto const rows = insert_rows(database_, table);
            for (auto const& diagnostic : rows.diagnostics) faults += tsql::render(diagnostic);
            append(name, rows, faults);
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                auto const& column = table.columns[i];
                if (column.computed == nullptr) continue;
                auto const value = translator_.value(table, *column.computed_script, *column.computed);
                if (!value.sql.empty())
                    run("update " + relation + " set " + quote_identifier(described[i].name) + " = " + value.sql,
                        faults);
            }
        }
        return faults;
    }

    // Every view, those that others read before them.
    std::vector<RanView> run_views() {
        std::vector<RanView> out;
        std::set<catalog::ObjectName, catalog::NameLess> made;
        for (bool goes_on = true; goes_on;) {
            goes_on = false;
            for (auto const& [name, view] : database_.views) {
                if (made.contains(name)) continue;
                auto ran = RanView{name, translator_.view(view), {}, {}};
                bool const is_ready = std::all_of(
                    ran.translation.sources.begin(), ran.translation.sources.end(),
                    [&](auto const& source) { return !database_.views.contains(source) || made.contains(source); });
                if (!is_ready && ran.translation.is_translated()) continue;
                made.insert(name);
                goes_on = true;
                if (ran.translation.is_translated()) run_view(ran);
                out.push_back(std::move(ran));
            }
        }
        return out;
    }

    Translator& translator() { return translator_; }
    duck::DuckSession& session() { return session_; }

private:
    void run(std::string const& sql, std::string& faults) {
        auto const outcome = session_.execute(sql);
        if (!outcome.ok()) faults += sql.substr(0, 200) + ": " + outcome.error().message + '\n';
    }

    void append(catalog::ObjectName const& name, TableRows const& rows, std::string& faults) {
        if (rows.rows.empty()) return;
        std::vector<duck::Value> values;
        for (auto const& row : rows.rows)
            for (auto const& cell : row) values.push_back(cell ? duck::Value(*cell) : duck::Value(duck::Null{}));
        auto const outcome = session_.append({name.schema, name.name}, rows.columns, values);
        if (!outcome.ok()) faults += catalog::to_string(name) + ": " + outcome.error().message + '\n';
    }

    void run_view(RanView& ran) {
        auto const relation = quote_identifier(ran.name.schema) + '.' + quote_identifier(ran.name.name);
        std::string fault;
        run("create schema if not exists " + quote_identifier(ran.name.schema), fault);
        run("create view " + relation + " as " + ran.translation.sql, fault);
        auto outcome = session_.query("select * from " + relation);
        if (!fault.empty())
            ran.error = fault;
        else if (!outcome.ok())
            ran.error = outcome.error().message;
        else
            ran.result = outcome.value();
    }

    duck::DuckSession session_;
    catalog::Database const& database_;
    Translator translator_;
};

}  // namespace mainstay::translate
