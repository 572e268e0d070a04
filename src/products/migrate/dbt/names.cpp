// Names in the manner of dbt, from those of SQL Server.
#include "products/migrate/dbt/names.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "products/migrate/dbt/words.hpp"

#include <array>
#include <cctype>
#include <limits>

namespace mainstay::dbt {
namespace {

using catalog::ObjectName;

// U+00C0 to U+00FF without their marks.
constexpr std::string_view latin = "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty";
static_assert(latin.size() == 64);

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Only ASCII: letters of Latin-1 lose their marks, others become their code point.
std::string to_ascii(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const lead = static_cast<unsigned char>(text[at]);
        if (lead < 0x80) {
            out += text[at];
            continue;
        }
        std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        std::uint32_t point = lead & (0x7FU >> length);
        for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
            point = (point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        at += std::min(length, text.size() - at) - 1;
        if (point >= 0xC0 && point <= 0xFF) {
            char const letter = latin[point - 0xC0];
            out += letter;
        } else {
            static constexpr std::string_view digits = "0123456789abcdef";
            std::string hex;
            for (; point > 0; point >>= 4U) hex.insert(hex.begin(), digits[point & 0xFU]);
            out += "u" + hex;
        }
    }
    return out;
}

// Whether a word begins at `at`, by the change of case alone: Sales|Order|ID, VAT|Rate, but not I|Ds.
bool begins_word(std::string_view text, std::size_t at) {
    if (at == 0 || !is_upper(text[at])) return false;
    char const before = text[at - 1];
    if (is_lower(before) || is_digit(before)) return true;
    if (!is_upper(before) || at + 1 >= text.size() || !is_lower(text[at + 1])) return false;
    bool const plural_of_capitals = text[at + 1] == 's' && (at + 2 == text.size() || !is_lower(text[at + 2]));
    return !plural_of_capitals;
}

struct Irregular {
    std::string_view one, many;
};
constexpr std::array<Irregular, 16> irregular = {{{"person", "people"},
                                                  {"child", "children"},
                                                  {"man", "men"},
                                                  {"woman", "women"},
                                                  {"datum", "data"},
                                                  {"data", "data"},
                                                  {"information", "information"},
                                                  {"people", "people"},
                                                  {"staff", "staff"},
                                                  {"equipment", "equipment"},
                                                  {"stock", "stock"},
                                                  {"news", "news"},
                                                  {"series", "series"},
                                                  {"leaf", "leaves"},
                                                  {"bus", "buses"},
                                                  {"gas", "gases"}}};

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
    for (auto const ending : endings)
        if (word.ends_with(ending)) return true;
    return false;
}

std::string plural_word(std::string_view word) {
    for (auto const& [one, many] : irregular)
        if (word == one) return std::string(many);
    if (word.empty() || is_digit(word.back())) return std::string(word);
    std::string out(word);
    if (ends_with_any(word, {"ss", "us", "x", "z", "ch", "sh"})) return out + "es";
    if (word.ends_with("is")) return out.replace(out.size() - 2, 2, "es");
    if (word.ends_with('s')) return out;  // orders, sales, details
    bool const vowel = word.size() > 1 && ends_with_any(word, {"ay", "ey", "iy", "oy", "uy"});
    if (word.ends_with('y') && !vowel) return out.replace(out.size() - 1, 1, "ies");
    return out + 's';
}

// vOrderLine, vwOrderLine, View_OrderLine: what is left says what the view is of.
std::string_view without_view_prefix(std::string_view name) {
    auto const lower = lower_ascii(name);
    for (std::string_view const prefix : {"view", "vw", "v"})
        if (lower.starts_with(prefix) && name.size() > prefix.size() &&
            (name[prefix.size()] == '_' || is_upper(name[prefix.size()])) &&
            (is_lower(name[prefix.size() - 1]) || name[prefix.size()] == '_'))
            return name.substr(prefix.size());
    return name;
}

bool reads_both_sides(catalog::Database const& database, std::set<ObjectName, catalog::NameLess> const& relations) {
    for (auto const& name : relations) {
        auto const table = database.tables.find(name);
        if (table == database.tables.end()) continue;
        for (auto const& constraint : table->second.constraints)
            if (constraint.kind == catalog::ConstraintKind::foreign_key && relations.contains(constraint.referenced) &&
                catalog::to_string(constraint.referenced) != catalog::to_string(name))
                return true;
    }
    return false;
}

void add_relations(catalog::Database const& database, std::vector<ObjectName> const& uses,
                   std::set<ObjectName, catalog::NameLess>& relations, std::set<ObjectName, catalog::NameLess>& seen) {
    for (auto const& used : uses) {
        if (database.tables.contains(used) || database.views.contains(used)) relations.insert(used);
        auto const module = database.modules.find(used);
        if (module != database.modules.end() && seen.insert(used).second)
            add_relations(database, module->second.uses, relations, seen);
    }
}

}  // namespace

