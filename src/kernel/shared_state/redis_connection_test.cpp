#include "kernel/shared_state/redis_connection.hpp"

#include "kernel/shared_state/redis_server_fixture.hpp"
#include "kernel/shared_state/shared_state.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace mainstay::shared_state {
namespace {

using redis_test::RedisServer;
using Reason = RedisError::Reason;

// Takes one connection and answers its first bytes with the text; then is silent until it goes.
class Impostor {
public:
    explicit Impostor(std::string reply) {
        std::tie(listener_, port_) = testing::listen_anywhere();
        thread_ = std::jthread([this, text = std::move(reply)] {
            int const client = accept(listener_, nullptr, nullptr);
            std::array<char, 4096> heard{};
            if (client >= 0 && recv(client, heard.data(), heard.size(), 0) > 0)
                send(client, text.data(), text.size(), MSG_NOSIGNAL);
            while (client >= 0 && recv(client, heard.data(), heard.size(), 0) > 0) {
            }
            if (client >= 0) close(client);
        });
    }
    ~Impostor() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    RedisPlace place() const { return {RedisUrl::parse("redis://127.0.0.1:" + std::to_string(port_)).value(), {}}; }

private:
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::jthread thread_;
};

template <class F>
std::optional<Reason> reason_of(F&& act) {
    try {
        act();
        return std::nullopt;
    } catch (RedisError const& error) {
        return error.reason;
    }
}

// Of opening a connection there.
std::optional<Reason> reason_at(RedisPlace const& place) {
    Interrupt const never;
    RedisConnection connection(place, never);
    return reason_of([&] { connection.open(); });
}

TEST(RedisReader, RepliesComeWholeHoweverTheirBytesArrive) {
    std::string const bytes = "+OK\r\n-ERR no\r\n:-7\r\n$3\r\na\nb\r\n$-1\r\n*3\r\n:1\r\n*1\r\n$0\r\n\r\n*-1\r\n*0\r\n";
    RedisReader reader;
    std::vector<RedisReply> replies;
    for (char const byte : bytes) {
        reader.feed({&byte, 1});
        while (auto reply = reader.next()) replies.push_back(std::move(*reply));
    }
    ASSERT_EQ(replies.size(), 7u);
    EXPECT_EQ(replies[0].as_text(), "OK");
    EXPECT_EQ(reason_of([&] { replies[1].as_text(); }), Reason::refused);
    EXPECT_EQ(replies[2].as_integer(), -7);
    EXPECT_EQ(replies[3].as_text(), "a\nb");
    EXPECT_EQ(replies[4].kind, RedisReply::Kind::nil);
    ASSERT_EQ(replies[5].as_list().size(), 3u);
    EXPECT_EQ(replies[5].items[1].as_list()[0].as_text(), "");
    EXPECT_EQ(replies[5].items[2].kind, RedisReply::Kind::nil);
    EXPECT_TRUE(replies[6].as_list().empty());
}

TEST(RedisReader, AReplyOfAnotherTypeIsMalformed) {
    RedisReader reader;
    reader.feed(":1\r\n");
    auto const reply = reader.next();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reason_of([&] { reply->as_text(); }), Reason::malformed);
    EXPECT_EQ(reason_of([&] { reply->as_list(); }), Reason::malformed);
}

TEST(RedisReader, WhatIsNoReplyOrPastALimitIsMalformed) {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "*1\r\n";
    for (std::string const& bytes : {std::string("HTTP/1.1 400 Bad Request\r\n\r\n"), std::string("*1000000000\r\n"),
                                     std::string("*4097\r\n"), std::string("*-2\r\n"), std::string("$-2\r\n"),
                                     std::string(":12x\r\n"), std::string(":99999999999999999999\r\n"),
                                     std::string("$99999999999999999999\r\n"), deep, std::string(1, '\0') + "\r\n"}) {
        RedisReader reader;
        EXPECT_EQ(reason_of([&] {
                      reader.feed(bytes);
                      reader.next();
                  }),
                  Reason::malformed)
            << bytes.substr(0, 40);
    }
}

TEST(RedisReader, ATextThatNeverEndsTakesNoMoreThanTheLimit) {
    RedisReader reader;
    reader.feed("$2000000000\r\n");
    std::string const piece(16u << 10, 'x');
    std::size_t fed = 0;
    EXPECT_EQ(reason_of([&] {
                  for (;; fed += piece.size()) {
                      reader.feed(piece);
                      EXPECT_FALSE(reader.next());
                  }
              }),
              Reason::malformed);
    EXPECT_LE(fed, reply_bytes_max);
}

