// Precedence and the types of results, by the rules of SQL Server's documentation.
#include "products/migrate/translate/types.hpp"

#include "products/migrate/translate/diagnostic_codes.hpp"
#include "products/migrate/translate/translate.hpp"

#include <algorithm>
#include <array>

namespace mainstay::translate {

namespace {

constexpr std::int64_t max_precision = 38;
constexpr std::int64_t least_kept_scale = 6;

struct TypeRow {
    std::string_view name;
    Family family;
    std::string_view duckdb;  // empty: worked out
    tsql::DiagnosticCode const* note;
};

constexpr std::array<TypeRow, 30> rows = {{
    {"bigint", Family::bigint, "bigint", nullptr},
    {"binary", Family::binary, "blob", nullptr},
    {"bit", Family::bit, "boolean", nullptr},
    {"char", Family::char_, "varchar", nullptr},
    {"date", Family::date, "date", nullptr},
    {"datetime", Family::datetime, "timestamp", nullptr},
    {"datetime2", Family::datetime2, "timestamp", nullptr},
    {"datetimeoffset", Family::datetimeoffset, "timestamptz", &codes::offset_lost},
    {"decimal", Family::decimal, "", nullptr},
    {"float", Family::float_, "double", nullptr},
    {"image", Family::image, "blob", nullptr},
    {"int", Family::integer, "integer", nullptr},
    {"money", Family::money, "decimal(19, 4)", nullptr},
    {"nchar", Family::nchar, "varchar", nullptr},
    {"ntext", Family::ntext, "varchar", nullptr},
    {"numeric", Family::decimal, "", nullptr},
    {"nvarchar", Family::nvarchar, "varchar", nullptr},
    {"real", Family::real, "float", nullptr},
    {"rowversion", Family::rowversion, "blob", nullptr},
    {"smalldatetime", Family::smalldatetime, "timestamp", nullptr},
    {"smallint", Family::smallint, "smallint", nullptr},
    {"smallmoney", Family::smallmoney, "decimal(10, 4)", nullptr},
    {"sql_variant", Family::variant, "varchar", &codes::held_as_text},
    {"text", Family::text, "varchar", nullptr},
    {"time", Family::time, "time", nullptr},
    {"tinyint", Family::tinyint, "utinyint", nullptr},
    {"uniqueidentifier", Family::uniqueidentifier, "uuid", nullptr},
    {"varbinary", Family::varbinary, "blob", nullptr},
    {"varchar", Family::varchar, "varchar", nullptr},
    {"xml", Family::xml, "varchar", &codes::held_as_text},
}};

TypeRow const* find_row(std::string_view name) {
    auto const found = std::lower_bound(rows.begin(), rows.end(), name,
                                        [](TypeRow const& row, std::string_view wanted) { return row.name < wanted; });
    return found != rows.end() && found->name == name ? &*found : nullptr;
}

bool is_between(Family family, Family first, Family last) {
    return family >= first && family <= last;
}

}  // namespace

Family family_of(Type const& type) {
    if (type.name.empty()) return Family::unknown;
    auto const* const row = find_row(type.name);
    return row == nullptr ? Family::other : row->family;
}

bool is_text(Family family) {
    return is_between(family, Family::char_, Family::nvarchar) || family == Family::text || family == Family::ntext;
}
bool is_unicode(Family family) {
    return family == Family::nchar || family == Family::nvarchar || family == Family::ntext;
}
bool is_integer(Family family) {
    return is_between(family, Family::bit, Family::bigint);
}
bool is_money(Family family) {
    return family == Family::money || family == Family::smallmoney;
}
bool is_exact(Family family) {
    return is_between(family, Family::bit, Family::decimal);
}
bool is_float(Family family) {
    return family == Family::real || family == Family::float_;
}
bool is_number(Family family) {
    return is_exact(family) || is_float(family);
}
bool is_temporal(Family family) {
    return is_between(family, Family::time, Family::datetimeoffset);
}
bool is_binary(Family family) {
    return family == Family::binary || family == Family::varbinary || family == Family::image ||
           family == Family::rowversion;
}

Type simple_type(std::string_view name) {
    Type type;
    type.name = name;
    return type;
}

Type text_type(std::string_view name, std::int64_t length) {
    Type type;
    type.name = name;
    type.length = length;
    return type;
}

Type decimal_type(std::int64_t precision, std::int64_t scale) {
    Type type;
    type.name = "decimal";
    type.precision = precision;
    type.scale = scale;
    return type;
}

Type unknown_type() {
    return {};
}

Digits digits_of(Type const& type) {
    switch (family_of(type)) {
        case Family::bit: return {1, 0};
        case Family::tinyint: return {3, 0};
        case Family::smallint: return {5, 0};
        case Family::integer: return {10, 0};
        case Family::bigint: return {19, 0};
        case Family::smallmoney: return {10, 4};
        case Family::money: return {19, 4};
        default: return {type.precision, type.scale};
    }
}

Type common_type(Type const& a, Type const& b) {
    auto const left = family_of(a);
    auto const right = family_of(b);
    if (left == Family::unknown) return b;
    if (right == Family::unknown) return a;
    auto const& higher = left >= right ? a : b;
    auto const wins = std::max(left, right);
    if (wins == Family::decimal && is_exact(std::min(left, right))) {
        auto const x = digits_of(a);
        auto const y = digits_of(b);
        auto const scale = std::max(x.scale, y.scale);
        auto const whole = std::max(x.precision - x.scale, y.precision - y.scale);
        auto const precision = std::min(max_precision, whole + scale);
        return decimal_type(precision, std::min(scale, precision - std::min(whole, precision)));
    }
    if ((is_text(left) && is_text(right)) || (is_binary(left) && is_binary(right))) {
        auto type = higher;
        type.alias.clear();
        if (a.length != b.length) {
            // Of two lengths the longer one; char beside varchar gives varchar.
            type.length = a.length == -1 || b.length == -1 ? -1 : std::max(a.length, b.length);
        }
        return type;
    }
    if ((wins == Family::datetime2 || wins == Family::datetimeoffset || wins == Family::time) && left == right)
        return a.precision >= b.precision ? a : b;
    return higher;
}

Type decimal_result(Arithmetic op, Digits left, Digits right) {
    auto const [p1, s1] = left;
    auto const [p2, s2] = right;
    std::int64_t precision = 0;
    std::int64_t scale = 0;
    switch (op) {
        case Arithmetic::add:
        case Arithmetic::subtract:
            scale = std::max(s1, s2);
            precision = scale + std::max(p1 - s1, p2 - s2) + 1;
            break;
        case Arithmetic::multiply:
            scale = s1 + s2;
            precision = p1 + p2 + 1;
            break;
        case Arithmetic::divide:
            scale = std::max(least_kept_scale, s1 + p2 + 1);
            precision = p1 - s1 + s2 + scale;
            break;
        case Arithmetic::modulo:
            scale = std::max(s1, s2);
            precision = std::min(p1 - s1, p2 - s2) + scale;
            break;
    }
    if (precision > max_precision) {
        auto const whole = precision - scale;
        if (op == Arithmetic::add || op == Arithmetic::subtract) {
            scale = std::max(max_precision - whole, std::int64_t{0});
            scale = std::min(scale, std::max(s1, s2));
        } else if (op != Arithmetic::modulo) {
            scale = whole < max_precision - least_kept_scale ? std::min(scale, max_precision - whole)
                                                             : std::min(scale, least_kept_scale);
        }
        precision = max_precision;
    }
    return decimal_type(precision, scale);
}

TargetType duckdb_type(Type const& type) {
    auto const* const row = find_row(type.name);
    if (row == nullptr) {
        if (type.name.empty()) return {"integer", nullptr};
        if (type.name == "json") return {"varchar", nullptr};
        return {"varchar", &codes::held_as_text};
    }
    if (row->family == Family::decimal)
        return {"decimal(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ")", nullptr};
    bool const finer = (row->family == Family::datetime2 || row->family == Family::time) && type.precision > 6;
    return {std::string(row->duckdb), finer ? &codes::microseconds : row->note};
}

}  // namespace mainstay::translate
