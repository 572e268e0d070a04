// What the tests of accounts share: people with a browser, and the mails that they get.
#pragma once
#include "app/app_fixture.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace mainstay::app {

using ::testing::HasSubstr;
using ::testing::Not;

inline constexpr char const* good_password = "correct horse battery";

inline std::string code_of(testing::HttpReply const& reply) {
    json::Document document;
    if (document.parse(reply.body) || document.root().find("code") == nullptr) return "no problem: " + reply.body;
    return std::string(document.root().find("code")->string);
}

inline std::string without_request_id(std::string const& body) {
    return body.substr(0, body.find("\"request_id\""));
}

// The text behind #token= in a mail.
inline std::string token_in(channels::KeptMail const& mail) {
    auto const at = mail.text.find("#token=");
    EXPECT_NE(at, std::string::npos) << mail.text;
    return mail.text.substr(at + 7, mail.text.find('\n', at) - at - 7);
}

class AccountsTest : public AppTest {
protected:
    using AppTest::AppTest;
    using Headers = testing::HttpClient::Headers;

    // A browser's session: its cookie, sent from one of our own pages.
    static Headers session_of(testing::HttpReply const& reply) {
        auto const found = reply.headers.find("set-cookie");
        EXPECT_NE(found, reply.headers.end()) << reply.body;
        if (found == reply.headers.end()) return {};
        return {{"Cookie", found->second.substr(0, found->second.find(';'))},
                {"Sec-Fetch-Site", "same-origin"},
                {"Content-Type", "application/json"}};
    }
    testing::HttpReply post(std::string const& path, std::string const& body, Headers headers = {}) {
        if (headers.empty()) headers.emplace_back("Content-Type", "application/json");
        return ask("POST", path, headers, body);
    }
    testing::HttpReply sign_up(std::string const& email, std::string const& organization = "Harbour") {
        return post("/api/v1/auth/signup", R"({"email":")" + email + R"(","password":")" + good_password +
                                               R"(","name":"Ada","organization":")" + organization + R"("})");
    }
    // With the mail that it sends.
    void open_account(std::string const& email, std::string const& organization = "Harbour") {
        EXPECT_EQ(sign_up(email, organization).status, 202);
        auto const token = token_in(mail_to(email, "verify_email"));
        auto const opened = post("/api/v1/auth/verify", R"({"token":")" + token + R"("})");
        EXPECT_EQ(opened.status, 200) << opened.body;
    }
    testing::HttpReply log_in(std::string const& email, std::string const& password = good_password) {
        return post("/api/v1/auth/login", R"({"email":")" + email + R"(","password":")" + password + R"("})");
    }
    Headers sign_in(std::string const& email, std::string const& password = good_password) {
        return session_of(log_in(email, password));
    }
    std::string tenant_of(Headers const& session) {
        return member(ask("GET", "/api/v1/me", session).body, "tenant_id");
    }
    int status_of(Headers const& session) { return ask("GET", "/api/v1/me", session).status; }

    // The newest mail of the kind to the address, once it is there.
    channels::KeptMail mail_to(std::string const& email, std::string_view kind) {
        channels::MailFolder const folder(folder_.path() / "mail");
        Duration const end = system_clock().monotonic() + minutes(1);
        while (system_clock().monotonic() < end) {
            for (auto& mail : folder.list(std::nullopt, channels::MailFolder::kept_max))
                if (mail.to.text == email && mail.kind == kind) return mail;
            std::this_thread::yield();
        }
        ADD_FAILURE() << "no mail of kind " << kind << " came to " << email;
        return {};
    }
    std::size_t mails() {
        return channels::MailFolder(folder_.path() / "mail").list(std::nullopt, channels::MailFolder::kept_max).size();
    }
    // As an operator, from one of our own pages.
    testing::HttpReply operate(std::string_view method, std::string const& target, std::string const& body = {}) {
        if (operator_.empty()) {
            run("user create", {{"email", "ops@example.com"}, {"password", good_password}, {"is_operator", "true"}});
            operator_ = sign_in("ops@example.com");
        }
        return ask(method, target, operator_, body);
    }

private:
    Headers operator_;
};

}  // namespace mainstay::app