TEST(RedisConnection, CommandsGoTogetherAndRepliesComeInTheirOrder) {
    RedisServer const server;
    Interrupt const never;
    RedisConnection connection(server.place(), never);
    std::string const binary("\r\n\0*1", 5);
    std::vector<RedisCommand> const commands{
        {"SET", binary, binary}, {"GET", binary}, {"INCR", binary}, {"GET", "none"}, {"DBSIZE"}};
    auto const replies = connection.run_all(commands);
    ASSERT_EQ(replies.size(), 5u);
    EXPECT_EQ(replies[1].as_text(), binary);
    EXPECT_EQ(replies[2].kind, RedisReply::Kind::error);
    EXPECT_EQ(replies[3].kind, RedisReply::Kind::nil);
    EXPECT_EQ(replies[4].as_integer(), 1);
    EXPECT_TRUE(connection.is_open());
}

TEST(RedisConnection, TheDatabaseOfTheUrlIsTheOneThatIsUsed) {
    RedisServer const server;
    RedisPlace place = server.place();
    place.url.database = 5;
    Interrupt const never;
    RedisConnection connection(place, never);
    connection.run({"SET", "a", "b"});
    EXPECT_EQ(server.run({"EXISTS", "a"}).as_integer(), 0);
    place.url.database = 99;
    EXPECT_EQ(reason_at(place), Reason::refused);
}

TEST(RedisConnection, UserAndPasswordAreRequiredAndEnough) {
    RedisServer const server({"--requirepass", "p@ss", "--user", "mainstay", "on", ">s:cret", "~*", "&*", "+@all"});
    auto const at = [&](std::string const& who) { return reason_at({RedisUrl::parse(server.url(who)).value(), {}}); };
    EXPECT_EQ(at(":p%40ss@"), std::nullopt);
    EXPECT_EQ(at("mainstay:s%3acret@"), std::nullopt);
    EXPECT_EQ(at(""), Reason::refused);
    EXPECT_EQ(at(":wrong@"), Reason::refused);
    EXPECT_EQ(at("mainstay:wrong@"), Reason::refused);
    EXPECT_EQ(at("nobody:p%40ss@"), Reason::refused);
}

TEST(RedisConnection, AServerOnIpv6IsReached) {
    if (!testing::has_ipv6_loopback()) {
        EXPECT_EQ(reason_at({RedisUrl::parse("redis://[::1]:9").value(), {}}), Reason::unreachable);
        return;
    }
    RedisServer const server({"--bind", "::1", "127.0.0.1"});  // listens in this order; the fixture asks the second
    EXPECT_EQ(reason_at({RedisUrl::parse(server.url({}, "[::1]")).value(), {}}), std::nullopt);
    EXPECT_EQ(reason_at({RedisUrl::parse(server.url({}, "localhost")).value(), {}}), std::nullopt);
}

TEST(RedisConnection, NobodyThereOrNoSuchNameIsUnreachable) {
    auto const [listener, port] = testing::listen_anywhere();
    close(listener);
    EXPECT_EQ(reason_at({RedisUrl::parse("redis://127.0.0.1:" + std::to_string(port)).value(), {}}),
              Reason::unreachable);
    EXPECT_EQ(reason_at({RedisUrl::parse("redis://no-such-host.invalid").value(), {}}), Reason::unreachable);
}

TEST(RedisConnection, AServerThatDoesNotAnswerIsGivenUpAtTheDeadline) {
    Impostor const silent("");
    Duration const began = system_clock().monotonic();
    EXPECT_EQ(reason_at(silent.place()), Reason::late);
    Duration const took = system_clock().monotonic() - began;
    EXPECT_GE(took, redis_connect_time);
    EXPECT_LT(took, redis_connect_time + seconds(2));
}

TEST(RedisConnection, HalfAReplyIsGivenUpAtTheDeadline) {
    Impostor const slow("*2\r\n$5\r\nPON");
    EXPECT_EQ(reason_at(slow.place()), Reason::late);
}

TEST(RedisConnection, WhatAnswersAnythingElseIsNoRedis) {
    Impostor const web("HTTP/1.1 400 Bad Request\r\n\r\n");
    EXPECT_EQ(reason_at(web.place()), Reason::malformed);
    Impostor const bomb("*1000000000\r\n");
    EXPECT_EQ(reason_at(bomb.place()), Reason::malformed);
    Impostor const other(":1\r\n");
    EXPECT_EQ(reason_at(other.place()), Reason::malformed);
}

