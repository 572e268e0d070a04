// Rows by trial: a row whose key is taken is tried again with other references and values.
#include "products/migrate/dbt/row_maker.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace mainstay::dbt {
namespace {

constexpr std::uint64_t attempts_max = 60;  // for one row
constexpr std::uint64_t null_one_in = 6;    // of a nullable column's values

// By which a UNIQUE constraint compares: no case, no trailing spaces, no trailing zeros.
std::string compared(std::string text) {
    while (text.ends_with(' ')) text.pop_back();
    if (!text.empty() && text.find_first_not_of("0123456789.-") == std::string::npos &&
        text.find('.') != std::string::npos) {
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    return lower_ascii(text);
}

}  // namespace

RowMaker::RowMaker(catalog::Database const& database, catalog::Table const& table, AllData const& all,
                   std::uint64_t seed, std::set<std::string, catalog::NameLess> const& json)
    : own_(all.at(table.name)), chance_(seed, catalog::to_string(table.name)) {
    auto hints = hints_of(table);
    orders_ = std::move(hints.orders);
    for (auto const& name : own_.columns) {
        parts_.push_back({table.find_column(name), hints.columns[name]});
        parts_.back().hints.is_json = json.contains(name);
    }
    auto const add_key = [&](std::vector<std::string> const& columns) {
        std::vector<std::size_t> key;
        key.reserve(columns.size());
        for (auto const& column : columns) key.push_back(index_of(column));
        if (key.empty() || std::find(key.begin(), key.end(), own_.columns.size()) != key.end()) return;
        if (key.size() == 1) parts_[key.front()].is_key = true;
        keys_.push_back(std::move(key));
    };
    for (auto const& constraint : table.constraints)
        if (constraint.kind == catalog::ConstraintKind::primary_key ||
            constraint.kind == catalog::ConstraintKind::unique)
            add_key(constraint.columns);
    // Of a filtered index the filter is not known: unique everywhere is unique there.
    for (auto const& index : table.indexes)
        if (index.is_unique) add_key(index.columns);
    for (auto const& constraint : table.constraints)
        if (constraint.kind == catalog::ConstraintKind::foreign_key) add_reference(database, table, constraint, all);
    std::stable_sort(references_.begin(), references_.end(),
                     [](auto const& a, auto const& b) { return a.columns.size() > b.columns.size(); });
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (!parts_[i].is_key && !parts_[i].column->is_identity) continue;
        for (auto const& row : own_.rows) {
            std::int64_t value = 0;
            if (!row[i] || std::from_chars(row[i]->data(), row[i]->data() + row[i]->size(), value).ec != std::errc())
                continue;
            auto const& column = *parts_[i].column;
            auto const step = column.is_identity && column.identity_increment > 0 ? column.identity_increment : 1;
            auto const begin = column.is_identity ? column.identity_seed : 1;
            if (value >= begin) serial_ = std::max(serial_, static_cast<std::uint64_t>((value - begin) / step + 1));
        }
    }
    restart();
}

std::size_t RowMaker::index_of(std::string_view column) const {
    auto const found = std::find_if(own_.columns.begin(), own_.columns.end(),
                                    [&](auto const& name) { return equals_ignoring_case(name, column); });
    return static_cast<std::size_t>(found - own_.columns.begin());
}

void RowMaker::add_reference(catalog::Database const& database, catalog::Table const& table,
                             catalog::Constraint const& constraint, AllData const& all) {
    auto const target = database.tables.find(constraint.referenced);
    if (target == database.tables.end()) return;
    auto referenced = constraint.referenced_columns;
    if (referenced.empty() && target->second.primary_key() != nullptr)
        referenced = target->second.primary_key()->columns;
    auto const found = all.find(constraint.referenced);
    Reference reference;
    reference.other = found == all.end() ? nullptr : &found->second;  // not filled: the table stands in a circle
    reference.is_self = reference.other == &own_;
    reference.may_be_null = true;
    for (std::size_t i = 0; i < constraint.columns.size() && i < referenced.size(); ++i) {
        auto const own = index_of(constraint.columns[i]);
        if (own == own_.columns.size()) return;
        reference.columns.push_back(own);
        if (reference.other != nullptr) {
            auto const& names = reference.other->columns;
            auto const at = std::find_if(names.begin(), names.end(),
                                         [&](auto const& name) { return equals_ignoring_case(name, referenced[i]); });
            if (at == names.end()) return;
            reference.referenced.push_back(static_cast<std::size_t>(at - names.begin()));
        }
        for (auto const& key : keys_)
            if (std::find(key.begin(), key.end(), own) != key.end()) reference.is_key = true;
    }
    for (auto const& column : constraint.columns)
        if (auto const* const own = table.find_column(column); own != nullptr && !own->is_nullable)
            reference.may_be_null = false;
    if (!reference.columns.empty()) references_.push_back(std::move(reference));
}

