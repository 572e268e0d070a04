// A second factor, from its beginning to its end, as an authenticator app and a browser see it.
#include "app/accounts_fixture.hpp"
#include "platform/identity/totp.hpp"

namespace mainstay::app {
namespace {

// What an app does with the text that it is given.
std::string from_base32(std::string_view text) {
    std::string bytes;
    unsigned buffer = 0;
    int bits = 0;
    for (char const c : text) {
        buffer = (buffer << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xFFFF;
        if ((bits += 5) < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(buffer >> bits & 255);
    }
    return bytes;
}

std::string first_recovery_code(std::string const& body) {
    auto const at = body.find("[\"");
    return at == std::string::npos ? body : body.substr(at + 2, 11);
}

class SecondFactorTest : public AccountsTest {
protected:
    static constexpr char const* ada = "ada@example.com";
    static constexpr char const* path = "/api/v1/me/second-factor";

    SecondFactorTest() {
        open_account(ada);
        session = sign_in(ada);
    }
    // Of the step that is `ahead` of the present one.
    std::string code(std::int64_t ahead = 0) {
        return identity::totp_code(seed, identity::totp_step_of(system_clock().now()) + ahead);
    }
    testing::HttpReply begin() {
        auto reply = post(path, "", session_without_type());
        if (reply.status == 201) seed = from_base32(member(reply.body, "secret"));
        return reply;
    }
    testing::HttpReply confirm(std::string const& given) {
        return post(std::string(path) + "/confirm", R"({"code":")" + given + R"("})", session);
    }
    testing::HttpReply second_step(std::string const& token, std::string const& given) {
        return post("/api/v1/auth/second-factor", R"({"token":")" + token + R"(","code":")" + given + R"("})");
    }
    // A change without a body is one of our own pages by its token.
    Headers session_without_type() {
        Headers headers = session;
        for (auto& [name, value] : headers)
            if (name == "Content-Type") {
                name = "X-CSRF-Token";
                value = csrf;
            }
        return headers;
    }
    Headers sign_in(std::string const& email) {
        auto const reply = log_in(email);
        csrf = member(reply.body, "csrf_token");
        return session_of(reply);
    }

    std::string csrf, seed;
    Headers session;
};
INSTANTIATE_TEST_SUITE_P(Engines, SecondFactorTest, testing::each_engine(), testing::engine_name);

TEST_P(SecondFactorTest, FromItsFirstCodeOnSigningInAsksForOneAndEachWorksOnce) {
    auto const other = sign_in(ada);
    session = sign_in(ada);
    auto const begun = begin();
    ASSERT_EQ(begun.status, 201) << begun.body;
    EXPECT_THAT(begun.body, HasSubstr("otpauth://totp/Mainstay:ada%40example.com?secret="));
    EXPECT_EQ(member(log_in(ada).body, "status"), "signed_in") << "not in force before its first code";

    EXPECT_EQ(confirm("000000").status, 422);
    auto const confirmed = confirm(code());
    ASSERT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_TRUE(testing::comes_true([&] { return status_of(other) == 401; })) << "other sessions end";
    EXPECT_EQ(status_of(session), 200);
    EXPECT_THAT(mail_to(ada, "second_factor_changed").text, HasSubstr("recovery codes"));

    auto const first_step = log_in(ada);
    EXPECT_EQ(first_step.status, 200);
    EXPECT_EQ(member(first_step.body, "status"), "second_factor");
    EXPECT_EQ(first_step.headers.count("set-cookie"), 0u);
    std::string const token = member(first_step.body, "token");
    EXPECT_EQ(code_of(second_step(token, "000000")), "sign_in_failed");
    std::string const next = code(1);
    auto const signed_in = second_step(token, next);
    EXPECT_EQ(member(signed_in.body, "status"), "signed_in") << signed_in.body;
    EXPECT_EQ(status_of(session_of(signed_in)), 200);
    EXPECT_EQ(code_of(second_step(token, next)), "link_invalid") << "the step is taken once";
    EXPECT_EQ(code_of(second_step(member(log_in(ada).body, "token"), next)), "sign_in_failed") << "and the code";
}

TEST_P(SecondFactorTest, ARecoveryCodeWorksOnceInPlaceOfTheApp) {
    begin();
    std::string const recovery = first_recovery_code(confirm(code()).body);
    EXPECT_EQ(member(second_step(member(log_in(ada).body, "token"), recovery).body, "status"), "signed_in");
    EXPECT_EQ(code_of(second_step(member(log_in(ada).body, "token"), recovery)), "sign_in_failed");
    EXPECT_THAT(ask("GET", path, session).body, HasSubstr(R"("recovery_codes_left":9)"));
    std::string const renewed =
        first_recovery_code(post(std::string(path) + "/recovery-codes", "", session_without_type()).body);
    EXPECT_NE(renewed, recovery);
    EXPECT_EQ(member(second_step(member(log_in(ada).body, "token"), renewed).body, "status"), "signed_in");
}

TEST_P(SecondFactorTest, TakenAwaySigningInAsksForThePasswordAlone) {
    begin();
    confirm(code());
    EXPECT_EQ(begin().status, 409) << "one in force is not replaced";
    EXPECT_EQ(ask("DELETE", path, session).status, 204);
    EXPECT_EQ(member(log_in(ada).body, "status"), "signed_in");
    EXPECT_EQ(ask("DELETE", path, session).status, 404);
}

TEST_P(SecondFactorTest, WhoHasLostItSignsInAgainOnceItWasResetByTheCommandLine) {
    EXPECT_THROW(run("user reset-second-factor", {{"email", ada}}), Fault);
    begin();
    confirm(code());
    run("user reset-second-factor", {{"email", ada}});
    EXPECT_TRUE(testing::comes_true([&] { return status_of(session) == 401; })) << "as soon as it was heard";
    EXPECT_EQ(member(log_in(ada).body, "status"), "signed_in");
}

TEST_P(SecondFactorTest, ItHoldsWhenTheMasterKeyIsRotated) {
    begin();
    confirm(code());
    auto const rotated = run("secrets rotate", {{"file", (folder_.path() / "secrets.keys").string()}});
    EXPECT_EQ(member(rotated, "master_key_id"), "mk2");
    EXPECT_THAT(rotated, HasSubstr(R"("rewrapped":1)"));
    EXPECT_EQ(member(second_step(member(log_in(ada).body, "token"), code(1)).body, "status"), "signed_in");
}

TEST_P(SecondFactorTest, NoSeedOrCodeStandsInTheDatabase) {
    begin();
    std::string const recovery = first_recovery_code(confirm(code()).body);
    auto const rows = program_->database().read(system_scope("test"), [](Snapshot& s) {
        auto all = s.all<std::string>("SELECT sealed_seed FROM user_second_factors");
        for (auto& hash : s.all<std::string>("SELECT code_hash FROM user_recovery_codes")) all.push_back(hash);
        return all;
    });
    ASSERT_EQ(rows.size(), 11u);
    for (auto const& row : rows) {
        EXPECT_EQ(row.find(seed), std::string::npos);
        EXPECT_EQ(row.find(identity::to_base32(seed)), std::string::npos);
        EXPECT_EQ(row.find(recovery.substr(0, 5)), std::string::npos);
    }
}

TEST_P(SecondFactorTest, CodesAreNotTriedWithoutEnd) {
    begin();
    confirm(code());
    std::string const token = member(log_in(ada).body, "token");
    std::string last;
    for (int i = 0; i < 20 && last != "limited"; ++i) last = code_of(second_step(token, "000000"));
    EXPECT_EQ(last, "limited");
}

}  // namespace
}  // namespace mainstay::app
