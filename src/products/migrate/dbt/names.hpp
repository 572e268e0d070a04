// What everything is called in the project: lower case words with underscores, no name twice, and the same database
// always gives the same names.
#pragma once
#include "products/migrate/dbt/dbt.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace mainstay::dbt {

// "SalesOrderID" and "Sales Order-ID" are sales_order_id. Letters outside ASCII are written with ASCII's; the result is
// never empty and begins with a letter or an underscore.
std::string snake_case(std::string_view);

// Of a name in snake_case: its last word in the plural ("order_line" gives "order_lines").
std::string plural(std::string_view);

// Of sources, models and tests, which become names of files and folders: with what stands around it each is below the
// 255 bytes that a file system takes.
inline constexpr std::size_t name_length_max = 100;

// A longer one is cut and ends in a digest of the whole.
std::string limited(std::string name, std::size_t length_max = name_length_max);

// Gives each name once: a name that is taken gets _2, _3 and so on.
class UniqueNames {
public:
    explicit UniqueNames(std::size_t length_max = name_length_max) : length_max_(length_max) {}
    std::string take(std::string const& wanted);

private:
    std::size_t length_max_;
    std::set<std::string> taken_;
};

struct TableNames {
    std::string source;                                       // of source('sales', …)
    std::string source_table;                                 // of source(…, 'sales_order')
    std::string model;                                        // stg_sales__sales_orders
    std::map<std::string, std::string, std::less<>> columns;  // by the name as it is spelled: A and a may be two
};

struct ViewNames {
    std::string domain;
    std::string model;
    Layer layer = Layer::marts;
};

struct Names {
    std::map<catalog::ObjectName, TableNames, catalog::NameLess> tables;
    std::map<catalog::ObjectName, ViewNames, catalog::NameLess> views;
    std::map<std::string, std::string> schemas;  // source name to the schema's name on SQL Server

    std::string const* model_of(catalog::ObjectName const&) const;  // nullptr: no model of ours
    // Of the column that is spelled so; else of one that is so but for case; else empty.
    std::string const& column(catalog::ObjectName const& table, std::string_view column) const;
};

// A table without columns has no model and is left out. A view that another view reads is intermediate; of the others
// one that groups or aggregates, or that reads both sides of a foreign key, holds facts, and the rest are dimensions.
Names make_names(catalog::Database const&);

// Tables and views that a view reads, those inside of the functions that it calls included; each once, by name.
std::set<catalog::ObjectName, catalog::NameLess> relations_of(catalog::Database const&, catalog::View const&);

}  // namespace mainstay::dbt
