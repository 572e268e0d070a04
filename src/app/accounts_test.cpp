// Accounts from sign-up to a forgotten password, over the API, with the mails that belong to it.
#include "app/accounts_fixture.hpp"

#include "app/cli.hpp"
#include "app/control_socket.hpp"

namespace mainstay::app {
namespace {

INSTANTIATE_TEST_SUITE_P(Engines, AccountsTest, testing::each_engine(), testing::engine_name);

TEST_P(AccountsTest, WhoSignsUpAndConfirmsTheAddressHasATenantOfTheirOwnAndMayMakeAKey) {
    open_account("ada@example.com");
    auto const session = sign_in("ADA@example.com");
    std::string const tenant = tenant_of(session);
    auto const read = ask("GET", "/api/v1/tenants/" + tenant, session);
    EXPECT_EQ(member(read.body, "name"), "Harbour");
    EXPECT_EQ(member(read.body, "plan"), "free");
    EXPECT_EQ(member(read.body, "status"), "active");
    auto const made = post("/api/v1/keys", R"({"name":"k","scopes":["admin"]})", session);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(call(member(made.body, "key"), "GET", "/api/v1/keys").status, 200);
    EXPECT_THAT(call(member(made.body, "key"), "GET", "/api/v1/audit").body, HasSubstr("\"sign_up\""));
}

TEST_P(AccountsTest, SigningUpTellsNobodyWhetherTheAddressHasAnAccountButItsOwner) {
    auto const first = sign_up("ada@example.com", "Harbour");
    auto const token = token_in(mail_to("ada@example.com", "verify_email"));
    EXPECT_EQ(post("/api/v1/auth/verify", R"({"token":")" + token + R"("})").status, 200);
    auto const again = sign_up("ada@example.com", "Eve's");
    EXPECT_EQ(again.status, first.status);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.headers.count("set-cookie"), first.headers.count("set-cookie"));
    EXPECT_THAT(mail_to("ada@example.com", "account_exists").text, HasSubstr("It has one."));
    EXPECT_EQ(mails(), 2u) << "one for each";
    EXPECT_THAT(operate("GET", "/api/v1/tenants").body, Not(HasSubstr("Eve's")));
}

TEST_P(AccountsTest, SigningInAfterASignUpTellsNobodyWhetherTheAddressWasFree) {
    open_account("ada@example.com");
    auto const answer = [&](std::string const& email) {
        auto const asked =
            post("/api/v1/auth/signup", R"({"email":")" + email + R"(","password":"another good one","name":"Eve",)" +
                                            R"("organization":"Eve's"})");
        auto const reply = log_in(email, "another good one");
        return std::tuple(asked.status, reply.status, without_request_id(reply.body));
    };
    auto const of_taken = answer("ada@example.com"), of_free = answer("bob@example.com");
    EXPECT_EQ(of_taken, of_free);
    EXPECT_EQ(std::get<1>(of_free), 401);
    EXPECT_EQ(log_in("ada@example.com").status, 200) << "nothing of hers has changed";
}

TEST_P(AccountsTest, OfSeveralSignUpsForAnAddressTheFirstThatIsConfirmedHasIt) {
    std::vector<std::string> tokens;
    for (auto const* organization : {"First", "Second"}) {
        sign_up("ada@example.com", organization);
        EXPECT_TRUE(testing::comes_true([&] { return mails() == tokens.size() + 1; }));
        tokens.push_back(token_in(mail_to("ada@example.com", "verify_email")));
    }
    auto const verify = [&](std::string const& token) {
        return post("/api/v1/auth/verify", R"({"token":")" + token + R"("})");
    };
    EXPECT_EQ(verify(tokens[1]).status, 200);
    EXPECT_EQ(code_of(verify(tokens[0])), "link_invalid");
    EXPECT_EQ(code_of(verify(tokens[1])), "link_invalid");
    auto const session = sign_in("ada@example.com");
    EXPECT_EQ(member(ask("GET", "/api/v1/tenants/" + tenant_of(session), session).body, "name"), "Second");
}

TEST_P(AccountsTest, WhatIsWrongWithASignUpIsSaidAtItsField) {
    auto const refused = post("/api/v1/auth/signup",
                              R"({"email":"ada@example.com","password":"P@ssw0rd2024","name":"A","organization":"B"})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr(R"("pointer":"/password")"));
    auto const own = post("/api/v1/auth/signup",
                          R"({"email":"a@b.org","password":"we are harbour","name":"A","organization":"Harbour"})");
    EXPECT_THAT(own.body, HasSubstr("must not contain your name, address or organization"));
    auto const none = post("/api/v1/auth/signup", R"({"email":"nobody"})");
    for (auto const* pointer : {"/email", "/password", "/name", "/organization"})
        EXPECT_THAT(none.body, HasSubstr(pointer));
    EXPECT_EQ(mails(), 0u);
}

TEST_P(AccountsTest, AnAddressIsConfirmedByTheLinkOnce) {
    sign_up("ada@example.com");
    std::string const token = token_in(mail_to("ada@example.com", "verify_email"));
    std::string const body = R"({"token":")" + token + R"("})";
    EXPECT_EQ(code_of(post("/api/v1/auth/verify", R"({"token":"invented"})")), "link_invalid");
    EXPECT_EQ(member(post("/api/v1/auth/verify", body).body, "email"), "ada@example.com");
    EXPECT_EQ(code_of(post("/api/v1/auth/verify", body)), "link_invalid");
    auto const session = sign_in("ada@example.com");
    EXPECT_THAT(ask("PATCH", "/api/v1/me", session, R"({"name":"Ada"})").body, HasSubstr("\"email_verified_at\":\"20"));
    EXPECT_EQ(code_of(ask("POST", "/api/v1/me/verification", session)), "conflict");
}

TEST_P(AccountsTest, AForgottenPasswordIsReplacedByTheLinkOnceAndEverySessionEnds) {
    open_account("ada@example.com");
    auto const session = sign_in("ada@example.com");
    ASSERT_EQ(status_of(session), 200);
    EXPECT_EQ(post("/api/v1/auth/forgot", R"({"email":"ada@example.com"})").status, 204);
    std::string const token = token_in(mail_to("ada@example.com", "reset_password"));
    auto const with = [&](std::string const& password) {
        return R"({"token":")" + token + R"(","password":")" + password + R"("})";
    };
    EXPECT_EQ(post("/api/v1/auth/reset", with("password123")).status, 422) << "the link still works";
    EXPECT_EQ(post("/api/v1/auth/reset", with("another good one")).status, 204);
    EXPECT_EQ(code_of(post("/api/v1/auth/reset", with("yet another one"))), "link_invalid");
    program_->hear_revocations();
    EXPECT_EQ(status_of(session), 401);
    EXPECT_EQ(log_in("ada@example.com").status, 401);
    EXPECT_EQ(log_in("ada@example.com", "another good one").status, 200);
    EXPECT_THAT(mail_to("ada@example.com", "password_changed").text, HasSubstr("was changed"));
}

TEST_P(AccountsTest, ForgettingTellsNobodyWhetherTheAddressHasAnAccount) {
    open_account("ada@example.com");
    auto const known = post("/api/v1/auth/forgot", R"({"email":"ada@example.com"})");
    auto const unknown = post("/api/v1/auth/forgot", R"({"email":"eve@example.com"})");
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.body, unknown.body);
    mail_to("ada@example.com", "reset_password");
    auto const jobs = operate(
        "GET", "/api/v1/admin/jobs?kind=reset_password&state=completed&tenant_id=" + installation_tenant.to_string());
    EXPECT_EQ(jobs.status, 200);
    EXPECT_THAT(jobs.body, Not(HasSubstr("example.com"))) << "whose it is, is not shown";
    EXPECT_EQ(mails(), 2u) << "none to who has no account";
}

TEST_P(AccountsTest, ChangingThePasswordAsksTheOldOneAndEndsTheOtherSessions) {
    open_account("ada@example.com");
    auto const here = sign_in("ada@example.com"), there = sign_in("ada@example.com");
    auto const wrong = post("/api/v1/auth/password", R"({"old_password":"wrong","password":"another good one"})", here);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("/old_password"));
    auto const changed = post("/api/v1/auth/password",
                              R"({"old_password":"correct horse battery","password":"another good one"})", here);
    ASSERT_EQ(changed.status, 200) << changed.body;
    program_->hear_revocations();
    EXPECT_EQ(status_of(here), 401) << "the session has a new token";
    EXPECT_EQ(status_of(there), 401);
    EXPECT_EQ(status_of(session_of(changed)), 200);
    EXPECT_EQ(log_in("ada@example.com").status, 401);
}

TEST_P(AccountsTest, ANewAddressAsksThePasswordAndCountsOnceItsLinkWasFollowed) {
    open_account("ada@example.com");
    auto const session = sign_in("ada@example.com");
    EXPECT_THAT(ask("PATCH", "/api/v1/me", session, R"({"email":"ada@new.example"})").body, HasSubstr("/password"));
    EXPECT_EQ(ask("PATCH", "/api/v1/me", session, R"({"email":"ada@new.example","password":"wrong"})").status, 422);
    auto const asked =
        ask("PATCH", "/api/v1/me", session, R"({"email":"ada@new.example","password":"correct horse battery"})");
    EXPECT_EQ(member(asked.body, "email"), "ada@example.com");
    EXPECT_EQ(log_in("ada@new.example").status, 401);
    auto const link = R"({"token":")" + token_in(mail_to("ada@new.example", "verify_email")) + R"("})";
    EXPECT_EQ(post("/api/v1/auth/verify", link).status, 200);
    EXPECT_EQ(log_in("ada@new.example").status, 200);
    EXPECT_EQ(log_in("ada@example.com").status, 401);
    EXPECT_THAT(mail_to("ada@example.com", "address_changed").text, HasSubstr("ada@new.example"));
}

TEST_P(AccountsTest, AnAddressOfAnotherAccountIsNotTakenNorTold) {
    open_account("ada@example.com");
    open_account("eve@example.com");
    auto const eve = sign_in("eve@example.com");
    auto const reply =
        ask("PATCH", "/api/v1/me", eve, R"({"email":"ada@example.com","password":"correct horse battery"})");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(member(reply.body, "email"), "eve@example.com");
    mail_to("ada@example.com", "account_exists");
    EXPECT_EQ(log_in("ada@example.com").status, 200);
}

TEST_P(AccountsTest, SessionsAreListedAndEndedByTheirOwnerAlone) {
    open_account("ada@example.com");
    open_account("eve@example.com");
    auto const here = sign_in("ada@example.com"), there = sign_in("ada@example.com"), eve = sign_in("eve@example.com");
    json::Document list;
    ASSERT_FALSE(list.parse(ask("GET", "/api/v1/auth/sessions", here).body));
    auto const& items = list.root().find("items")->items;
    ASSERT_EQ(items.size(), 2u);
    EXPECT_FALSE(items[0].find("is_current")->boolean);
    EXPECT_TRUE(items[1].find("is_current")->boolean);
    std::string const other = "/api/v1/auth/sessions/" + std::string(items[0].find("id")->string);
    EXPECT_EQ(ask("DELETE", other, eve).status, 404);
    EXPECT_EQ(ask("DELETE", other, here).status, 204);
    program_->hear_revocations();
    EXPECT_EQ(status_of(there), 401);
    EXPECT_EQ(ask("DELETE", other, here).status, 404);
    sign_in("ada@example.com");
    EXPECT_EQ(ask("DELETE", "/api/v1/auth/sessions", here).status, 204);
    EXPECT_EQ(ask("GET", "/api/v1/auth/sessions", here).body.find(R"("is_current":false)"), std::string::npos);
    EXPECT_EQ(status_of(here), 200);
    EXPECT_EQ(status_of(eve), 200);
}

TEST_P(AccountsTest, SayingThePasswordAgainGivesTheSessionANewToken) {
    open_account("ada@example.com");
    auto const session = sign_in("ada@example.com");
    EXPECT_THAT(post("/api/v1/auth/confirm", R"({"password":"wrong"})", session).body, HasSubstr("/password"));
    auto const confirmed = post("/api/v1/auth/confirm", R"({"password":"correct horse battery"})", session);
    ASSERT_EQ(confirmed.status, 200);
    program_->hear_revocations();
    EXPECT_EQ(status_of(session), 401);
    EXPECT_EQ(status_of(session_of(confirmed)), 200);
}

TEST_P(AccountsTest, WhatPeopleDoIsNotDoneWithAKey) {
    std::string const key = new_key(new_tenant("Acme"), "admin");
    EXPECT_EQ(code_of(call(key, "GET", "/api/v1/auth/sessions")), "forbidden");
    EXPECT_EQ(code_of(call(key, "PATCH", "/api/v1/me", R"({"name":"Key"})")), "forbidden");
    EXPECT_EQ(code_of(call(key, "POST", "/api/v1/auth/confirm", R"({"password":"any"})")), "forbidden");
}

// One of each: the account's limit is the smallest.
TEST_P(AccountsTest, EveryWayInIsLimitedByAccountAndNobodyElseIsHeldOff) {
    struct Way {
        std::string path, body, other;
    };
    for (auto const& way :
         {Way{"login", R"({"email":"ada@example.com","password":"wrong"})",
              R"({"email":"bob@example.com","password":"wrong"})"},
          Way{"forgot", R"({"email":"ada@example.com"})", R"({"email":"bob@example.com"})"},
          Way{"verify", R"({"token":"one"})", R"({"token":"two"})"},
          Way{"reset", R"({"token":"one","password":"another good one"})",
              R"({"token":"two","password":"another good one"})"},
          Way{"signup", R"({"email":"ada@example.com","password":"password","name":"A","organization":"B"})",
              R"({"email":"bob@example.com","password":"password","name":"A","organization":"B"})"}}) {
        int tried = 0;
        auto const path = "/api/v1/auth/" + way.path;
        while (post(path, way.body).status != 429) ASSERT_LT(++tried, 20) << path;
        EXPECT_GE(tried, 5) << path;
        auto const refused = post(path, way.body);
        EXPECT_THAT(refused.body, HasSubstr("(limit: ")) << path;
        EXPECT_TRUE(refused.headers.contains("retry-after")) << path;
        EXPECT_NE(post(path, way.other).status, 429) << path;
    }
}

TEST_P(AccountsTest, LinksInMailsComeFromTheSettingsWhateverHostWasAsked) {
    auto const body = R"({"email":"ada@example.com","password":"correct horse battery","name":"A","organization":"B"})";
    ask("POST", "/api/v1/auth/signup",
        {{"Content-Type", "application/json"}, {"Host", "localhost"}, {"X-Forwarded-Host", "evil.example"}}, body);
    auto const mail = mail_to("ada@example.com", "verify_email");
    EXPECT_THAT(mail.text, HasSubstr("http://127.0.0.1:"));
    EXPECT_THAT(mail.text + mail.html, Not(HasSubstr("evil")));
    EXPECT_THAT(mail.text, Not(HasSubstr("localhost")));
}

TEST_P(AccountsTest, OperatorsSeeTheMailsInTheFolderAndNobodyElse) {
    open_account("ada@example.com");
    auto const mail = mail_to("ada@example.com", "verify_email");
    auto const list = operate("GET", "/api/v1/admin/mails");
    EXPECT_THAT(list.body, HasSubstr(mail.id.to_string()));
    EXPECT_THAT(list.body, Not(HasSubstr(token_in(mail))));
    EXPECT_THAT(operate("GET", "/api/v1/admin/mails/" + mail.id.to_string()).body, HasSubstr(token_in(mail)));
    EXPECT_EQ(code_of(ask("GET", "/api/v1/admin/mails", sign_in("ada@example.com"))), "forbidden");
    auto const jobs =
        operate("GET", "/api/v1/admin/jobs?kind=mail&state=completed&tenant_id=" + installation_tenant.to_string());
    EXPECT_THAT(jobs.body, HasSubstr("\"mail\""));
    for (auto const& secret : {token_in(mail), std::string("ada@example.com")})
        EXPECT_THAT(jobs.body, Not(HasSubstr(secret)));
    EXPECT_THAT(operate("GET", "/api/v1/admin/audit").body, Not(HasSubstr(token_in(mail))));
}

TEST_P(AccountsTest, ImportedHashesOfBcryptSignInAndAreReplaced) {
    std::string const tenant = new_tenant("Harbour");
    auto const file = folder_.path() / "users.jsonl";
    // The key is "U*U", a vector of crypt_blowfish.
    write_file(file, R"({"email":"ada@example.com","name":"Ada","tenant":")" + tenant + R"(","role":"owner",)" +
                         R"("password_hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"})" + "\n" +
                         R"({"email":"bob@example.com","name":"Bob"})" + "\n");
    EXPECT_EQ(run("user import", {{"file", file.string()}}), R"({"imported":2,"skipped":0})");
    EXPECT_EQ(run("user import", {{"file", file.string()}}), R"({"imported":0,"skipped":2})");
    auto const login = [&] {
        return program_->database().read(system_scope("a test"), [](Snapshot& snapshot) {
            return snapshot.one<std::string>("SELECT password_hash FROM users WHERE email = 'ada@example.com'");
        });
    };
    EXPECT_EQ(log_in("ada@example.com", "U*V").status, 401);
    EXPECT_TRUE(identity::Passwords::is_bcrypt(login()));
    EXPECT_EQ(tenant_of(sign_in("ada@example.com", "U*U")), tenant);
    EXPECT_TRUE(identity::Passwords::is_current(login()));
    EXPECT_EQ(log_in("ada@example.com", "U*U").status, 200);
    EXPECT_EQ(log_in("bob@example.com", "any").status, 401);
}

TEST_P(AccountsTest, AFileThatIsWrongSomewhereImportsNobody) {
    auto const file = folder_.path() / "users.jsonl";
    write_file(file, R"({"email":"ada@example.com","name":"Ada"})"
                     "\n{\n"
                     R"({"email":"bob@example.com","name":"Bob","password_hash":"$1$plain"})");
    try {
        run("user import", {{"file", file.string()}});
        ADD_FAILURE() << "it was imported";
    } catch (Fault const& fault) {
        EXPECT_THAT(fault_to_json(fault), HasSubstr("/3/password_hash"));
        EXPECT_THAT(fault_to_json(fault), HasSubstr("\"/2"));
    }
    EXPECT_EQ(run("user create", {{"email", "ada@example.com"}, {"password", good_password}}).find("usr_"), 7u);
}

}  // namespace
}  // namespace mainstay::app
