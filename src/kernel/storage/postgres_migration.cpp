#include "kernel/storage/postgres_migration.hpp"

#include "kernel/storage/migration_runner.hpp"
#include "kernel/storage/postgres_connection.hpp"
#include "kernel/storage/postgres_guard.hpp"

#include <map>

namespace mainstay {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Any number will do; it is the same in every version of the program.
constexpr char const* lock_out_other_openers = "SELECT pg_advisory_xact_lock(7236272051337)";

// Roles belong to the cluster: another database's migration may be making them at this moment.
constexpr int role_attempt_limit = 10;

class OwnerSession {
public:
    explicit OwnerSession(std::string const& url) : session_(connect_postgres(url)) {}

    Rows run(std::string const& sql) {
        PostgresResult const result(PQexec(session_.get(), sql.c_str()));
        auto const status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            char const* const state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
            throw PostgresError(state == nullptr ? std::string(lost_connection_state) : state,
                                PQerrorMessage(session_.get()));
        }
        Rows rows(static_cast<std::size_t>(PQntuples(result.get())));
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (int column = 0; column < PQnfields(result.get()); ++column)
                rows[i].emplace_back(PQgetvalue(result.get(), static_cast<int>(i), column));
        return rows;
    }

    std::string user() const { return PQuser(session_.get()); }

    std::string name(std::string const& text) const {
        return owned(PQescapeIdentifier(raw(), text.data(), text.size()));
    }
    std::string literal(std::string const& text) const {
        return owned(PQescapeLiteral(raw(), text.data(), text.size()));
    }

private:
    PGconn* raw() const { return session_.get(); }
    static std::string owned(char* escaped) {
        std::unique_ptr<char, decltype(&PQfreemem)> const text(escaped, &PQfreemem);
        if (text == nullptr) throw std::logic_error("a role's name is not UTF-8");
        return text.get();
    }

    PostgresSession session_;
};

// The login becomes the roles. The owner has the policy of the system's role, so that a migration may change the rows
// of all tenants.
void make_roles(OwnerSession& owner, std::string const& login) {
    for (std::string_view const role : {app_role, system_role}) {
        std::string const name(role);
        if (owner.run("SELECT FROM pg_roles WHERE rolname = '" + name + "'").empty())
            owner.run("CREATE ROLE " + name + " NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE");
        if (!owner
                 .run("SELECT FROM pg_roles WHERE rolname = " + owner.literal(login) + " AND NOT pg_has_role(oid, '" +
                      name + "', 'MEMBER')")
                 .empty())
            owner.run("GRANT " + name + " TO " + owner.name(login));
    }
    std::string const system(system_role);
    if (owner.run("SELECT WHERE pg_has_role('" + system + "', 'USAGE')").empty())
        owner.run("GRANT " + system + " TO " + owner.name(owner.user()));
}

void make_roles_despite_others(OwnerSession& owner, std::string const& login) {
    for (int attempt = 1;; ++attempt) {
        try {
            return make_roles(owner, login);
        } catch (PostgresError const& error) {
            if (error.sqlstate() == "42501")
                throw Fault(errors::schema_refused,
                            "The owner of the database may not make the roles mainstay_app and mainstay_system or "
                            "grant them. Let an administrator run: CREATE ROLE mainstay_app; CREATE ROLE "
                            "mainstay_system; GRANT mainstay_app, mainstay_system TO " +
                                owner.name(login) + "; GRANT mainstay_system TO " + owner.name(owner.user()) + ";",
                            error.what());
            // duplicate_object, unique_violation, and XX000 "tuple concurrently updated" of the cluster's catalogue.
            bool const met_another =
                error.sqlstate() == "42710" || error.sqlstate() == "23505" || error.sqlstate() == "XX000";
            if (!met_another || attempt == role_attempt_limit) throw;
        }
    }
}

class PostgresMigrationEngine final : public MigrationEngine {
public:
    explicit PostgresMigrationEngine(OwnerSession& owner) : owner_(owner) {}

    Database::Engine engine() const override { return Database::Engine::postgres; }

    void in_transaction(std::function<void()> const& work) override {
        owner_.run("BEGIN");
        try {
            owner_.run(lock_out_other_openers);
            work();
            owner_.run(set_up_guard);
            if (auto const faults = owner_.run(guard_faults); !faults.empty())
                throw Fault(errors::schema_refused, faults[0][0] + ": " + faults[0][1]);
        } catch (std::exception const&) {
            roll_back();
            throw;
        }
        owner_.run("COMMIT");
    }

    void execute(std::string const& statement) override { owner_.run(statement); }
    Rows query(std::string const& statement) override { return owner_.run(statement); }
    std::vector<TableShape> tables() override;

private:
    void roll_back() {
        try {
            owner_.run("ROLLBACK");
        } catch (PostgresError const&) {
            // The session is gone, and the transaction with it; what ended the work is thrown on.
        }
    }

