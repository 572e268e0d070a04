#include "platform/portability/archive_format.hpp"

namespace mainstay::portability {
namespace {

using fields::field;

std::string_view type_name(TenantTable::Type type) {
    switch (type) {
        case TenantTable::Type::text: return "text";
        case TenantTable::Type::integer: return "integer";
        case TenantTable::Type::real: return "real";
        case TenantTable::Type::boolean: return "boolean";
    }
    return "text";
}

[[noreturn]] void refuse_row(TenantTable const& table, std::string const& why) {
    throw Fault(errors::archive_refused, "A row of " + table.name + ' ' + why + '.');
}

fields::SqlValue value_of(TenantTable const& table, TenantTable::Column const& column, json::Node const& node) {
    using Type = json::Node::Type;
    if (node.type == Type::null) return std::monostate{};
    switch (column.type) {
        case TenantTable::Type::text:
            if (node.type == Type::string && node.string.find('\0') == std::string_view::npos) return node.string;
            break;
        case TenantTable::Type::integer:
            if (node.type == Type::integer) return node.integer;
            break;
        case TenantTable::Type::real:
            if (node.type == Type::integer || node.type == Type::real) return node.real;
            break;
        case TenantTable::Type::boolean:
            if (node.type == Type::boolean) return node.boolean;
            break;
    }
    refuse_row(table, "has in " + column.name + " what that column does not hold");
}

void append_value(fields::SqlValue const& value, std::string& out) {
    if (auto const* text = std::get_if<std::string_view>(&value))
        json::write_string(*text, out);
    else if (auto const* integer = std::get_if<std::int64_t>(&value))
        json::write_integer(*integer, out);
    else if (auto const* real = std::get_if<double>(&value))
        json::write_real(*real, out);
    else if (auto const* boolean = std::get_if<bool>(&value))
        out += *boolean ? "true" : "false";
    else
        out += "null";
}

}  // namespace

std::string member_of_table(std::string_view table) {
    return "rows/" + std::string(table) + ".jsonl";
}

std::string member_of_file(files::FileId id) {
    return "files/" + id.to_string();
}

std::vector<ColumnSaid> columns_said(TenantTable const& table) {
    std::vector<ColumnSaid> columns;
    for (auto const& column : table.columns) columns.push_back({column.name, std::string(type_name(column.type))});
    return columns;
}

void append_row(TenantTable const& table, RowValues values, std::string& out) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        out += i == 0 ? '{' : ',';
        json::write_string(table.columns[i].name, out);
        out += ':';
        append_value(values[i], out);
    }
    out += "}\n";
}

std::vector<fields::SqlValue> read_row(TenantTable const& table, json::Document& document, std::string_view line) {
    if (document.parse(line) || document.root().type != json::Node::Type::object) refuse_row(table, "is not JSON");
    if (document.root().members.size() != table.columns.size()) refuse_row(table, "has not the columns of its table");
    std::vector<fields::SqlValue> values;
    values.reserve(table.columns.size());
    for (auto const& column : table.columns) {
        auto const* const node = document.root().find(column.name);
        if (node == nullptr) refuse_row(table, "has no " + column.name);
        values.push_back(value_of(table, column, *node));
    }
    return values;
}

fields::Table const& table_of(ColumnSaid const*) {
    static fields::Table const table{"ArchivedColumn",
                                     {field("name", &ColumnSaid::name, ""), field("type", &ColumnSaid::type, "")}};
    return table;
}

fields::Table const& table_of(TableSaid const*) {
    static fields::Table const table{"ArchivedTable",
                                     {field("name", &TableSaid::name, ""), field("columns", &TableSaid::columns, ""),
                                      field("row_count", &TableSaid::row_count, ""),
                                      field("bytes", &TableSaid::bytes, ""), field("sha256", &TableSaid::sha256, "")}};
    return table;
}

fields::Table const& table_of(FileSaid const*) {
    static fields::Table const table{
        "ArchivedFile",
        {field("id", &FileSaid::id, ""), field("bytes", &FileSaid::bytes, ""), field("sha256", &FileSaid::sha256, "")}};
    return table;
}

fields::Table const& table_of(LeftOut const*) {
    static fields::Table const table{"LeftOut", {field("name", &LeftOut::name, ""), field("why", &LeftOut::why, "")}};
    return table;
}

fields::Table const& table_of(Manifest const*) {
    static fields::Table const table{
        "ArchiveManifest",
        {field("format", &Manifest::format, ""), field("created_at", &Manifest::created_at, ""),
         field("tenant", &Manifest::tenant, ""), field("tables", &Manifest::tables, ""),
         field("files", &Manifest::files, ""), field("account_count", &Manifest::account_count, ""),
         field("account_bytes", &Manifest::account_bytes, ""), field("account_sha256", &Manifest::account_sha256, ""),
         field("left_out", &Manifest::left_out, ""), field("files_gone", &Manifest::files_gone, "")}};
    return table;
}

fields::Table const& table_of(Account const*) {
    static fields::Table const table{"ArchivedAccount",
                                     {field("user_id", &Account::user_id, ""), field("email", &Account::email, ""),
                                      field("name", &Account::name, "")}};
    return table;
}

}  // namespace mainstay::portability
