#include "kernel/storage/tenant_rows.hpp"

#include "kernel/storage/data_folder.hpp"
#include "kernel/storage/postgres_migration.hpp"
#include "kernel/storage/schema_rules.hpp"
#include "kernel/storage/sqlite_schema.hpp"

#include <algorithm>

namespace mainstay {
namespace {

// Snapshot shows its statements to those who name the row's type; here the type is known at run time alone.
class Untyped : public Snapshot {
public:
    static std::int64_t run_on(Snapshot& unit, Sql const& sql, std::span<Parameter const> parameters,
                               RowReader* reader) {
        return (unit.*&Untyped::run)(sql, parameters, reader);
    }

private:
    using Snapshot::run;
};

TenantTable::Type type_of(TableShape const& table, std::size_t column) {
    std::string const& type = table.types[column];
    if (type == "TEXT") return TenantTable::Type::text;
    if (type == "BIGINT") return TenantTable::Type::integer;
    if (type == "BOOLEAN") return TenantTable::Type::boolean;
    if (type == "DOUBLE PRECISION") return TenantTable::Type::real;
    throw std::logic_error(table.name + '.' + table.columns[column] + " has the type " + type +
                           ", which tables of tenants do not use");
}

TenantTable tenant_table_of(TableShape const& shape, std::string owner) {
    TenantTable table{shape.name, std::move(owner), {}, {}};
    for (std::size_t i = 0; i < shape.columns.size(); ++i)
        if (shape.columns[i] != table.owner) table.columns.push_back({shape.columns[i], type_of(shape, i)});
    for (std::string const& column : shape.primary_key)
        if (auto const place = table.place_of(column)) table.key.push_back(*place);
    for (auto const& key : shape.foreign_keys) table.parents.push_back(key.parent);
    return table;
}

std::vector<TenantTable> tenant_tables(std::span<TableShape const> shapes) {
    auto order = children_first(shapes);
    std::reverse(order.begin(), order.end());
    std::vector<TenantTable> tables;
    for (TableShape const* const shape : order)
        if (char const* const owner = owner_column_of(*shape)) tables.push_back(tenant_table_of(*shape, owner));
    return tables;
}

std::string parameter(std::size_t number) {
    return "p" + std::to_string(number);
}

template <class Part>
std::string list(std::size_t count, Part const& part) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + part(i);
    return text;
}

fields::SqlValue as(TenantTable::Type type, fields::SqlValue const& value) {
    auto const* const integer = std::get_if<std::int64_t>(&value);
    if (integer == nullptr) return value;
    if (type == TenantTable::Type::boolean) return *integer != 0;
    if (type == TenantTable::Type::real) return static_cast<double>(*integer);
    return value;
}

// A value that outlives its row.
struct Kept {
    fields::SqlValue value;
    std::string text;
    explicit Kept(fields::SqlValue const& from) : value(from) {
        if (auto const* const view = std::get_if<std::string_view>(&from)) text = *view;
    }
    fields::SqlValue get() const {
        return std::holds_alternative<std::string_view>(value) ? fields::SqlValue(std::string_view(text)) : value;
    }
};

class SliceReader : public RowReader {
public:
    SliceReader(TenantTable const& table, std::function<void(RowValues)> const& give) : table_(table), give_(give) {}
    void columns(std::span<std::string_view const>) override {}
    bool row(RowValues values) override {
        std::vector<fields::SqlValue> typed;
        typed.reserve(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) typed.push_back(as(table_.columns[i].type, values[i]));
        give_(typed);
        last_.clear();
        for (std::size_t const place : table_.key) last_.emplace_back(typed[place]);
        ++count_;
        return true;
    }
    std::int64_t count() const { return count_; }
    std::vector<Kept> const& last() const { return last_; }  // the key

private:
    TenantTable const& table_;
    std::function<void(RowValues)> const& give_;
    std::vector<Kept> last_;
    std::int64_t count_ = 0;
};

}  // namespace

std::optional<std::size_t> TenantTable::place_of(std::string_view column) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].name == column) return i;
    return std::nullopt;
}

std::vector<TenantTable> tenant_tables(SqliteOptions const& options) {
    SqliteConnection connection(database_file_of(options.folder), SqliteConnection::Use::reads);
    connection.adopt(std::make_shared<SqliteSchema>());
    return tenant_tables(SqliteMigrationEngine(connection).tables());
}

std::vector<TenantTable> tenant_tables(PostgresOptions const& options) {
    return tenant_tables(tables_in_postgres(options.url));
}

TenantRowReader::TenantRowReader(TenantTable const& table, std::string_view condition) : table_(table) {
    std::string const key = list(table.key.size(), [&](std::size_t i) { return table.columns[table.key[i]].name; });
    std::string const from = "SELECT " +
                             list(table.columns.size(), [&](std::size_t i) { return table.columns[i].name; }) +
                             " FROM " + table.name + " WHERE " + table.owner + " = :tenant" +
                             (condition.empty() ? "" : " AND " + std::string(condition));
    // A table of one row for each tenant has no key beside the tenant, and ends with its first slice.
    std::string const order = (key.empty() ? "" : " ORDER BY " + key) + " LIMIT " + std::to_string(slice);
    first_ = from + order;
    next_ = from + " AND (" + key + ") > (" + list(table.key.size(), [](std::size_t i) { return ':' + parameter(i); }) +
            ')' + order;
}

std::int64_t TenantRowReader::read(Snapshot& snapshot, std::function<void(RowValues)> const& give) const {
    std::int64_t count = 0;
    std::vector<Kept> after;
    while (true) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < after.size(); ++i) names.push_back(parameter(i));
        std::vector<Parameter> parameters;
        for (std::size_t i = 0; i < after.size(); ++i) parameters.push_back({names[i], after[i].get()});
        std::string const& text = after.empty() ? first_ : next_;
        SliceReader reader(table_, give);
        Untyped::run_on(snapshot, Sql(text, text), parameters, &reader);
        count += reader.count();
        if (reader.count() < slice || table_.key.empty()) return count;
        after = reader.last();
    }
}

TenantRowWriter::TenantRowWriter(TenantTable const& table) : width_(table.columns.size()) {
    auto const text_for = [&](std::size_t rows) {
        return "INSERT INTO " + table.name + " (" + table.owner + ", " +
               list(width_, [&](std::size_t i) { return table.columns[i].name; }) + ") VALUES " +
               list(rows, [&](std::size_t row) {
                   return "(:tenant, " +
                          list(width_, [&](std::size_t i) { return ':' + parameter(row * width_ + i); }) + ')';
               });
    };
    one_ = text_for(1);
    many_ = text_for(rows_at_once);
    for (std::size_t i = 0; i < rows_at_once * width_; ++i) names_.push_back(parameter(i));
}

void TenantRowWriter::insert(Transaction& tx, RowValues values) const {
    while (values.size() >= rows_at_once * width_) {
        insert(tx, many_, rows_at_once, values);
        values = values.subspan(rows_at_once * width_);
    }
    for (; !values.empty(); values = values.subspan(width_)) insert(tx, one_, 1, values);
}

void TenantRowWriter::insert(Transaction& tx, std::string const& text, std::size_t rows, RowValues values) const {
    std::vector<Parameter> parameters;
    parameters.reserve(rows * width_);
    for (std::size_t i = 0; i < rows * width_; ++i) parameters.push_back({names_[i], values[i]});
    Untyped::run_on(tx, Sql(text, text), parameters, nullptr);
}

}  // namespace mainstay
