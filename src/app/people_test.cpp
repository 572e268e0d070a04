// What is kept about a person: given to them whole, and gone with them, but for the record of what they did.
#include "platform/people/people.hpp"
#include "app/accounts_fixture.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace mainstay::app {
namespace {

class PeopleTest : public AccountsTest {
protected:
    static constexpr char const* ada = "ada@example.com";

    PeopleTest() {
        tenant_ = new_tenant("Harbour");
        for (auto const& [email, role] : {std::pair("owner@example.com", "owner"), std::pair(ada, "user")})
            run("user create", {{"email", email}, {"password", good_password}, {"tenant", tenant_}, {"role", role}});
    }
    // With the token that a change without a body needs.
    Headers session_with_token(std::string const& email) {
        auto const reply = log_in(email);
        auto const session = session_of(reply);
        return {session[0], session[1], {"X-CSRF-Token", member(reply.body, "csrf_token")}};
    }
    std::string id_of(std::string const& email) {
        return program_->database().read(system_scope("a test"), [&](Snapshot& snapshot) {
            auto const user = identity::find_user_by_email(snapshot, {email});
            return user ? user->id.to_string() : std::string();
        });
    }
    // Of every table that knows people by user_id.
    std::int64_t rows_of(std::string const& user) {
        return program_->database().read(system_scope("a test"), [&](Snapshot& snapshot) {
            std::int64_t rows = 0;
            for (auto const table : people::tables_of_people()) {
                std::string const sql = "SELECT count(*) AS n FROM " + std::string(table) + " WHERE user_id = :user_id";
                rows += snapshot.one<std::int64_t>(Sql(sql, sql), bind("user_id", user));
            }
            return rows;
        });
    }

    std::string tenant_;
};
INSTANTIATE_TEST_SUITE_P(Engines, PeopleTest, testing::each_engine(), testing::engine_name);

TEST_P(PeopleTest, EveryTableThatKnowsPeopleIsThoughtOf) {
    std::set<std::string> made;
    for (Migration const& migration : all_migrations()) {
        re2::StringPiece rest(migration.sql.data(), migration.sql.size());
        std::string name, columns;
        static RE2 const table(R"((?s)CREATE TABLE (\w+) \((.*?)\n\))");
        while (RE2::FindAndConsume(&rest, table, &name, &columns))
            if (RE2::PartialMatch(columns, R"(\n\s+user_id\s)")) made.insert(name);
    }
    auto const known = people::tables_of_people();
    EXPECT_EQ(made, std::set<std::string>(known.begin(), known.end()))
        << "say in people_store.cpp how a person's rows of a new table are given and erased";
}

TEST_P(PeopleTest, ThePersonIsGivenAllThatIsKeptAndNoSecret) {
    auto const session = sign_in(ada);
    ask("PATCH", "/api/v1/me", session, R"({"name":"Ada L."})");
    auto const given = ask("GET", "/api/v1/me/export", session);
    ASSERT_EQ(given.status, 200) << given.body;
    for (auto const& part : {std::string(ada), std::string("Ada L."), tenant_, std::string("Harbour"),
                             std::string("update_me"), std::string("\"sessions\":[{"), std::string("127.0.0.1")})
        EXPECT_THAT(given.body, HasSubstr(part));
    auto const hash = program_->database().read(system_scope("a test"), [](Snapshot& snapshot) {
        return snapshot.one<std::string>("SELECT password_hash FROM users WHERE email = 'ada@example.com'");
    });
    for (auto const& secret : {hash, session[0].second.substr(session[0].second.find('=') + 1), std::string("owner@")})
        EXPECT_THAT(given.body, Not(HasSubstr(secret)));
    EXPECT_EQ(code_of(call(new_key(tenant_, "admin"), "GET", "/api/v1/me/export")), "forbidden");
}

TEST_P(PeopleTest, WhoDeletesTheirAccountIsGoneButForTheRecord) {
    auto const id = id_of(ada);
    auto const session = session_with_token(ada);
    EXPECT_GT(rows_of(id), 2);
    EXPECT_EQ(ask("DELETE", "/api/v1/me?email=another@example.com", session).status, 422);
    ASSERT_EQ(ask("DELETE", std::string("/api/v1/me?email=") + ada, session).status, 204);
    EXPECT_EQ(rows_of(id), 0);
    EXPECT_EQ(id_of(ada), "");
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; }));
    EXPECT_EQ(code_of(log_in(ada)), "sign_in_failed");
    auto const log = ask("GET", "/api/v1/audit", sign_in("owner@example.com")).body;
    EXPECT_THAT(log, HasSubstr(id));
    EXPECT_THAT(log, HasSubstr("delete_me"));
    EXPECT_THAT(log, Not(HasSubstr(ada)));
    open_account(ada);
    EXPECT_EQ(log_in(ada).status, 200) << "the address is free again";
    EXPECT_NE(id_of(ada), id);
}

TEST_P(PeopleTest, TheLastOwnerOfATenantHandsItOverFirst) {
    auto const owner = session_with_token("owner@example.com");
    EXPECT_EQ(code_of(ask("DELETE", "/api/v1/me?email=owner@example.com", owner)), "last_owner");
    run("user create",
        {{"email", "second@example.com"}, {"password", good_password}, {"tenant", tenant_}, {"role", "owner"}});
    EXPECT_EQ(ask("DELETE", "/api/v1/me?email=owner@example.com", owner).status, 204);
}

TEST_P(PeopleTest, OperatorsDeleteAnybodyButTheLastOfThemselves) {
    run("user create", {{"email", "ops@example.com"}, {"password", good_password}, {"is_operator", "true"}});
    auto const ops = session_with_token("ops@example.com");
    auto const path = "/api/v1/admin/users/" + id_of(ada);
    EXPECT_EQ(code_of(ask("DELETE", path, session_with_token(ada))), "forbidden");
    EXPECT_EQ(ask("DELETE", path, ops).status, 204);
    EXPECT_EQ(ask("DELETE", path, ops).status, 404);
    EXPECT_EQ(code_of(ask("DELETE", "/api/v1/me?email=ops@example.com", ops)), "conflict");
    EXPECT_THAT(ask("GET", "/api/v1/admin/audit", ops).body, HasSubstr("delete_user"));
}

}  // namespace
}  // namespace mainstay::app
