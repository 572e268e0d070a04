// Mails as an independent parser reads them, and what is refused before anything is written.
#include "kernel/net/mail_message.hpp"

#include "base/text.hpp"
#include "kernel/fields/fields.hpp"
#include "testing/testing.hpp"

#include <fstream>

namespace mainstay::net {
namespace {

constexpr Instant now{1'792'000'000'000'000};

class MailMessageTest : public ::testing::Test {
protected:
    MailMessageTest() {
        mail.from = {"sender@example.com", "The Sender"};
        mail.to = {{"one@example.com"}};
        mail.subject = "Hello";
        mail.text = "A text.\n";
    }

    // As Python's standard library reads it.
    json::Node const& read() {
        EXPECT_EQ(fault_of(mail), "");
        auto const path = (folder.path() / "mail").string();
        std::ofstream(path, std::ios::binary) << write_message(mail, "id@example.com", now);
        mainstay::testing::ChildProcess parser(
            {"/bin/sh", "-c", "exec python3 \"$0\" < \"$1\"", std::string(NET_TEST_SERVERS) + "/read_mail.py", path});
        EXPECT_FALSE(document.parse(parser.line()));
        auto const& root = document.root();
        EXPECT_TRUE(root.find("defects")->items.empty());
        for (auto const& part : root.find("parts")->items) EXPECT_TRUE(part.find("defects")->items.empty());
        EXPECT_LE(root.find("longest_line")->integer, 998);
        EXPECT_TRUE(root.find("is_ascii")->boolean);
        EXPECT_EQ(root.find("bare_line_ends")->integer, 0);
        return root;
    }
    static std::string header(json::Node const& root, std::string_view name) {
        auto const* const found = root.find("headers")->find(name);
        return found == nullptr ? "" : std::string(found->string);
    }
    static std::string part(json::Node const& root, std::size_t index, std::string_view member) {
        return std::string(root.find("parts")->items[index].find(member)->string);
    }
    bool refused() const { return !fault_of(mail).empty(); }

    Mail mail;
    json::Document document;
    mainstay::testing::TemporaryFolder folder;
};

TEST_F(MailMessageTest, APlainMailIsWhatWasGiven) {
    mail.cc = {{"cc@example.com", "Quoted \"Name\", Inc. \\"}};
    mail.bcc = {{"hidden@example.com"}};
    mail.reply_to = {{"answers@example.com"}};
    mail.headers = {{"List-Unsubscribe", "<https://example.com/off?t=1>, <mailto:off@example.com>"}};
    auto const& root = read();
    EXPECT_EQ(header(root, "subject"), "Hello");
    EXPECT_EQ(header(root, "message-id"), "<id@example.com>");
    EXPECT_EQ(header(root, "mime-version"), "1.0");
    EXPECT_EQ(header(root, "list-unsubscribe"), mail.headers[0].value);
    EXPECT_EQ(root.find("date")->integer, now.us / 1'000'000);
    EXPECT_EQ(root.find("from")->items[0].items[0].string, "The Sender");
    EXPECT_EQ(root.find("cc")->items[0].items[0].string, mail.cc[0].name);
    EXPECT_EQ(root.find("reply_to")->items[0].items[1].string, "answers@example.com");
    EXPECT_EQ(part(root, 0, "type"), "text/plain");
    EXPECT_EQ(part(root, 0, "content"), "A text.\n");
    EXPECT_EQ(write_message(mail, "i@a", now).find("hidden"), std::string::npos);
}

TEST_F(MailMessageTest, TextsOfAnyScriptAndLengthComeThrough) {
    std::string long_text;
    for (int i = 0; i < 60; ++i) long_text += "Größe 大きさ 🚀 ";
    mail.subject = long_text + "end";
    mail.from.name = "Zoë Müller 株式会社";
    mail.to = {{"one@example.com", "Ünal =?UTF-8?B?eA==?="}, {"two@example.com", "=?UTF-8?B?eA==?="}};
    mail.text =
        long_text + "=\ttab \nline with blank at its end \r\n.dot\r\n..\r\n" + std::string(3'000, 'x') + "\rlast=3D";
    auto const& root = read();
    EXPECT_EQ(header(root, "subject"), mail.subject);
    EXPECT_EQ(root.find("from")->items[0].items[0].string, mail.from.name);
    EXPECT_EQ(root.find("to")->items[0].items[0].string, mail.to[0].name);
    EXPECT_EQ(root.find("to")->items[1].items[0].string, mail.to[1].name);
    EXPECT_EQ(part(root, 0, "content"),
              long_text + "=\ttab \nline with blank at its end \n.dot\n..\n" + std::string(3'000, 'x') + "\nlast=3D\n");
}

TEST_F(MailMessageTest, LongPlainSubjectsAreFoldedAndThoseThatLookEncodedAreEncoded) {
    for (auto const& subject :
         {std::string("=?UTF-8?B?eA==?="), std::string(1'500, 'w'), "two  blanks " + std::string(70, 'v') + " end", [] {
              std::string words;
              for (int i = 0; i < 200; ++i) words += "word" + std::to_string(i) + " ";
              return words + "end";
          }()}) {
        mail.subject = subject;
        EXPECT_EQ(header(read(), "subject"), subject);
    }
}

TEST_F(MailMessageTest, AlternativesAndAttachmentsNest) {
    mail.html = "<p>Grüße</p>";
    std::string bytes;
    for (int i = 0; i < 1'000; ++i) bytes += static_cast<char>(i);
    mail.attachments = {{"plain.bin", "application/octet-stream", bytes},
                        {"Rechnung für März – 株式会社 " + std::string(60, 'z') + ".pdf", "application/pdf", ""},
                        {"quote\".txt", "text/csv", "a,b"}};
    auto const& root = read();
    std::vector<std::string> types;
    for (auto const& one : root.find("parts")->items) types.emplace_back(one.find("type")->string);
    EXPECT_EQ(types, (std::vector<std::string>{"multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                                               "application/octet-stream", "application/pdf", "text/csv"}));
    EXPECT_EQ(part(root, 3, "content"), "<p>Grüße</p>");
    EXPECT_EQ(part(root, 4, "file"), "plain.bin");
    EXPECT_EQ(part(root, 4, "content"), to_hex({reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()}));
    EXPECT_EQ(part(root, 5, "file"), mail.attachments[1].name);
    EXPECT_EQ(part(root, 6, "file"), "quote\".txt");
    mail.text.clear();
    mail.attachments.clear();
    EXPECT_EQ(part(read(), 0, "type"), "text/html");
}

TEST_F(MailMessageTest, NothingMakesASecondHeader) {
    Mail const good = mail;
    for (auto const& evil : {std::string("a\r\nBcc: x@example.com"), std::string("a\nb"), std::string("a\rb"),
                             std::string("a\0b", 3), std::string("\xff")}) {
        auto const is_refused = [&](auto const& change) {
            mail = good;
            change(mail);
            return refused();
        };
        EXPECT_TRUE(is_refused([&](Mail& m) { m.subject = evil; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.from.name = evil; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.from.address = evil; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.from.address = "a@b" + evil; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.to[0].name = evil; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.cc = {{evil}}; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.bcc = {{"<" + evil + ">"}}; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.reply_to = {{"a@b.c", evil}}; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.message_id = evil + "@b"; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.headers = {{"X-A", evil}}; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.headers = {{evil, "a"}}; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.attachments = {{evil, "a/b", ""}}; }));
        EXPECT_TRUE(is_refused([&](Mail& m) { m.attachments = {{"a", "a/b;" + evil, ""}}; }));
    }
    mail = good;
    for (auto const* name : {"Subject", "BCC", "Content-Type", "from", "Message-Id"}) {
        mail.headers = {{name, "x"}};
        EXPECT_TRUE(refused()) << name;
    }
}

TEST_F(MailMessageTest, WhatCannotBeSentIsRefused) {
    mail.text.clear();
    EXPECT_TRUE(refused());
    mail.text = "x";
    mail.to.clear();
    EXPECT_TRUE(refused());
    mail.to.assign(mail_recipients_max + 1, {"a@example.com"});
    EXPECT_TRUE(refused());
    mail.to.assign(1, {"a@example.com"});
    EXPECT_FALSE(refused());
    mail.attachments = {{"big", "a/b", std::string(mail_bytes_max + 1, 'x')}};
    EXPECT_TRUE(refused());
    mail.attachments = {{"nested", "message/rfc822", "x"}};
    EXPECT_TRUE(refused());
}

TEST(IsMailAddress, TakesWhatHostsUseAndNoMore) {
    for (auto const* good : {"a@b", "first.last+tag@sub.example.com", "o'neill/x=y{z}@xn--bcher-kva.example", "1@2.3"})
        EXPECT_TRUE(is_mail_address(good)) << good;
    for (auto const* bad : {"",       "a",      "@b",    "a@",   "a@b@c",   ".a@b",          "a.@b",
                            "a..b@c", "a b@c",  "<a@b>", "a@b>", "\"a\"@b", "a@[127.0.0.1]", "a@-b",
                            "a@b-",   "a@b..c", "ü@b",   "a@bü", "a,b@c",   "a@b c",         "a:b@c"})
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(64, 'b')));
}

}  // namespace
}  // namespace mainstay::net
