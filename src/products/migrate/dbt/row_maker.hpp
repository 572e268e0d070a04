// Candidate rows for one table: keys are unique, foreign keys point at rows that are there, values fit their columns.
// Checks over several columns are met often, not always.
#pragma once
#include "products/migrate/dbt/sample_values.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace mainstay::dbt {

struct TableData {
    std::vector<std::string> columns;  // in the table's order, without computed ones
    std::vector<std::vector<translate::Cell>> rows;
};
using AllData = std::map<catalog::ObjectName, TableData, catalog::NameLess>;

class RowMaker {
public:
    RowMaker(catalog::Database const&, catalog::Table const&, AllData const&, std::uint64_t seed,
             std::set<std::string, catalog::NameLess> const& json);

    // At most `count`; fewer when the keys that are left do not suffice.
    std::vector<std::vector<translate::Cell>> candidates(std::size_t count);
    // After rows were taken or dropped: keys of dropped rows may be used again.
    void restart();

private:
    struct Reference {
        std::vector<std::size_t> columns;     // of this table
        std::vector<std::size_t> referenced;  // of the other
        TableData const* other = nullptr;
        bool is_self = false;
        bool may_be_null = false;
        bool is_key = false;  // part of a unique key
    };
    struct Part {
        catalog::Column const* column;
        Hints hints;
        bool is_key = false;  // unique by itself
    };
    using Row = std::vector<translate::Cell>;

    void add_reference(catalog::Database const&, catalog::Table const&, catalog::Constraint const&, AllData const&);
    std::size_t index_of(std::string_view column) const;
    bool fill(Row&, std::uint64_t attempt);
    bool refer(Reference const&, Row&, std::vector<bool>& assigned, std::uint64_t attempt);
    void order_values(Row&, std::vector<bool> const& assigned) const;
    bool take_keys(Row const&);
    std::string key_of(std::vector<std::size_t> const& columns, Row const&) const;

    TableData const& own_;
    std::vector<Part> parts_;
    std::vector<Reference> references_;
    std::vector<std::vector<std::size_t>> keys_;
    std::vector<std::set<std::string>> taken_;  // by key
    std::vector<Order> orders_;
    Chance chance_;
    std::uint64_t serial_ = 0;
};

}  // namespace mainstay::dbt
