// Names compare without case; what a name means does not depend on the order of the scripts.
#include "products/migrate/catalog/catalog.hpp"

#include "base/text.hpp"
#include "products/migrate/catalog/diagnostic_codes.hpp"

#include <algorithm>
#include <array>

namespace mainstay::catalog {

namespace {

// A chain of synonyms longer than this is a circle.
constexpr int max_synonyms = 8;

constexpr std::array<tsql::DiagnosticCode const*, 9> all_codes = {
    &codes::made_twice,
    &codes::unknown_object,
    &codes::no_place,
    &codes::rows_from_query,
    &codes::unknown_type,
    &codes::no_definition,
    &codes::unreadable_definition,
    &codes::external_table,
    &codes::wrong_count,
};

char fold(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int compare(std::string_view a, std::string_view b) {
    auto const shared = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < shared; ++i) {
        auto const x = static_cast<unsigned char>(fold(a[i]));
        auto const y = static_cast<unsigned char>(fold(b[i]));
        if (x != y) return x < y ? -1 : 1;
    }
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

}  // namespace

bool NameLess::operator()(std::string_view a, std::string_view b) const {
    return compare(a, b) < 0;
}

bool NameLess::operator()(ObjectName const& a, ObjectName const& b) const {
    auto const by_schema = compare(a.schema, b.schema);
    return by_schema != 0 ? by_schema < 0 : compare(a.name, b.name) < 0;
}

std::string to_string(ObjectName const& name) {
    return name.schema + '.' + name.name;
}

Column const* Table::find_column(std::string_view wanted) const {
    auto const found = std::find_if(columns.begin(), columns.end(),
                                    [&](Column const& column) { return equals_ignoring_case(column.name, wanted); });
    return found == columns.end() ? nullptr : &*found;
}

Constraint const* Table::primary_key() const {
    auto const found = std::find_if(constraints.begin(), constraints.end(), [](Constraint const& constraint) {
        return constraint.kind == ConstraintKind::primary_key;
    });
    return found == constraints.end() ? nullptr : &*found;
}

ObjectName object_name(tsql::Name const& name) {
    auto const schema = name.schema();
    return {schema.empty() ? "dbo" : std::string(schema), std::string(name.object())};
}

ObjectName resolve(Database const& database, ObjectName name) {
    for (int i = 0; i < max_synonyms; ++i) {
        auto const found = database.modules.find(name);
        if (found == database.modules.end() || found->second.kind != ModuleKind::synonym || !found->second.target)
            break;
        name = *found->second.target;
    }
    // The name as it was created, whatever case the query has.
    if (auto const table = database.tables.find(name); table != database.tables.end()) return table->first;
    if (auto const view = database.views.find(name); view != database.views.end()) return view->first;
    if (auto const module = database.modules.find(name); module != database.modules.end()) return module->first;
    return name;
}

std::span<tsql::DiagnosticCode const* const> diagnostic_codes() {
    return all_codes;
}

}  // namespace mainstay::catalog
