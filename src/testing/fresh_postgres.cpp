#include "testing/testing.hpp"

#include <libpq-fe.h>

#include <cstdlib>
#include <memory>
#include <random>

namespace mainstay::testing {
namespace {

constexpr char const* variable = "MAINSTAY_TEST_POSTGRES";
constexpr int role_attempt_limit = 20;  // other test programs make the same roles at the same time

using Session = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

// Of the superuser; the server is that of ./dev test.
std::string server_url() {
    char const* const url = std::getenv(variable);
    if (url == nullptr) throw std::runtime_error(std::string(variable) + " is not set");
    return url;
}

std::string escaped(std::string_view text) {
    std::string out = "'";
    for (char const c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

// The superuser's connection string with some of its parts replaced.
std::string url_with(std::string const& database, std::string const& user, std::string const& password) {
    std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const options(
        PQconninfoParse(server_url().c_str(), nullptr), &PQconninfoFree);
    if (options == nullptr) throw std::runtime_error(std::string(variable) + " is not a PostgreSQL URL");
    std::string out = "dbname=" + escaped(database);
    for (auto const* option = options.get(); option->keyword != nullptr; ++option) {
        std::string_view const keyword = option->keyword;
        bool const is_replaced = keyword == "dbname" || (!user.empty() && (keyword == "user" || keyword == "password"));
        if (option->val != nullptr && !is_replaced) out += " " + std::string(keyword) + "=" + escaped(option->val);
    }
    if (!user.empty()) out += " user=" + escaped(user) + " password=" + escaped(password);
    return out;
}

class Superuser {
public:
    explicit Superuser(std::string const& url) : session_(PQconnectdb(url.c_str()), &PQfinish) {
        if (PQstatus(session_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(session_.get()));
        PQsetNoticeProcessor(
            session_.get(), [](void*, char const*) {}, nullptr);
    }

    std::vector<std::string> run(std::string const& sql) {
        Result const result(PQexec(session_.get(), sql.c_str()), &PQclear);
        auto const status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(PQerrorMessage(session_.get()));
        std::vector<std::string> rows;
        for (int i = 0; i < PQntuples(result.get()); ++i) rows.emplace_back(PQgetvalue(result.get(), i, 0));
        return rows;
    }

private:
    Session session_;
};

// The process's own database and login.
class OwnDatabase {
public:
    OwnDatabase() {
        Superuser server(server_url());
        make_roles(server);
        server.run("CREATE ROLE " + name_ + " LOGIN PASSWORD '" + password_ +
                   "' IN ROLE mainstay_app, mainstay_system");
        // Sorts as people of a language do, unless a column says otherwise: the storage must not lean on the default.
        server.run("CREATE DATABASE " + name_ + " OWNER " + name_ +
                   " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        inside_ = std::make_unique<Superuser>(superuser_url());
    }

    ~OwnDatabase() {
        inside_.reset();
        try {
            Superuser server(server_url());
            server.run("DROP DATABASE " + name_ + " WITH (FORCE)");
            server.run("DROP ROLE " + name_);
        } catch (std::runtime_error const& error) {
            std::fprintf(stderr, "the test's database stays behind: %s\n", error.what());
        }
    }

    void empty() {
        run("DROP SCHEMA public CASCADE");
        run("CREATE SCHEMA public AUTHORIZATION " + name_);
    }

    std::vector<std::string> run(std::string const& sql) { return inside_->run(sql); }
    std::string const& name() const { return name_; }
    std::string url() const { return url_with(name_, name_, password_); }
    std::string superuser_url() const { return url_with(name_, {}, {}); }

private:
    static void make_roles(Superuser& server) {
        for (std::string const role : {"mainstay_app", "mainstay_system"})
            for (int attempt = 1; server.run("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'").empty();
                 ++attempt) {
                try {
                    server.run("CREATE ROLE " + role);
                } catch (std::runtime_error const&) {
                    if (attempt == role_attempt_limit) throw;
                }
            }
    }

    static std::string random_text() {
        std::random_device device;  // the program's own randomness may run from a seed in this test
        return std::to_string(device()) + std::to_string(device());
    }

    std::string const name_ = "mt_" + random_text();
    std::string const password_ = random_text() + random_text();
    std::unique_ptr<Superuser> inside_;
};

OwnDatabase& own_database() {
    static OwnDatabase database;
    return database;
}

}  // namespace

bool FreshPostgres::is_available() {
    return std::getenv(variable) != nullptr;
}

void FreshPostgres::empty() {
    own_database().empty();
}

std::string const& FreshPostgres::name() {
    return own_database().name();
}

std::string FreshPostgres::url() {
    return own_database().url();
}

std::string FreshPostgres::url_of_superuser() {
    return own_database().superuser_url();
}

std::vector<std::string> FreshPostgres::as_superuser(std::string const& sql) {
    return own_database().run(sql);
}

}  // namespace mainstay::testing
