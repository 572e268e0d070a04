// Mails that are caused, sent once and kept in the folder; the server is a real one (npm's smtp-server).
#include "platform/channels/channels_store.hpp"

#include "base/text.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace mainstay::channels {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MailTest : public testing::Engines {
protected:
    MailTest() { migrate({events::migrations(), flow::migrations(), migrations()}); }

    MailId cause(std::string const& to = "ada@example.com") {
        return database().write(mine, [&](Transaction& tx) { return send_mail(tx, letter_to(to)); });
    }
    static Mail letter_to(std::string const& to) {
        return write_letter("greeting", {to}, "Hello",
                            {{"Good morning, <Ada>."}, "Come in", "https://example.com/in#token=secret", {"Bye."}});
    }
    // With the server, or without one the folder.
    void run(std::string const& smtp = {}) {
        flow::Engine engine(database(), clock, {.queue = std::string(mail_queue)});
        engine.add(mail_job({smtp, "Sender <sender@example.com>"}, mails_, clock));
        engine.run_until_idle();
    }
    std::string serve(std::string const& options = {}) {
        server_ = std::make_unique<testing::ChildProcess>(
            std::vector<std::string>{"node", NET_TEST_SERVERS "/smtp_server.mjs",
                                     R"({"hideSTARTTLS":true,"authOptional":true)" + options + "}"});
        return "smtp-plain://127.0.0.1:" + server_->line_with("port ").substr(5);
    }
    std::string taken() {
        json::Document document;
        EXPECT_FALSE(document.parse(server_->line()));
        EXPECT_EQ(document.root().find("hello")->string, "example.com") << "the sender's domain";
        auto const bytes = from_base64url(std::string(document.root().find("message")->string));
        return {bytes->begin(), bytes->end()};
    }
    flow::Job job() {
        return database().read(
            mine, [&](Snapshot& snapshot) { return flow::list_jobs(snapshot, {}, std::nullopt, 1).at(0); });
    }
    void put_back() {
        auto const id = job().id;
        EXPECT_TRUE(database().write(mine, [&](Transaction& tx) { return flow::retry_job(tx, id); }));
    }
    bool is_kept(MailId id) {
        return database().read(mine, [&](Snapshot& snapshot) { return find_mail(snapshot, id).has_value(); });
    }

    testing::TemporaryFolder folder_;
    std::filesystem::path const path_ = folder_.path();
    MailFolder mails_{path_ / "mail"};
    std::unique_ptr<testing::ChildProcess> server_;
};
INSTANTIATE_TEST_SUITE_P(Engines, MailTest, testing::each_engine(), testing::engine_name);

TEST_P(MailTest, WithoutAServerAMailIsAFileThatMailProgramsOpen) {
    auto const id = cause();
    EXPECT_TRUE(mails_.list(std::nullopt, 10).empty());
    run();
    auto const kept = mails_.find(id);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->tenant_id, mine);
    EXPECT_EQ(kept->to.text, "ada@example.com");
    EXPECT_THAT(kept->text, HasSubstr("Come in:\nhttps://example.com/in#token=secret\n"));
    EXPECT_THAT(kept->html, HasSubstr("Good morning, &lt;Ada&gt;."));
    std::ifstream in(path_ / "mail" / (id.to_string() + ".eml"), std::ios::binary);
    std::string const message(std::istreambuf_iterator<char>(in), {});
    EXPECT_THAT(message, HasSubstr("Subject: Hello\r\n"));
    EXPECT_THAT(message, HasSubstr("Message-ID: <" + id.to_string() + "@example.com>\r\n"));
}

