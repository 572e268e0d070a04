// Row-level security for SQLite. Guarantees that a statement run for a tenant gives and changes no row of another one,
// whatever it says. Four walls, each for what the others cannot see:
//   text       `main.`, quotes other than SQL's and names that hide a table are refused; what a statement changes is
//              directed to `main.`, all else that it names meets the views
//   views      TEMP views shadow the tenant tables and show the scope's tenant alone
//   authorizer reads of the tables themselves are denied but through their views, as are PRAGMA, ATTACH and the
//   catalogue hook       a changed row of another tenant marks the statement, and its unit is rolled back
// In system scope the text is directed to `main.` throughout. Within the storage alone.
#pragma once
#include "kernel/storage/schema_rules.hpp"
#include "kernel/storage/tenancy.hpp"

#include <sqlite3.h>

#include <unordered_map>

namespace mainstay {

// What the guard knows of the tables; made once after each change of the schema and shared by all connections. Names
// are in lower case.
struct SqliteSchema {
    struct TenantTable {
        int tenant_column;                                // its position in the table
        std::set<std::string, std::less<>> read_with_it;  // itself and what its foreign keys lead to, both ways
    };
    std::unordered_map<std::string, TenantTable> tenant_tables;
    std::set<std::string, std::less<>> globals;         // what FTS5 keeps for its tables among them
    std::set<std::string, std::less<>> virtual_tables;  // of the globals

    static std::shared_ptr<SqliteSchema const> of(std::span<TableShape const>);
};

// A statement as it is prepared.
struct GuardedText {
    std::string text;
    bool is_system = false;
    bool is_change = false;                       // INSERT, UPDATE or DELETE
    std::set<std::string, std::less<>> readable;  // tenant tables that may be read outside their views
    std::set<std::string, std::less<>> defined;   // by WITH
};

// Throws TenancyFault when the text is refused, std::logic_error when it is more than one statement.
GuardedText guarded_text(std::string_view sql, bool is_system, SqliteSchema const&);

class SqliteGuard {
public:
    explicit SqliteGuard(
        sqlite3*);  // installs the function, the authorizer and the hook; lives as long as the connection
    SqliteGuard(SqliteGuard const&) = delete;
    SqliteGuard& operator=(SqliteGuard const&) = delete;

    void adopt(std::shared_ptr<SqliteSchema const>);  // makes the views
    SqliteSchema const& schema() const { return *schema_; }

    void enter(Scope const&);
    bool is_system() const { return is_system_; }
    std::string_view tenant() const { return tenant_; }

    // While it lives, what is prepared or run on the connection is held to the text's rules; without one, all is
    // allowed.
    class Watch {
    public:
        Watch(SqliteGuard& guard, GuardedText const& text) : guard_(guard) {
            guard.watched_ = &text;
            guard.is_crossed_ = guard.is_denied_ = false;
        }
        ~Watch() { guard_.watched_ = nullptr; }
        Watch(Watch const&) = delete;
        Watch& operator=(Watch const&) = delete;
        bool is_crossed() const { return guard_.is_crossed_; }  // a row of another tenant was changed
        bool is_denied() const { return guard_.is_denied_; }    // by the authorizer; SQLite's code does not always tell

    private:
        SqliteGuard& guard_;
    };

private:
    void drop_views();
    static int authorize(void* guard, int action, char const*, char const*, char const*, char const*);
    bool is_allowed(int action, char const*, char const*, char const*, char const*) const;
    static void on_change(void* guard, sqlite3*, int, char const*, char const*, sqlite3_int64, sqlite3_int64);
    static void app_tenant(sqlite3_context*, int, sqlite3_value**);
    bool may_read(char const* table, char const* schema, char const* accessor) const;
    bool is_other_tenants(sqlite3_value*) const;

    sqlite3* database_;
    std::shared_ptr<SqliteSchema const> schema_;
    GuardedText const* watched_ = nullptr;
    std::string tenant_;
    bool is_system_ = true;
    bool is_crossed_ = false, is_denied_ = false;
};

}  // namespace mainstay
