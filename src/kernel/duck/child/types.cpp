#include "kernel/duck/child/cells.hpp"
#include "kernel/duck/child/handles.hpp"

#include <array>

namespace mainstay::duck {
namespace {

struct Known {
    duckdb_type id;
    char const* name;
    Kind kind;
};

template <class Alternative, Kind index = 0>
constexpr Kind kind_of() {
    if constexpr (std::is_same_v<std::variant_alternative_t<index, Value>, Alternative>)
        return index;
    else
        return kind_of<Alternative, index + 1>();
}

// The table of duck::Value's comment.
constexpr std::array known{
    Known{DUCKDB_TYPE_SQLNULL, "NULL", kind_of<Null>()},
    Known{DUCKDB_TYPE_BOOLEAN, "BOOLEAN", kind_of<bool>()},
    Known{DUCKDB_TYPE_TINYINT, "TINYINT", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_SMALLINT, "SMALLINT", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_INTEGER, "INTEGER", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_BIGINT, "BIGINT", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_UTINYINT, "UTINYINT", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_USMALLINT, "USMALLINT", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_UINTEGER, "UINTEGER", kind_of<std::int64_t>()},
    Known{DUCKDB_TYPE_UBIGINT, "UBIGINT", kind_of<Exact>()},
    Known{DUCKDB_TYPE_HUGEINT, "HUGEINT", kind_of<Exact>()},
    Known{DUCKDB_TYPE_UHUGEINT, "UHUGEINT", kind_of<Exact>()},
    Known{DUCKDB_TYPE_DECIMAL, "DECIMAL", kind_of<Exact>()},
    Known{DUCKDB_TYPE_FLOAT, "FLOAT", kind_of<float>()},
    Known{DUCKDB_TYPE_DOUBLE, "DOUBLE", kind_of<double>()},
    Known{DUCKDB_TYPE_VARCHAR, "VARCHAR", kind_of<std::string>()},
    Known{DUCKDB_TYPE_BLOB, "BLOB", kind_of<Blob>()},
    Known{DUCKDB_TYPE_DATE, "DATE", kind_of<Date>()},
    Known{DUCKDB_TYPE_TIME, "TIME", kind_of<TimeOfDay>()},
    Known{DUCKDB_TYPE_TIME_NS, "TIME_NS", kind_of<std::string>()},
    Known{DUCKDB_TYPE_TIME_TZ, "TIME WITH TIME ZONE", kind_of<std::string>()},
    Known{DUCKDB_TYPE_TIMESTAMP, "TIMESTAMP", kind_of<LocalTime>()},
    Known{DUCKDB_TYPE_TIMESTAMP_S, "TIMESTAMP_S", kind_of<LocalTime>()},
    Known{DUCKDB_TYPE_TIMESTAMP_MS, "TIMESTAMP_MS", kind_of<LocalTime>()},
    Known{DUCKDB_TYPE_TIMESTAMP_NS, "TIMESTAMP_NS", kind_of<std::string>()},
    Known{DUCKDB_TYPE_TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE", kind_of<Instant>()},
    Known{DUCKDB_TYPE_INTERVAL, "INTERVAL", kind_of<std::string>()},
    Known{DUCKDB_TYPE_UUID, "UUID", kind_of<std::string>()},
    Known{DUCKDB_TYPE_BIT, "BIT", kind_of<std::string>()},
    Known{DUCKDB_TYPE_ENUM, "ENUM", kind_of<std::string>()},
    Known{DUCKDB_TYPE_LIST, "", kind_of<std::string>()},
    Known{DUCKDB_TYPE_ARRAY, "", kind_of<std::string>()},
    Known{DUCKDB_TYPE_STRUCT, "STRUCT", kind_of<std::string>()},
    Known{DUCKDB_TYPE_MAP, "MAP", kind_of<std::string>()},
    Known{DUCKDB_TYPE_UNION, "UNION", kind_of<std::string>()},
};

Known const* find(duckdb_type id) {
    for (auto const& row : known)
        if (row.id == id) return &row;
    return nullptr;
}

std::string in_quotes(std::string_view text, char quote) {
    std::string out(1, quote);
    for (char const c : text) {
        if (c == quote) out += c;
        out += c;
    }
    return out + quote;
}

// As DuckDB writes a member's name: bare when it is a plain identifier.
std::string identifier(std::string const& name) {
    bool const plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
                       name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos;
    return plain ? name : in_quotes(name, '"');
}

}  // namespace

Type::Type(duckdb_logical_type type) : id(duckdb_get_type_id(type)) {
    if (OwnedText const text(duckdb_logical_type_get_alias(type)); text) alias = text.get();
    auto const child = [&](duckdb_logical_type logical) {
        OwnedType const owned(logical);
        children.emplace_back(owned.get());
    };
    auto const label = [&](char* text) { labels.emplace_back(OwnedText(text).get()); };
    switch (id) {
        case DUCKDB_TYPE_DECIMAL:
            storage = duckdb_decimal_internal_type(type);
            width = duckdb_decimal_width(type);
            scale = duckdb_decimal_scale(type);
            break;
        case DUCKDB_TYPE_ENUM:
            storage = duckdb_enum_internal_type(type);
            for (idx_t i = 0; i < duckdb_enum_dictionary_size(type); ++i) label(duckdb_enum_dictionary_value(type, i));
            break;
        case DUCKDB_TYPE_LIST: child(duckdb_list_type_child_type(type)); break;
        case DUCKDB_TYPE_ARRAY:
            array_size = duckdb_array_type_array_size(type);
            child(duckdb_array_type_child_type(type));
            break;
        case DUCKDB_TYPE_MAP:
            child(duckdb_map_type_key_type(type));
            child(duckdb_map_type_value_type(type));
            break;
        case DUCKDB_TYPE_STRUCT:
            for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
                label(duckdb_struct_type_child_name(type, i));
                child(duckdb_struct_type_child_type(type, i));
            }
            break;
        case DUCKDB_TYPE_UNION:
            for (idx_t i = 0; i < duckdb_union_type_member_count(type); ++i) {
                label(duckdb_union_type_member_name(type, i));
                child(duckdb_union_type_member_type(type, i));
            }
            break;
        default: break;
    }
}

std::string Type::name() const {
    auto const* row = find(id);
    if (!alias.empty()) return alias;
    if (row == nullptr) return "UNKNOWN";
    std::string out = row->name;
    if (id == DUCKDB_TYPE_DECIMAL) return out + "(" + std::to_string(width) + "," + std::to_string(scale) + ")";
    if (id == DUCKDB_TYPE_LIST) return children[0].name() + "[]";
    if (id == DUCKDB_TYPE_ARRAY) return children[0].name() + "[" + std::to_string(array_size) + "]";
    if (id == DUCKDB_TYPE_MAP) return out + "(" + children[0].name() + ", " + children[1].name() + ")";
    if (labels.empty()) return out;
    out += "(";
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (i > 0) out += ", ";
        out += id == DUCKDB_TYPE_ENUM ? in_quotes(labels[i], '\'') : identifier(labels[i]) + " " + children[i].name();
    }
    return out + ")";
}

Kind Type::kind() const {
    auto const* row = find(id);
    return row == nullptr ? kind_of<Null>() : row->kind;
}

bool Type::is_readable() const {
    if (find(id) == nullptr) return false;
    for (auto const& child : children)
        if (!child.is_readable()) return false;
    return true;
}

}  // namespace mainstay::duck
