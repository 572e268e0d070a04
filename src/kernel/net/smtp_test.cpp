// Mail to a real SMTP server (npm's smtp-server), with and without TLS, and what it refuses.
#include "base/text.hpp"
#include "kernel/fields/fields.hpp"
#include "kernel/net/net.hpp"
#include "testing/testing.hpp"

#include <algorithm>

namespace mainstay::net {
namespace {

constexpr Instant now{1'792'000'000'000'000};

class SmtpTest : public ::testing::Test {
protected:
    SmtpTest() {
        mail.from = {"sender@example.com", "The Sender"};
        mail.to = {{"one@example.com"}};
        mail.subject = "Grüße";
        mail.text = "A text.\n.\r\n..dots\n";
        server.host = "localhost";
        server.user = "mailer";
        server.password = "ri\"ght ü";
        server.reach = Reach::internet_and_loopback;
        server.hello_name = "mail.example.com";
        server.ca_file = folder.path() / "certificate.pem";
    }

    void serve(std::string const& more = "") {
        mainstay::testing::ChildProcess made({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                                              "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                                              "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                                              path("key.pem"), "-out", path("certificate.pem")});
        ASSERT_EQ(made.wait(), 0);
        child = std::make_unique<mainstay::testing::ChildProcess>(std::vector<std::string>{
            "node", NET_TEST_SERVERS "/smtp_server.mjs",
            "{\"key\":\"" + path("key.pem") + "\",\"certificate\":\"" + path("certificate.pem") + "\"" + more + "}"});
        server.port = std::stoi(child->line_with("port ").substr(5));
    }
    std::string path(std::string_view name) const { return (folder.path() / name).string(); }
    MailResult send() const { return send_mail(mail, server, now); }

    json::Node const& taken() {
        EXPECT_FALSE(document.parse(child->line()));
        return document.root();
    }
    std::string text(std::string_view member) const { return std::string(document.root().find(member)->string); }
    std::string message() const {
        auto const bytes = from_base64url(text("message"));
        return {bytes->begin(), bytes->end()};
    }

    Mail mail;
    SmtpServer server;
    mainstay::testing::TemporaryFolder folder;
    std::unique_ptr<mainstay::testing::ChildProcess> child;
    json::Document document;
};

using State = MailResult::State;

TEST_F(SmtpTest, StartTlsThenCredentialsThenTheMailToEveryRecipient) {
    serve();
    mail.cc = {{"two@example.com", "Two"}};
    mail.bcc = {{"three@example.com"}};
    auto const result = send();
    EXPECT_EQ(result.state, State::sent) << result.text;
    EXPECT_TRUE(result.refused.empty());
    auto const& root = taken();
    EXPECT_TRUE(root.find("secure")->boolean);
    EXPECT_EQ(text("from"), "sender@example.com");
    EXPECT_EQ(text("method"), "PLAIN");
    EXPECT_EQ(text("hello"), "mail.example.com");
    ASSERT_EQ(root.find("to")->items.size(), 3u);
    EXPECT_EQ(root.find("to")->items[2].string, "three@example.com");
    EXPECT_EQ(message().find("three@"), std::string::npos);
    EXPECT_NE(message().find("Message-ID: <" + result.message_id + ">"), std::string::npos);
    EXPECT_NE(message().find("A text.\r\n.\r\n..dots\r\n"), std::string::npos);
}

TEST_F(SmtpTest, TlsFromTheFirstByteAndAuthLogin) {
    serve(",\"secure\":true,\"authMethods\":[\"LOGIN\"]");
    server.security = SmtpServer::Security::tls;
    mail.message_id = "job-1@example.com";
    auto const result = send();
    EXPECT_EQ(result.state, State::sent) << result.text;
    EXPECT_EQ(result.message_id, "job-1@example.com");
    taken();
    EXPECT_EQ(text("method"), "LOGIN");
}

TEST_F(SmtpTest, AWrongPasswordIsPermanentAndNotRepeatedInTheText) {
    serve();
    server.password = "hunter2";
    auto const result = send();
    EXPECT_EQ(result.state, State::permanent);
    EXPECT_EQ(result.code, 535);
    EXPECT_EQ(result.text.find("hunter2"), std::string::npos);
}

TEST_F(SmtpTest, CredentialsNeverGoWithoutTls) {
    serve(",\"hideSTARTTLS\":true,\"authOptional\":true");
    EXPECT_NE(send().state, State::sent) << "the server offers no STARTTLS";
    server.security = SmtpServer::Security::none;
    EXPECT_EQ(send().state, State::permanent) << "there are credentials";
    server.user = server.password = "";
    EXPECT_EQ(send().state, State::sent);
    EXPECT_FALSE(taken().find("secure")->boolean);
}

TEST_F(SmtpTest, ACertificateOfAStrangerOrForAnotherNameIsRefused) {
    serve();
    server.ca_file.clear();
    EXPECT_EQ(send().state, State::temporary);
    server.ca_file = path("certificate.pem");
    server.host = "127.0.0.1";
    EXPECT_EQ(send().state, State::temporary);
}

TEST_F(SmtpTest, RefusedRecipientsAreNamedAndTheOthersGetTheMail) {
    serve();
    mail.to = {{"one@example.com"}, {"refused@example.com"}, {"grey@example.com"}, {"four@example.com"}};
    auto const result = send();
    EXPECT_EQ(result.state, State::sent) << result.text;
    ASSERT_EQ(result.refused.size(), 2u);
    EXPECT_EQ(result.refused[0].address, "refused@example.com");
    EXPECT_EQ(result.refused[0].code, 550);
    EXPECT_TRUE(result.refused[0].is_permanent());
    EXPECT_EQ(result.refused[1].address, "grey@example.com");
    EXPECT_FALSE(result.refused[1].is_permanent());
    EXPECT_EQ(taken().find("to")->items.size(), 2u);
}

TEST_F(SmtpTest, WhenNobodyTakesItGreylistingIsTemporaryAndRefusalPermanent) {
    serve();
    mail.to = {{"grey@example.com"}};
    EXPECT_EQ(send().state, State::temporary);
    EXPECT_EQ(send().code, 451);
    mail.to = {{"refused@example.com"}, {"refused@example.org"}};
    EXPECT_EQ(send().state, State::permanent);
    mail.to = {{"refused@example.com"}, {"full@example.org"}};
    EXPECT_EQ(send().state, State::temporary) << "one of them may take it later";
    mail.to = {{"one@example.com"}};
    mail.from.address = "refused@example.com";
    EXPECT_EQ(send().state, State::permanent);
}

TEST_F(SmtpTest, AMailOverTheServersSizeIsPermanent) {
    serve(",\"size\":10000");
    mail.text = std::string(20'000, 'x');
    auto const result = send();
    EXPECT_EQ(result.state, State::permanent);
    EXPECT_EQ(result.code, 552);
}

TEST_F(SmtpTest, TheVerdictOnTheMailItselfCounts) {
    serve(",\"verdict\":554");
    EXPECT_EQ(send().state, State::permanent);
    serve(",\"verdict\":451");
    EXPECT_EQ(send().state, State::temporary);
}

TEST_F(SmtpTest, AnAnswerThatIsLostIsUnknownSoThatNobodySendsTwiceUnawares) {
    serve(",\"vanish\":true");
    EXPECT_EQ(send().state, State::unknown);
}

TEST_F(SmtpTest, NothingIsConnectedToTheOwnNetworkUnlessTheOperatorSaysSo) {
    serve();
    server.reach = Reach::internet;
    auto const result = send();
    EXPECT_EQ(result.state, State::temporary);
    EXPECT_NE(result.text.find("may be reached"), std::string::npos) << result.text;
}

TEST_F(SmtpTest, NoServerIsTemporaryAndAWrongSettingPermanent) {
    serve();
    child.reset();
    EXPECT_EQ(send().state, State::temporary);
    for (auto const* host : {"", "a b", "host/path", "user@host", "host\r\nQUIT", "h\xc3\xbc"}) {
        server.host = host;
        EXPECT_EQ(send().state, State::permanent) << host;
    }
}

TEST_F(SmtpTest, ALargeMailArrivesWhole) {
    serve();
    mail.attachments = {{"large.bin", "application/octet-stream", std::string(5 << 20, '\x01')}};
    EXPECT_EQ(send().state, State::sent);
    taken();
    EXPECT_GT(message().size(), 6u << 20);
}

}  // namespace
}  // namespace mainstay::net