TEST_P(MailTest, AMailIsCausedOrRolledBackWithItsCaller) {
    EXPECT_THROW(database().write(mine,
                                  [&](Transaction& tx) {
                                      send_mail(tx, letter_to("ada@example.com"));
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    run();
    EXPECT_TRUE(mails_.list(std::nullopt, 10).empty());
}

TEST_P(MailTest, AServerGetsTheMailOnceAndItsLinkIsKeptNowhere) {
    auto const url = serve();
    auto const id = cause();
    EXPECT_TRUE(is_kept(id));
    run(url);
    auto const message = taken();
    EXPECT_THAT(message, HasSubstr("To: ada@example.com\r\n"));
    EXPECT_THAT(message, HasSubstr("Message-ID: <" + id.to_string() + "@example.com>\r\n"));
    EXPECT_EQ(job().state, flow::JobState::completed);
    EXPECT_FALSE(is_kept(id));
    EXPECT_THAT(fields::to_json(job()), Not(HasSubstr("secret")));
    EXPECT_TRUE(mails_.list(std::nullopt, 10).empty());
}

TEST_P(MailTest, ARecipientWhoIsRefusedForGoodIsNotTriedAgain) {
    cause("refused@example.com");
    run(serve());
    EXPECT_EQ(job().state, flow::JobState::dead);
    EXPECT_EQ(job().attempts, 1);
    EXPECT_THAT(job().last_error.value(), HasSubstr("550"));
}

TEST_P(MailTest, WhoeverIsToldToComeBackLaterTriesAgainAfterAPause) {
    auto const id = cause("grey@example.com");
    run(serve());
    EXPECT_EQ(job().state, flow::JobState::waiting);
    EXPECT_EQ(job().run_at, clock.now() + minutes(5));
    clock.advance(minutes(5));
    auto const url = serve();
    run(url);
    EXPECT_EQ(job().attempts, 2);
    EXPECT_TRUE(is_kept(id));
}

TEST_P(MailTest, AServerThatIsAwayIsTriedAgain) {
    cause();
    run("smtp-plain://127.0.0.1:1");
    EXPECT_EQ(job().state, flow::JobState::waiting);
    clock.advance(minutes(2));
    run(serve());
    EXPECT_EQ(job().state, flow::JobState::completed);
    EXPECT_THAT(taken(), HasSubstr("Subject: Hello"));
}

TEST_P(MailTest, AMailWhoseAnswerWasLostIsNotSentAgainUntilSomebodySaysSo) {
    cause();
    run(serve(R"(,"vanish":true)"));
    EXPECT_EQ(job().state, flow::JobState::dead);
    EXPECT_THAT(job().last_error.value(), HasSubstr("may have been sent"));
    put_back();
    run(serve());
    EXPECT_EQ(job().state, flow::JobState::completed);
    EXPECT_THAT(taken(), HasSubstr("Subject: Hello"));
}

TEST_P(MailTest, AMailWhoseProcessEndedWhileItWasHandedOverIsNotSentAgainUntilSomebodySaysSo) {
    auto const id = cause();
    database().write(mine, [&](Transaction& tx) { set_begun(tx, id, tx.now()); });
    auto const url = serve();
    run(url);
    EXPECT_EQ(job().state, flow::JobState::dead);
    EXPECT_TRUE(is_kept(id));
    put_back();
    run(url);
    EXPECT_EQ(job().state, flow::JobState::completed);
    taken();
}

TEST_P(MailTest, AMailThatWasSentIsNotSentAgainThoughItsJobDidNotEnd) {
    auto const id = cause();
    database().write(mine, [&](Transaction& tx) { remove_mail(tx, id); });
    run("smtp-plain://127.0.0.1:1");
    EXPECT_EQ(job().state, flow::JobState::completed);
}

TEST_P(MailTest, WhatCouldNotBeSentIsForgottenAfterAWeek) {
    auto const id = cause("refused@example.com");
    run(serve());
    EXPECT_TRUE(is_kept(id));
    clock.advance(mail_kept + seconds(1));
    auto const next = cause();
    EXPECT_FALSE(is_kept(id));
    EXPECT_TRUE(is_kept(next));
}

TEST_P(MailTest, NothingMakesASecondHeaderOfASubject) {
    auto mail = letter_to("ada@example.com");
    mail.subject = "Hello\r\nBcc: eve@example.com";
    auto const id = database().write(mine, [&](Transaction& tx) { return send_mail(tx, mail); });
    run();
    EXPECT_EQ(mails_.find(id)->subject, "Hello  Bcc: eve@example.com");
}

TEST(MailFolder, KeepsTheNewestAndListsThemFirst) {
    testing::TemporaryFolder const folder;
    MailFolder const mails(folder.path() / "mail");
    KeptMail mail{{}, TenantId::make(Instant{1}), "greeting", {"ada@example.com"}, "Hello", {}, "text", "html"};
    for (std::size_t i = 0; i < MailFolder::kept_max + 3; ++i) {
        mail.id = MailId::make(Instant{static_cast<std::int64_t>(i + 1) * 1'000'000});
        mail.subject = std::to_string(i);
        mails.put(mail, "message");
    }
    auto const first = mails.list(std::nullopt, 2);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[0].id, mail.id);
    EXPECT_EQ(mails.list(first[1].id, 1).at(0).subject, std::to_string(MailFolder::kept_max));
    auto const all = mails.list(std::nullopt, 2 * MailFolder::kept_max);
    EXPECT_EQ(all.size(), MailFolder::kept_max);
    EXPECT_EQ(all.back().subject, "3");
    auto const files = std::distance(std::filesystem::directory_iterator(folder.path() / "mail"), {});
    EXPECT_EQ(static_cast<std::size_t>(files), 2 * MailFolder::kept_max);
}

TEST(MailSettings, AUrlSaysHowToReachTheServer) {
    auto const relay = smtp_server_of("smtp://mailer:p%40ss%3A@mail.example.com");
    EXPECT_EQ(relay.host, "mail.example.com");
    EXPECT_EQ(relay.port, 587);
    EXPECT_EQ(relay.user, "mailer");
    EXPECT_EQ(relay.password, "p@ss:");
    EXPECT_EQ(relay.security, net::SmtpServer::Security::starttls);
    EXPECT_EQ(smtp_server_of("smtps://mail.example.com:2465/").port, 2465);
    EXPECT_EQ(smtp_server_of("smtps://[::1]").port, 465);
    EXPECT_EQ(smtp_server_of("smtps://[::1]").host, "[::1]");
    EXPECT_EQ(smtp_server_of("smtp-plain://localhost").security, net::SmtpServer::Security::none);
}

TEST(MailSettings, WhatIsWrongIsRefusedWithoutTheWordsOfThePassword) {
    for (auto const* url :
         {"", "http://mail.example.com", "smtp://", "smtp://user:hidden@", "smtp://user:hidden@host:x",
          "smtp://host/path", "smtp-plain://user:hidden@host", "smtp://user:hidden%zz@host"}) {
        try {
            smtp_server_of(url);
            ADD_FAILURE() << url;
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.problems().at(0).pointer, "/smtp");
            EXPECT_THAT(fault.problems().at(0).message + fault.what(), Not(HasSubstr("hidden")));
        }
    }
    EXPECT_EQ(mailbox_of("Acme & Sons <mail@example.com>").name, "Acme & Sons");
    for (auto const* from : {"", "Acme", "Acme <mail@example.com", "<>"}) EXPECT_THROW(mailbox_of(from), Fault) << from;
}

}  // namespace
}  // namespace mainstay::channels
