#include "kernel/storage/sqlite_schema.hpp"

#include "kernel/storage/sql_text.hpp"
#include "kernel/storage/sqlite_error.hpp"
#include "kernel/storage/sqlite_type_checks.hpp"

namespace mainstay {
namespace {

// Rebuilding a table is how SQLite changes one, and dropping the old one would delete its children: so keys are not
// enforced while migrating, and checked before the commit.
class WithoutForeignKeys {
public:
    explicit WithoutForeignKeys(sqlite3* database) : database_(database) {
        execute_or_throw(database, "PRAGMA foreign_keys = OFF");
    }
    ~WithoutForeignKeys() { sqlite3_exec(database_, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr); }
    WithoutForeignKeys(WithoutForeignKeys const&) = delete;
    WithoutForeignKeys& operator=(WithoutForeignKeys const&) = delete;

private:
    sqlite3* database_;
};

constexpr char const* all_columns =
    "SELECT t.name, t.type, c.name, c.pk, upper(c.type) FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
    " WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.type <> 'shadow' ORDER BY t.name, "
    "c.cid";
constexpr char const* all_indexes =
    "SELECT t.name, i.name, coalesce(c.name, '') FROM pragma_table_list t JOIN pragma_index_list(t.name) i"
    " JOIN pragma_index_info(i.name) c WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, i.name, c.seqno";
constexpr char const* all_foreign_keys =
    "SELECT t.name, f.id, f.\"table\", f.\"from\", coalesce(f.\"to\", '') FROM pragma_table_list t"
    " JOIN pragma_foreign_key_list(t.name) f WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, f.id, f.seq";

TableShape::Kind kind_named(std::string const& type) {
    if (type == "view") return TableShape::Kind::view;
    return type == "virtual" ? TableShape::Kind::virtual_table : TableShape::Kind::table;
}

TableShape* find(std::vector<TableShape>& tables, std::string const& name) {
    for (auto& table : tables)
        if (table.name == name) return &table;
    return nullptr;
}

}  // namespace

void SqliteMigrationEngine::in_transaction(std::function<void()> const& work) {
    WithoutForeignKeys const without(connection_.handle());
    has_changed_rows_ = false;
    execute_or_throw(connection_.handle(), "BEGIN IMMEDIATE");
    try {
        work();
        if (has_changed_rows_) check_foreign_keys();
        execute_or_throw(connection_.handle(), "COMMIT");
    } catch (...) {
        sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

void SqliteMigrationEngine::execute(std::string const& statement) {
    auto const analyzed = sql_text::analyze(statement);
    bool const is_record = !analyzed.targets.empty() && analyzed.targets[0].name == migrations_table;
    bool const is_create = !analyzed.tokens.empty() && analyzed.tokens[0].is_word("CREATE");
    has_changed_rows_ |= !is_record && !is_create;
    execute_or_throw(connection_.handle(), with_type_checks(statement).c_str());
}

std::vector<std::vector<std::string>> SqliteMigrationEngine::query(std::string const& statement) {
    auto const handle = connection_.prepare_own(statement.c_str());
    std::vector<std::vector<std::string>> rows;
    int result = SQLITE_ROW;
    while ((result = sqlite3_step(handle.get())) == SQLITE_ROW) {
        auto& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(handle.get()); ++i) {
            auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(handle.get(), i));
            row.emplace_back(text == nullptr ? "" : text);
        }
    }
    if (result != SQLITE_DONE) throw_sqlite_error(connection_.handle(), result, statement);
    return rows;
}

std::vector<TableShape> SqliteMigrationEngine::tables() {
    std::vector<TableShape> tables;
    for (auto const& row : query(all_columns)) {
        if (tables.empty() || tables.back().name != row[0])
            tables.push_back({.name = row[0], .kind = kind_named(row[1])});
        auto& table = tables.back();
        table.columns.push_back(row[2]);
        table.types.push_back(row[4]);
        auto const in_key = static_cast<std::size_t>(std::stoi(row[3]));  // 1, 2, ... ; 0: not in the primary key
        if (in_key > table.primary_key.size()) table.primary_key.resize(in_key);
        if (in_key > 0) table.primary_key[in_key - 1] = row[2];
    }
    for (auto const& row : query(all_indexes)) {
        auto* const table = find(tables, row[0]);
        if (table == nullptr) continue;
        if (table->indexes.empty() || table->indexes.back().name != row[1]) table->indexes.push_back({row[1], {}});
        table->indexes.back().columns.push_back(row[2]);
    }
    std::string last;
    for (auto const& row : query(all_foreign_keys)) {
        auto* const table = find(tables, row[0]);
        if (table == nullptr) continue;
        if (std::exchange(last, row[0] + '/' + row[1]) != row[0] + '/' + row[1])
            table->foreign_keys.push_back({{}, row[2], {}});
        auto& key = table->foreign_keys.back();
        key.columns.push_back(row[3]);
        if (!row[4].empty()) key.parent_columns.push_back(row[4]);
    }
    for (auto& table : tables)
        for (auto& key : table.foreign_keys)
            if (auto const* parent = find(tables, key.parent); key.parent_columns.empty() && parent != nullptr)
                key.parent_columns = parent->primary_key;
    return tables;
}

void SqliteMigrationEngine::check_foreign_keys() {
    auto const broken = query("PRAGMA foreign_key_check");
    if (!broken.empty())
        throw Fault(errors::schema_refused, broken[0][0] + ": a row refers to one that is not in " + broken[0][2]);
}

}  // namespace mainstay
