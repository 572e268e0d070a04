#include "kernel/storage/sqlite_guard.hpp"

#include "base/text.hpp"
#include "kernel/storage/sql_text.hpp"
#include "kernel/storage/sqlite_error.hpp"

#include <algorithm>
#include <initializer_list>

namespace mainstay {
namespace {

using sql_text::Token;

std::string lower(char const* text) {
    return text == nullptr ? std::string() : lower_ascii(text);
}

bool is_any(std::string_view name, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

// SQLite takes 'main'."t" and main.t alike.
std::string name_in(Token const& token) {
    bool const is_quoted = token.kind == Token::Kind::quoted_name || token.kind == Token::Kind::string;
    return lower_ascii(is_quoted ? token.text.substr(1, token.text.size() - 2) : token.text);
}

void refuse_unsafe_text(sql_text::Statement const& statement, std::string_view sql, SqliteSchema const& schema) {
    auto const refuse = [&](std::string const& why) { throw TenancyFault(why + " in: " + std::string(sql)); };
    if (statement.verb == sql_text::Verb::other) refuse("only SELECT, INSERT, UPDATE and DELETE are run");
    auto const& tokens = statement.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is_symbol('[') || tokens[i].is_symbol('`')) refuse("names are quoted by \" alone");
        if (i + 1 < tokens.size() && tokens[i + 1].is_symbol('.') && is_any(name_in(tokens[i]), {"main", "temp"}))
            refuse("a schema is named");
    }
    for (std::string_view const name : statement.defined)
        if (schema.tenant_tables.contains(lower_ascii(name))) refuse("WITH hides a table");
}

}  // namespace

std::shared_ptr<SqliteSchema const> SqliteSchema::of(std::span<TableShape const> tables) {
    auto schema = std::make_shared<SqliteSchema>();
    for (TableShape const& table : tables) {
        std::string const name = lower_ascii(table.name);
        if (name == migrations_table) continue;
        if (!table.is_tenant_table()) {
            schema->globals.insert(name);
            if (table.kind == TableShape::Kind::virtual_table) {
                schema->virtual_tables.insert(name);
                for (auto const* part : {"_data", "_idx", "_content", "_docsize", "_config"})
                    schema->globals.insert(name + part);
            }
            continue;
        }
        auto const at = std::find(table.columns.begin(), table.columns.end(), tenant_column);
        schema->tenant_tables[name] = {static_cast<int>(at - table.columns.begin()), {name}};
    }
    // A foreign key makes SQLite read the parent when the child changes, and the children, and theirs, when a parent
    // does.
    for (bool has_grown = true; std::exchange(has_grown, false);) {
        for (TableShape const& table : tables) {
            for (auto const& key : table.foreign_keys) {
                auto const child = schema->tenant_tables.find(lower_ascii(table.name));
                auto const parent = schema->tenant_tables.find(lower_ascii(key.parent));
                if (child == schema->tenant_tables.end() || parent == schema->tenant_tables.end()) continue;
                auto& of_child = child->second.read_with_it;
                auto& of_parent = parent->second.read_with_it;
                std::size_t const before = of_child.size() + of_parent.size();
                of_child.insert(parent->first);
                of_parent.insert(of_child.begin(), of_child.end());
                has_grown |= of_child.size() + of_parent.size() != before;
            }
        }
    }
    return schema;
}

GuardedText guarded_text(std::string_view sql, bool is_system, SqliteSchema const& schema) {
    auto const statement = sql_text::analyze(sql);
    refuse_unsafe_text(statement, sql, schema);
    if (statement.is_several) throw std::logic_error("more than one statement: " + std::string(sql));

    GuardedText guarded;
    guarded.is_system = is_system;
    guarded.is_change = statement.verb != sql_text::Verb::select;
    for (std::string_view const name : statement.defined) guarded.defined.insert(lower_ascii(name));
    std::size_t copied = 0;
    for (auto const& mention : is_system ? statement.tables : statement.targets) {
        auto const table = schema.tenant_tables.find(lower_ascii(mention.name));
        if (table == schema.tenant_tables.end() || !mention.schema.empty()) continue;
        guarded.text += sql.substr(copied, mention.at - copied);
        guarded.text += "main.";
        copied = mention.at;
        guarded.readable.insert(table->second.read_with_it.begin(), table->second.read_with_it.end());
    }
    guarded.text += sql.substr(copied);
    return guarded;
}

SqliteGuard::SqliteGuard(sqlite3* database) : database_(database), schema_(std::make_shared<SqliteSchema>()) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    sqlite3_create_function_v2(database, "app_tenant", 0, flags, this, app_tenant, nullptr, nullptr, nullptr);
    sqlite3_set_authorizer(database, authorize, this);
    sqlite3_preupdate_hook(database, on_change, this);
}

void SqliteGuard::drop_views() {
    for (auto const& [name, table] : schema_->tenant_tables)
        execute_or_throw(database_, ("DROP VIEW IF EXISTS temp.\"" + name + '"').c_str());
    schema_ = std::make_shared<SqliteSchema>();
}