TEST(RedisConnection, AnInterruptEndsWaitingAtOnce) {
    Impostor const silent("");
    Interrupt interrupt;
    RedisConnection connection(silent.place(), interrupt);
    std::jthread const other([&] { interrupt.set(); });
    Duration const began = system_clock().monotonic();
    EXPECT_EQ(reason_of([&] { connection.open(); }), Reason::interrupted);
    EXPECT_LT(system_clock().monotonic() - began, redis_connect_time);
}

TEST(RedisConnection, ItConnectsAnewAfterTheServerWasRestarted) {
    RedisServer server;
    Interrupt const never;
    RedisConnection connection(server.place(), never);
    connection.run({"SET", "a", "b"});
    server.kill_it();
    EXPECT_TRUE(reason_of([&] { connection.run({"GET", "a"}); }));
    EXPECT_FALSE(connection.is_open());
    EXPECT_TRUE(reason_of([&] { connection.run({"GET", "a"}); }));
    server.start();
    EXPECT_EQ(connection.run({"GET", "a"}).kind, RedisReply::Kind::nil);
}

class TlsTest : public ::testing::Test {
protected:
    // A certificate that is its own authority.
    void make_certificate(std::string const& names) {
        auto const log = file("openssl.log");
        testing::ChildProcess made(
            {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", file("key.pem"), "-out", file("cert.pem"), "-days", "2", "-subj", "/CN=test", "-addext",
             "subjectAltName=" + names},
            log);
        ASSERT_EQ(made.wait(), 0);
        server_ = std::make_unique<RedisServer>(
            testing::Words{"--tls-cert-file", file("cert.pem"), "--tls-key-file", file("key.pem"), "--tls-ca-cert-file",
                           file("cert.pem"), "--tls-auth-clients", "no"},
            "rediss://");
    }
    std::string file(std::string const& name) const { return (folder_.path() / name).string(); }
    std::optional<Reason> at(std::string const& host, std::string const& ca_file) const {
        return reason_at({RedisUrl::parse(server_->url({}, host)).value(), ca_file});
    }

    testing::TemporaryFolder folder_;
    std::unique_ptr<RedisServer> server_;
};

TEST_F(TlsTest, ACertificateOfTheNamedAuthorityIsBelievedForItsNamesAndAddresses) {
    make_certificate("DNS:localhost,IP:127.0.0.1");
    EXPECT_EQ(at("127.0.0.1", file("cert.pem")), std::nullopt);
    EXPECT_EQ(at("localhost", file("cert.pem")), std::nullopt);
    Interrupt const never;
    RedisPlace place{RedisUrl::parse(server_->url()).value(), file("cert.pem")};
    RedisConnection connection(place, never);
    std::string const large(500'000, 'x');
    connection.run({"SET", "a", large});
    EXPECT_EQ(connection.run({"GET", "a"}).as_text(), large);
}

TEST_F(TlsTest, NodesShareOverIt) {
    make_certificate("IP:127.0.0.1");
    Signals signals;
    SharedState node(RedisOptions{server_->url(), file("cert.pem")}, signals, system_clock());
    node.start();
    EXPECT_TRUE(testing::comes_true([&] { return node.counters().is_connected; }));
    node.limits().take("key", {"a test"}, system_clock().monotonic());
    node.settle();
    EXPECT_TRUE(testing::comes_true([&] { return node.counters().settled_keys == 1; }));
    EXPECT_EQ(check_redis({server_->url(), file("cert.pem")}), "");
    EXPECT_NE(check_redis({server_->url(), {}}), "");
}

TEST_F(TlsTest, AnUnknownAuthorityIsRefused) {
    make_certificate("DNS:localhost,IP:127.0.0.1");
    EXPECT_EQ(at("127.0.0.1", ""), Reason::unreachable);
    EXPECT_EQ(at("127.0.0.1", file("missing.pem")), Reason::unreachable);
}

TEST_F(TlsTest, ACertificateForAnotherHostIsRefused) {
    make_certificate("DNS:other.example,IP:192.0.2.1");
    EXPECT_EQ(at("127.0.0.1", file("cert.pem")), Reason::unreachable);
    EXPECT_EQ(at("localhost", file("cert.pem")), Reason::unreachable);
}

TEST_F(TlsTest, AServerWithoutTlsIsRefused) {
    RedisServer const plain;  // it waits for the end of what it takes for a line
    EXPECT_EQ(reason_at({RedisUrl::parse("rediss://127.0.0.1:" + std::to_string(plain.port())).value(), {}}),
              Reason::late);
}

}  // namespace
}  // namespace mainstay::shared_state
