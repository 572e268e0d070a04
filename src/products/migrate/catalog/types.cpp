// Types as SQL Server completes them. Source: "Data types (Transact-SQL)" and the pages of the single types.
#include "base/text.hpp"
#include "products/migrate/catalog/catalog.hpp"

#include <algorithm>
#include <array>

namespace mainstay::catalog {

namespace {

enum class Facet { none, length, precision_and_scale, fraction, mantissa };

struct SystemType {
    std::string_view name;
    std::string_view canonical;
    Facet facet;
};

// In order of the name.
constexpr std::array<SystemType, 49> system_types = {{
    {"bigint", "bigint", Facet::none},
    {"binary", "binary", Facet::length},
    {"binary varying", "varbinary", Facet::length},
    {"bit", "bit", Facet::none},
    {"char", "char", Facet::length},
    {"char varying", "varchar", Facet::length},
    {"character", "char", Facet::length},
    {"character varying", "varchar", Facet::length},
    {"cursor", "cursor", Facet::none},
    {"date", "date", Facet::none},
    {"datetime", "datetime", Facet::none},
    {"datetime2", "datetime2", Facet::fraction},
    {"datetimeoffset", "datetimeoffset", Facet::fraction},
    {"dec", "decimal", Facet::precision_and_scale},
    {"decimal", "decimal", Facet::precision_and_scale},
    {"double precision", "float", Facet::mantissa},
    {"float", "float", Facet::mantissa},
    {"geography", "geography", Facet::none},
    {"geometry", "geometry", Facet::none},
    {"hierarchyid", "hierarchyid", Facet::none},
    {"image", "image", Facet::none},
    {"int", "int", Facet::none},
    {"integer", "int", Facet::none},
    {"json", "json", Facet::none},
    {"money", "money", Facet::none},
    {"national char", "nchar", Facet::length},
    {"national char varying", "nvarchar", Facet::length},
    {"national character", "nchar", Facet::length},
    {"national character varying", "nvarchar", Facet::length},
    {"national text", "ntext", Facet::none},
    {"nchar", "nchar", Facet::length},
    {"ntext", "ntext", Facet::none},
    {"numeric", "numeric", Facet::precision_and_scale},
    {"nvarchar", "nvarchar", Facet::length},
    {"real", "real", Facet::none},
    {"rowversion", "rowversion", Facet::none},
    {"smalldatetime", "smalldatetime", Facet::none},
    {"smallint", "smallint", Facet::none},
    {"smallmoney", "smallmoney", Facet::none},
    {"sql_variant", "sql_variant", Facet::none},
    {"table", "table", Facet::none},
    {"text", "text", Facet::none},
    {"time", "time", Facet::fraction},
    {"timestamp", "rowversion", Facet::none},
    {"tinyint", "tinyint", Facet::none},
    {"uniqueidentifier", "uniqueidentifier", Facet::none},
    {"varbinary", "varbinary", Facet::length},
    {"varchar", "varchar", Facet::length},
    {"xml", "xml", Facet::none},
}};

void complete(Type& type, SystemType const& system, tsql::DataType const& written, std::int64_t default_length) {
    type.name = system.canonical;
    switch (system.facet) {
        case Facet::none: break;
        case Facet::length:
            type.length = written.is_max ? -1 : written.length < 0 ? default_length : written.length;
            break;
        case Facet::precision_and_scale:
            type.precision = written.length < 0 ? 18 : written.length;
            type.scale = written.scale < 0 ? 0 : written.scale;
            break;
        case Facet::fraction: type.precision = written.length < 0 ? 7 : written.length; break;
        case Facet::mantissa:
            // float(1) to float(24) are stored as real.
            type.precision = written.length < 0 ? 53 : written.length;
            if (type.precision <= 24) type = {"real", 0, 0, 0, {}};
            break;
    }
}

SystemType const* find_system_type(std::string_view name) {
    auto const found = std::lower_bound(system_types.begin(), system_types.end(), name,
                                        [](SystemType const& a, std::string_view b) { return a.name < b; });
    return found != system_types.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

bool is_system_type(std::string_view lower_case_name) {
    return find_system_type(lower_case_name) != nullptr;
}

Type resolve_type(Database const& database, tsql::DataType const& written, std::int64_t default_length) {
    auto const name = lower_ascii(written.name.object());
    auto const schema = written.name.schema();
    Type type;
    if (schema.empty() || equals_ignoring_case(schema, "sys")) {
        if (auto const* const system = find_system_type(name); system != nullptr) {
            complete(type, *system, written, default_length);
            return type;
        }
        if (name == "sysname") return {"nvarchar", 128, 0, 0, "sysname"};
    }
    auto const alias = object_name(written.name);
    if (auto const found = database.types.find(alias); found != database.types.end()) {
        type = found->second;
        type.alias = to_string(found->first);
        return type;
    }
    type.name = name;
    return type;
}

std::string to_string(Type const& type) {
    auto const number = [](std::int64_t n) { return std::to_string(n); };
    auto const& name = type.name;
    if (name == "decimal" || name == "numeric")
        return name + '(' + number(type.precision) + ',' + number(type.scale) + ')';
    if (name == "time" || name == "datetime2" || name == "datetimeoffset")
        return name + '(' + number(type.precision) + ')';
    if (type.length == -1) return name + "(max)";
    if (type.length > 0) return name + '(' + number(type.length) + ')';
    return name;
}

}  // namespace mainstay::catalog
