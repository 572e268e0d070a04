// What is in a database and what will become of it, before anything is generated. Included by dbt.hpp.
#pragma once
#include "kernel/fields/fields.hpp"
#include "products/migrate/translate/translate.hpp"

#include <map>
#include <string>
#include <vector>

namespace mainstay::dbt {

// What became of one object; every object of the catalog is in exactly one class.
enum class ObjectClass { model, source_only, macro, not_a_model, not_translated };
BOOST_DESCRIBE_ENUM(ObjectClass, model, source_only, macro, not_a_model, not_translated)

struct ObjectReport {
    std::string name;  // "Sales.Orders"
    std::string kind;  // "table", "view", "procedure", "trigger" …
    ObjectClass object_class = ObjectClass::not_a_model;
    std::string fidelity;         // of what was translated; else empty
    std::string reason;           // why it is in its class, where that is not plain
    std::int64_t complexity = 0;  // joins, subqueries, set operations, windows, functions: counted, not guessed
    std::string file;
    std::int64_t line = 0;
};
fields::Table const& table_of(ObjectReport const*);

struct LineageEdge {
    std::string from;  // is read
    std::string to;    // reads it
};
fields::Table const& table_of(LineageEdge const*);

// What was said under one code, of however many places.
struct Finding {
    std::string code;      // "TSQL2003"
    std::string severity;  // "note", "warning", "error"
    std::string title;
    std::string help;
    std::int64_t places = 0;
};
fields::Table const& table_of(Finding const*);
// A row for each code, by rising code.
std::vector<Finding> findings_of(std::vector<std::vector<tsql::Diagnostic> const*> const&);

// Objects that are left to people, by their complexity.
inline constexpr std::int64_t small_work_max = 5, medium_work_max = 25;
struct Effort {
    std::int64_t small = 0, medium = 0, large = 0;
};
fields::Table const& table_of(Effort const*);

struct Assessment {
    std::int64_t tables = 0, columns = 0, views = 0, modules = 0, constraints = 0, rows = 0;
    Effort effort;
    std::vector<Finding> findings;  // of reading the input and of translating its views
    std::vector<ObjectReport> objects;
    std::vector<LineageEdge> lineage;
};
fields::Table const& table_of(Assessment const*);

Assessment assess(catalog::Database const&);

// The statement that made an object, as its author wrote it.
struct SourceText {
    std::string file;
    std::int64_t line = 1;  // of the file, where the text begins
    std::string text;
};
fields::Table const& table_of(SourceText const*);
inline constexpr std::size_t source_text_bytes_max = 256u << 10;  // a longer one is left out
// Of tables and views, by their names as in PlannedModel::origin; without those that metadata alone tells of.
std::map<std::string, SourceText> source_texts(catalog::Database const&);

}  // namespace mainstay::dbt
