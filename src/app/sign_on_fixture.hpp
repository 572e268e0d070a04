// What the tests of single sign-on share: a tenant with an owner, an identity provider that is set up there, and a
// browser that goes to it and comes back.
#pragma once
#include "app/accounts_fixture.hpp"
#include "base/text.hpp"

namespace mainstay::app {

class SignOnTest : public AccountsTest {
protected:
    static constexpr char const* our_url = "http://127.0.0.1:8000";
    static constexpr char const* client_secret = "a secret of the client";

    explicit SignOnTest(Outgoing outgoing = Outgoing::internet_and_loopback)
        : AccountsTest(with_public_url(), {}, outgoing) {
        tenant_ = new_tenant("Harbour");
        join("owner@harbour.example", "owner");
        confirm("owner@harbour.example");
        owner_ = sign_in("owner@harbour.example");
        path_ = "/api/v1/tenants/" + tenant_ + "/identity-providers";
    }

    static config::Config with_public_url() {
        config::Config config;
        config.public_url = our_url;
        return config;
    }
    void join(std::string const& email, std::string const& role) {
        run("user create", {{"email", email}, {"password", good_password}, {"tenant", tenant_}, {"role", role}});
    }
    // By the link in a mail.
    void confirm(std::string const& email) {
        auto const signed_in = log_in(email);
        auto const session = session_of(signed_in);
        Headers const with_token{session[0], session[1], {"X-CSRF-Token", member(signed_in.body, "csrf_token")}};
        EXPECT_EQ(ask("POST", "/api/v1/me/verification", with_token).status, 204);
        auto const token = token_in(mail_to(email, "verify_email"));
        EXPECT_EQ(post("/api/v1/auth/verify", R"({"token":")" + token + R"("})").status, 200);
    }
    std::string set_up(std::string const& issuer, std::string const& rest = {}) {
        auto const made =
            post(path_,
                 R"({"name":"Harbour's","issuer":")" + issuer + R"(","client_id":"mainstay","client_secret":")" +
                     client_secret + R"(","domains":["harbour.example"])" + rest + '}',
                 owner_);
        EXPECT_EQ(made.status, 201) << made.body;
        provider_ = member(made.body, "id");
        return provider_;
    }
    testing::HttpReply change(std::string const& changes) {
        return ask("PATCH", path_ + '/' + provider_, owner_, changes);
    }

    testing::HttpReply begin(std::string const& organization = "harbour") {
        return post("/api/v1/auth/single-sign-on", R"({"organization":")" + organization + R"("})");
    }
    testing::HttpReply finish(std::string const& transaction, std::string const& state, std::string const& rest) {
        return post("/api/v1/auth/single-sign-on/finish",
                    R"({"transaction":")" + transaction + R"(","state":")" + state + '"' + rest + '}');
    }
    // Of a URL's query.
    static std::string query(std::string const& url, std::string_view name) {
        for (auto const pair : split(std::string_view(url).substr(url.find('?') + 1), '&'))
            if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
                return percent_decode(pair.substr(name.size() + 1)).value();
        return {};
    }
    std::int64_t count(char const* sql) {
        return program_->database().read(system_scope("a test"),
                                         [&](Snapshot& snapshot) { return snapshot.one<std::int64_t>(sql); });
    }
    std::string log_of_tenant() { return ask("GET", "/api/v1/audit", owner_).body; }

    std::string tenant_, path_, provider_;
    Headers owner_;
};

}  // namespace mainstay::app