void SqliteGuard::adopt(std::shared_ptr<SqliteSchema const> schema) {
    drop_views();
    for (auto const& [name, table] : schema->tenant_tables)
        execute_or_throw(database_, ("CREATE TEMP VIEW \"" + name + "\" AS SELECT * FROM main.\"" + name + "\" WHERE " +
                                     tenant_column + " = app_tenant()")
                                        .c_str());
    // A virtual table is connected by statements of SQLite's own, which are allowed here alone.
    for (auto const& name : schema->virtual_tables)
        execute_or_throw(database_, ("SELECT 1 FROM main.\"" + name + "\" LIMIT 0").c_str());
    for (char const* sql : {"SELECT 1 FROM json_each('[]')", "SELECT 1 FROM json_tree('[]')"})
        execute_or_throw(database_, sql);
    schema_ = std::move(schema);
}

void SqliteGuard::enter(Scope const& scope) {
    is_system_ = scope.is_system();
    tenant_.clear();
    if (!scope.tenant().is_set()) return;
    tenant_ += TenantId::prefix;
    tenant_ += '_';
    append_base32(scope.tenant().uuid, tenant_);
}

void SqliteGuard::app_tenant(sqlite3_context* context, int, sqlite3_value**) {
    auto const& guard = *static_cast<SqliteGuard const*>(sqlite3_user_data(context));
    if (guard.is_system_)
        sqlite3_result_error(context, "tenancy: a tenant's table is read in system scope by a comma join", -1);
    else
        sqlite3_result_text(context, guard.tenant_.data(), static_cast<int>(guard.tenant_.size()), SQLITE_STATIC);
}

int SqliteGuard::authorize(void* guard, int action, char const* first, char const* second, char const* schema,
                           char const* accessor) {
    auto& self = *static_cast<SqliteGuard*>(guard);
    if (self.watched_ == nullptr || self.is_allowed(action, first, second, schema, accessor)) return SQLITE_OK;
    self.is_denied_ = true;
    return SQLITE_DENY;
}

bool SqliteGuard::is_allowed(int action, char const* first, char const* second, char const* schema,
                             char const* accessor) const {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_RECURSIVE: return true;
        case SQLITE_FUNCTION: return !is_any(lower(second), {"load_extension", "fts3_tokenizer"});
        case SQLITE_READ: return may_read(first, schema, accessor);
        case SQLITE_PRAGMA: return lower(first) == "data_version";  // said by FTS5; the text of a statement cannot
        case SQLITE_INSERT:
        case SQLITE_UPDATE:
        case SQLITE_DELETE:
            return lower(schema) == "main" &&
                   (schema_->tenant_tables.contains(lower(first)) || schema_->globals.contains(lower(first)));
        default: return false;
    }
}

bool SqliteGuard::may_read(char const* table_name, char const* schema_name, char const* accessor) const {
    std::string const table = lower(table_name), schema = lower(schema_name);
    if (is_any(table, {"json_each", "json_tree"})) return true;
    bool const is_tenant_table = schema_->tenant_tables.contains(table), is_global = schema_->globals.contains(table);
    // SQLite asks with the bare name of FROM for what gives no column; the text says that it is not `main.`.
    if (schema_name == nullptr) return is_tenant_table || is_global || watched_->defined.contains(table);
    if (schema == "temp") return is_tenant_table;
    if (schema != "main") return false;
    if (is_global) return true;
    if (!is_tenant_table) return false;
    return watched_->is_system || lower(accessor) == table || watched_->readable.contains(table);
}

bool SqliteGuard::is_other_tenants(sqlite3_value* value) const {
    if (sqlite3_value_type(value) != SQLITE_TEXT) return true;
    auto const* text = reinterpret_cast<char const*>(sqlite3_value_text(value));
    return std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value))) != tenant_;
}

void SqliteGuard::on_change(void* guard, sqlite3* database, int operation, char const*, char const* table,
                            sqlite3_int64, sqlite3_int64) {
    auto& self = *static_cast<SqliteGuard*>(guard);
    if (self.watched_ == nullptr || self.is_system_) return;
    auto found = self.schema_->tenant_tables.find(table);
    if (found == self.schema_->tenant_tables.end()) found = self.schema_->tenant_tables.find(lower(table));
    if (found == self.schema_->tenant_tables.end()) return;
    sqlite3_value* value = nullptr;
    if (operation != SQLITE_INSERT)
        self.is_crossed_ |= sqlite3_preupdate_old(database, found->second.tenant_column, &value) != SQLITE_OK ||
                            self.is_other_tenants(value);
    if (operation != SQLITE_DELETE)
        self.is_crossed_ |= sqlite3_preupdate_new(database, found->second.tenant_column, &value) != SQLITE_OK ||
                            self.is_other_tenants(value);
}

}  // namespace mainstay