std::string snake_case(std::string_view name) {
    auto const text = to_ascii(name);
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        bool const is_letter = is_upper(c) || is_lower(c) || is_digit(c);
        if ((!is_letter || begins_word(text, at)) && !out.empty() && out.back() != '_') out += '_';
        if (is_letter) out += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    while (out.ends_with('_')) out.pop_back();
    if (out.empty()) return "unnamed";
    return is_digit(out.front()) ? '_' + out : out;
}

std::string plural(std::string_view name) {
    auto const at = name.rfind('_');
    if (at == std::string_view::npos) return plural_word(name);
    return std::string(name.substr(0, at + 1)) + plural_word(name.substr(at + 1));
}

std::string limited(std::string name, std::size_t length_max) {
    if (name.size() <= length_max) return name;
    auto const digest = to_hex(sha256(name)).substr(0, 8);
    name.resize(length_max - digest.size() - 1);
    while (name.ends_with('_')) name.pop_back();
    return name + '_' + digest;
}

std::string UniqueNames::take(std::string const& wanted) {
    auto name = limited(wanted, length_max_);
    for (int number = 2; !taken_.insert(name).second; ++number)
        name = limited(wanted + '_' + std::to_string(number), length_max_);
    return name;
}

std::set<ObjectName, catalog::NameLess> relations_of(catalog::Database const& database, catalog::View const& view) {
    std::set<ObjectName, catalog::NameLess> relations;
    std::set<ObjectName, catalog::NameLess> seen;
    add_relations(database, view.uses, relations, seen);
    relations.erase(view.name);
    return relations;
}

Names make_names(catalog::Database const& database) {
    Names names;
    UniqueNames sources, models;
    std::map<std::string, std::string, catalog::NameLess> source_of;  // by schema
    std::map<std::string, UniqueNames> tables_of;                     // by source
    auto const source = [&](std::string const& schema) -> std::string const& {
        auto const [found, is_new] = source_of.try_emplace(schema);
        if (is_new) {
            found->second = sources.take(snake_case(schema));
            names.schemas[found->second] = schema;
        }
        return found->second;
    };
    for (auto const& [name, table] : database.tables) {
        TableNames own;
        own.source = source(table.name.schema);
        own.source_table = tables_of[own.source].take(snake_case(table.name.name));
        if (table.columns.empty()) continue;
        own.model = models.take("stg_" + own.source + "__" + plural(own.source_table));
        UniqueNames columns(std::numeric_limits<std::size_t>::max());  // no file bears the name of one
        for (auto const& column : table.columns) own.columns[column.name] = columns.take(snake_case(column.name));
        names.tables[name] = std::move(own);
    }
    std::set<ObjectName, catalog::NameLess> read_by_views;
    for (auto const& [name, view] : database.views)
        for (auto const& relation : relations_of(database, view))
            if (database.views.contains(relation)) read_by_views.insert(relation);
    for (auto const& [name, view] : database.views) {
        ViewNames own;
        own.domain = source(view.name.schema);
        auto const relations = relations_of(database, view);
        auto const entity = plural(snake_case(without_view_prefix(view.name.name)));
        std::string prefix = "int_";
        own.layer = Layer::intermediate;
        if (!read_by_views.contains(name)) {
            own.layer = Layer::marts;
            bool const holds_facts =
                count_constructs(view.definition).aggregates || reads_both_sides(database, relations);
            prefix = holds_facts ? "fct_" : "dim_";
        }
        own.model = models.take(prefix + entity);
        names.views[name] = std::move(own);
    }
    return names;
}

std::string const* Names::model_of(ObjectName const& name) const {
    if (auto const table = tables.find(name); table != tables.end()) return &table->second.model;
    if (auto const view = views.find(name); view != views.end()) return &view->second.model;
    return nullptr;
}

std::string const& Names::column(ObjectName const& table, std::string_view column) const {
    static std::string const none;
    auto const found = tables.find(table);
    if (found == tables.end()) return none;
    auto const& columns = found->second.columns;
    if (auto const name = columns.find(column); name != columns.end()) return name->second;
    for (auto const& [name, written] : columns)
        if (equals_ignoring_case(name, column)) return written;
    return none;
}

}  // namespace mainstay::dbt