void RowMaker::restart() {
    taken_.assign(keys_.size(), {});
    for (auto const& row : own_.rows) take_keys(row);
}

std::string RowMaker::key_of(std::vector<std::size_t> const& columns, Row const& row) const {
    std::string key;
    for (auto const column : columns) {
        key += row[column] ? compared(*row[column]) : std::string("\x01null");
        key += '\x1f';
    }
    return key;
}

bool RowMaker::take_keys(Row const& row) {
    for (std::size_t i = 0; i < keys_.size(); ++i)
        if (taken_[i].contains(key_of(keys_[i], row))) return false;
    for (std::size_t i = 0; i < keys_.size(); ++i) taken_[i].insert(key_of(keys_[i], row));
    return true;
}

// Whether the row refers to something, or may refer to nothing.
bool RowMaker::refer(Reference const& reference, Row& row, std::vector<bool>& assigned, std::uint64_t attempt) {
    bool const is_free =
        std::none_of(reference.columns.begin(), reference.columns.end(), [&](auto column) { return assigned[column]; });
    auto const give_up = [&] {
        // One column that is NULL suffices; those that are set already stay.
        for (auto const column : reference.columns) {
            if (assigned[column] && row[column]) continue;
            if (!parts_[column].column->is_nullable) continue;
            row[column] = std::nullopt;
            assigned[column] = true;
            return true;
        }
        return std::any_of(reference.columns.begin(), reference.columns.end(),
                           [&](auto column) { return assigned[column] && !row[column]; });
    };
    if (is_free && reference.may_be_null && !reference.is_key && chance_.one_in(null_one_in)) {
        for (auto const column : reference.columns) assigned[column] = true;
        return true;
    }
    auto const rows = reference.other == nullptr ? 0 : reference.other->rows.size();
    // Two references to one table step differently, or a row would pair each parent with itself alone.
    auto const place = static_cast<std::uint64_t>(&reference - references_.data());
    auto const start =
        reference.is_key ? serial_ * (2 * place + 1) + place + attempt * (1 + chance_.below(7)) : chance_.next();
    for (std::size_t n = 0; n < rows; ++n) {
        auto const& parent = reference.other->rows[(start + n) % rows];
        bool fits = true;
        for (std::size_t i = 0; i < reference.columns.size(); ++i) {
            auto const& value = parent[reference.referenced[i]];
            auto const own = reference.columns[i];
            fits = fits && value && (!assigned[own] || (row[own] && compared(*row[own]) == compared(*value)));
        }
        if (!fits) continue;
        for (std::size_t i = 0; i < reference.columns.size(); ++i) {
            row[reference.columns[i]] = parent[reference.referenced[i]];
            assigned[reference.columns[i]] = true;
        }
        return true;
    }
    return give_up();
}

void RowMaker::order_values(Row& row, std::vector<bool> const& assigned) const {
    for (auto const& [greater, lesser, is_strict] : orders_) {
        auto const g = index_of(greater), l = index_of(lesser);
        if (g == own_.columns.size() || l == own_.columns.size() || !row[g] || !row[l]) continue;
        auto const& type = parts_[g].column->type;
        bool const holds = is_strict ? is_less(type, *row[l], *row[g]) : !is_less(type, *row[g], *row[l]);
        if (holds || assigned[g]) continue;
        if (auto const after = value_after(type, *row[l], is_strict)) row[g] = *after;
    }
}

bool RowMaker::fill(Row& row, std::uint64_t attempt) {
    std::vector<bool> assigned(row.size(), false);
    std::vector<Reference const*> to_itself;
    for (auto const& reference : references_) {
        // The first row of a table that must refer to itself refers to its own key.
        if (reference.is_self && own_.rows.empty() && !reference.may_be_null) {
            to_itself.push_back(&reference);
            continue;
        }
        if (!refer(reference, row, assigned, attempt)) return false;
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (assigned[i]) continue;
        auto const& part = parts_[i];
        if (part.column->is_nullable && !part.is_key && chance_.one_in(null_one_in)) continue;
        row[i] = sample_value(*part.column, part.hints, serial_, part.is_key, chance_);
    }
    for (auto const* reference : to_itself)
        for (std::size_t i = 0; i < reference->columns.size(); ++i)
            row[reference->columns[i]] = row[reference->referenced[i]];
    order_values(row, assigned);
    return true;
}

std::vector<RowMaker::Row> RowMaker::candidates(std::size_t count) {
    std::vector<Row> rows;
    while (rows.size() < count) {
        bool is_made = false;
        for (std::uint64_t attempt = 0; attempt < attempts_max && !is_made; ++attempt) {
            Row row(own_.columns.size());
            if (fill(row, attempt) && take_keys(row)) {
                rows.push_back(std::move(row));
                is_made = true;
            }
            ++serial_;
        }
        if (!is_made) break;
    }
    return rows;
}

}  // namespace mainstay::dbt