    OwnerSession& owner_;
};

std::vector<TableShape> PostgresMigrationEngine::tables() {
    std::map<std::string, TableShape> found;
    for (auto const& row : query(R"(
        SELECT c.relname, c.relkind, a.attname, upper(format_type(a.atttypid, a.atttypmod))
          FROM pg_class c
          LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
         ORDER BY c.relname, a.attnum)")) {
        TableShape& table = found[row[0]];
        table.name = row[0];
        if (row[1] == "v" || row[1] == "m") table.kind = TableShape::Kind::view;
        if (row[1] == "f") table.kind = TableShape::Kind::virtual_table;
        table.columns.push_back(row[2]);
        table.types.push_back(row[3]);
    }
    for (auto const& row : query(R"(
        SELECT t.relname, i.relname, x.indisprimary, coalesce(a.attname, '')
          FROM pg_index x
          JOIN pg_class t ON t.oid = x.indrelid
          JOIN pg_class i ON i.oid = x.indexrelid
         CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
          LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum > 0
         WHERE t.relnamespace = current_schema()::text::regnamespace AND t.relkind IN ('r', 'p')
         ORDER BY t.relname, i.relname, k.place)")) {
        TableShape& table = found[row[0]];
        if (row[2] == "t") table.primary_key.push_back(row[3]);
        if (table.indexes.empty() || table.indexes.back().name != row[1]) table.indexes.push_back({row[1], {}});
        table.indexes.back().columns.push_back(row[3]);
    }
    std::string constraint;
    for (auto const& row : query(R"(
        SELECT t.relname, c.oid, p.relname, a.attname, b.attname
          FROM pg_constraint c
          JOIN pg_class t ON t.oid = c.conrelid
          JOIN pg_class p ON p.oid = c.confrelid
         CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (child, parent, place)
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.child
          JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.parent
         WHERE c.contype = 'f' AND t.relnamespace = current_schema()::text::regnamespace
         ORDER BY t.relname, c.oid, k.place)")) {
        TableShape& table = found[row[0]];
        if (std::exchange(constraint, row[1]) != row[1]) table.foreign_keys.push_back({{}, row[2], {}});
        table.foreign_keys.back().columns.push_back(row[3]);
        table.foreign_keys.back().parent_columns.push_back(row[4]);
    }
    std::vector<TableShape> tables;
    for (auto& [name, table] : found) tables.push_back(std::move(table));
    return tables;
}

}  // namespace

void migrate_postgres(std::string const& owner_url, std::string const& login, std::span<Migration const> migrations,
                      Instant now) {
    OwnerSession owner(owner_url);
    make_roles_despite_others(owner, login);
    PostgresMigrationEngine engine(owner);
    run_migrations(engine, migrations, now);
}

bool may_change_tables(std::string const& url) {
    return OwnerSession(url).run(R"(
        SELECT CASE WHEN to_regclass('migrations') IS NULL
                    THEN coalesce(has_schema_privilege(current_schema()::text, 'CREATE'), false)
                    ELSE (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('migrations'))
               END)")[0][0] == "t";
}

std::optional<std::size_t> count_pending_in_postgres(std::string const& url, std::span<Migration const> migrations) {
    OwnerSession session(url);
    if (session.run("SELECT to_regclass('migrations') IS NULL")[0][0] == "t") return std::nullopt;
    bool const is_owner = session.run("SELECT has_table_privilege('migrations', 'SELECT')")[0][0] == "t";
    session.run("BEGIN READ ONLY");
    if (!is_owner) session.run("SET LOCAL ROLE " + std::string(system_role));
    return count_pending(session.run(select_applied), migrations);
}

std::vector<TableShape> tables_in_postgres(std::string const& url) {
    OwnerSession session(url);
    return PostgresMigrationEngine(session).tables();
}

void refuse_unless_current(std::string const& url, std::span<Migration const> migrations) {
    OwnerSession session(url);
    std::string const asked =
        " Run, as the role that owns the tables or shall own them: mainstay migrate-db --database URL "
        "--database-owner URL_OF_THE_OWNER. Afterwards the owner's URL is not needed.";
    bool const is_member = session
                               .run("SELECT FROM pg_roles WHERE rolname IN ('" + std::string(app_role) + "', '" +
                                    std::string(system_role) + "') AND pg_has_role(oid, 'MEMBER')")
                               .size() == 2;
    if (!is_member)
        throw Fault(errors::schema_refused,
                    "The role " + session.user() + " may not become mainstay_app and mainstay_system." + asked);
    auto const pending = count_pending_in_postgres(url, migrations);
    if (pending == 0u) return;
    throw Fault(errors::schema_refused,
                (pending ? "The tables are not up to date (missing migrations: " + std::to_string(*pending) + ")"
                         : std::string("The database has no tables yet")) +
                    ", and the role " + session.user() + " may not change that." + asked);
}

}  // namespace mainstay
