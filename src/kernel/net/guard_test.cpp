// The wall towards the own network, and TLS: tried through names, redirects of the name server, and certificates.
#include "kernel/net/net_test_support.hpp"
#include "testing/testing.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <fstream>
#include <future>
#include <map>

namespace {

// What the name server says of names that end in .guard-test; set by the tests below.
struct Names {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, std::vector<std::string>> answers;  // one for each time it is asked, the last for ever
    std::map<std::string, std::size_t> asked;
    bool is_silent = false;
};
Names names;

std::optional<std::string> answer(std::string const& name) {
    std::unique_lock lock(names.mutex);
    ++names.asked["any"];
    names.changed.notify_all();
    names.changed.wait(lock, [] { return !names.is_silent; });
    auto const found = names.answers.find(name);
    if (found == names.answers.end()) return std::nullopt;
    auto const at = std::min(names.asked[name]++, found->second.size() - 1);
    return found->second[at];
}

}  // namespace

// In the place of the C library's, for libcurl as well.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the names there are reserved ones.
extern "C" int getaddrinfo(char const* node, char const* service, addrinfo const* hints, addrinfo** result) {
    using Original = int (*)(char const*, char const*, addrinfo const*, addrinfo**);
    static auto const original = reinterpret_cast<Original>(dlsym(RTLD_NEXT, "getaddrinfo"));
    if (node == nullptr || !std::string_view(node).ends_with(".guard-test"))
        return original(node, service, hints, result);
    auto const address = answer(node);
    return address ? original(address->c_str(), service, hints, result) : EAI_NONAME;
}

namespace mainstay::net {
namespace {

using testing::Asked;
using testing::failure_of;
using testing::Peer;
using testing::reply_of;
using testing::TestServer;

class GuardTest : public ::testing::Test {
protected:
    GuardTest() {
        std::lock_guard const lock(names.mutex);
        names.answers.clear();
        names.asked.clear();
    }
    FailureReason reason(Client& client, std::string url) {
        return failure_of(client.fetch({.url = std::move(url), .limits = {.connect_time = seconds(10)}})).reason;
    }
    std::string port() const { return ":" + std::to_string(server.port()) + "/"; }

    TestServer server{[](Peer& peer, Asked const&) { peer.reply(200, "secret"); }};
    Client guarded{{}, system_clock()};
};

TEST_F(GuardTest, NothingConnectsToTheOwnMachineOrNetworkHoweverItIsSpelled) {
    for (auto const* host : {"127.0.0.1",
                             "2130706433",
                             "0x7f000001",
                             "0177.0.0.1",
                             "127.1",
                             "127.0.0.1.",
                             "localhost",
                             "LOCALHOST.",
                             "sub.localhost",
                             "0.0.0.0",
                             "0",
                             "[::1]",
                             "[::]",
                             "[::ffff:127.0.0.1]",
                             "[::ffff:7f00:1]",
                             "[64:ff9b::127.0.0.1]",
                             "[::127.0.0.1]",
                             "10.0.0.1",
                             "169.254.169.254",
                             "[fd00:ec2::254]",
                             "[fe80::1]",
                             "100.100.100.200",
                             "168.63.129.16"})
        EXPECT_EQ(reason(guarded, "http://" + std::string(host) + port()), FailureReason::refused_address) << host;
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(GuardTest, ANameThatLeadsInsideIsRefused) {
    names.answers["inside.guard-test"] = {"127.0.0.1"};
    names.answers["metadata.guard-test"] = {"169.254.169.254"};
    names.answers["mapped.guard-test"] = {"::ffff:127.0.0.1"};
    for (auto const* name : {"inside.guard-test", "metadata.guard-test", "mapped.guard-test"})
        EXPECT_EQ(reason(guarded, "http://" + std::string(name) + port()), FailureReason::refused_address) << name;
    EXPECT_EQ(reason(guarded, "http://nobody.guard-test" + port()), FailureReason::dns);
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(GuardTest, ANameThatChangesItsAddressIsCheckedAtEachConnection) {
    names.answers["rebind.guard-test"] = {"127.0.0.1", "10.0.0.1"};
    Client client(testing::loopback_allowed(), system_clock());
    EXPECT_EQ(reply_of(client.fetch({.url = "http://rebind.guard-test" + port()})).body, "secret");
    Client later(testing::loopback_allowed(), system_clock());
    EXPECT_EQ(reason(later, "http://rebind.guard-test" + port()), FailureReason::refused_address);
}

TEST_F(GuardTest, TheFailureDoesNotTellWhatAnInternalNameIs) {
    names.answers["inside.guard-test"] = {"10.1.2.3"};
    auto const outcome = guarded.fetch({.url = "http://inside.guard-test/"});
    EXPECT_EQ(failure_of(outcome).text.find("10.1.2.3"), std::string::npos);
}

TEST_F(GuardTest, ASilentNameServerHoldsUpNobodyElse) {
    Client client({.reach = Reach::internet_and_loopback, .looking_up_max = 2}, system_clock());
    {
        std::lock_guard const lock(names.mutex);
        names.is_silent = true;
    }
    std::promise<Outcome> cancelled, late;
    auto const id = client.submit({.url = "http://slow.guard-test/"},
                                  [&](Outcome outcome) { cancelled.set_value(std::move(outcome)); });
    {
        std::unique_lock lock(names.mutex);
        names.changed.wait(lock, [] { return names.asked["any"] > 0; });
    }
    EXPECT_EQ(reply_of(client.fetch({.url = "http://127.0.0.1" + port()})).body, "secret");
    client.cancel(id);
    EXPECT_EQ(failure_of(cancelled.get_future().get()).reason, FailureReason::cancelled);
    EXPECT_EQ(
        failure_of(client.fetch({.url = "http://slow.guard-test/", .limits = {.total_time = milliseconds(60)}})).reason,
        FailureReason::timeout);
    EXPECT_EQ(reply_of(client.fetch({.url = "http://127.0.0.1" + port()})).body, "secret");
    std::lock_guard const lock(names.mutex);
    names.is_silent = false;
    names.changed.notify_all();
}

TEST_F(GuardTest, ProxiesOfTheEnvironmentAreIgnored) {
    for (auto const* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"})
        ::setenv(name, "http://127.0.0.1:9", 1);
    Client client(testing::loopback_allowed(), system_clock());
    EXPECT_EQ(reply_of(client.fetch({.url = server.url()})).body, "secret");
    for (auto const* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
}

// openssl s_server with a certificate of a authority made here; its files are whole replies.
class TlsTest : public ::testing::Test {
protected:
    void make_certificate(std::string const& name, std::string const& days = "2") {
        mainstay::testing::ChildProcess made({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                                              "ec_paramgen_curve:P-256", "-nodes", "-days", days, "-subj",
                                              "/CN=" + name, "-addext", "subjectAltName=DNS:" + name, "-keyout",
                                              path("key.pem"), "-out", path("certificate.pem")});
        ASSERT_EQ(made.wait(), 0);
    }
    void serve(std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"/bin/sh", "-c",
                                           "cd \"$0\" && exec openssl s_server -HTTP -accept 127.0.0.1:0 "
                                           "-cert certificate.pem -key key.pem \"$@\" 2>&1",
                                           folder.path().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        server = std::make_unique<mainstay::testing::ChildProcess>(arguments);
        auto const line = server->line_with("ACCEPT");
        port = line.substr(line.rfind(':') + 1);
    }
    std::string path(std::string_view name) const { return (folder.path() / name).string(); }
    void page(std::string_view name, std::string_view reply) const { std::ofstream(path(name)) << reply; }
    std::string url(std::string_view name) const { return "https://localhost:" + port + "/" + std::string(name); }

    mainstay::testing::TemporaryFolder folder;
    std::unique_ptr<mainstay::testing::ChildProcess> server;
    std::string port;
};

TEST_F(TlsTest, ACertificateOfAKnownAuthorityForTheNameIsTakenAndNoOther) {
    make_certificate("localhost");
    page("page", "HTTP/1.0 200 OK\r\n\r\nover TLS");
    serve();
    auto options = testing::loopback_allowed();
    Client stranger(options, system_clock());
    EXPECT_EQ(failure_of(stranger.fetch({.url = url("page")})).reason, FailureReason::tls);
    options.ca_file = path("certificate.pem");
    Client client(options, system_clock());
    EXPECT_EQ(reply_of(client.fetch({.url = url("page")})).body, "over TLS");
    EXPECT_EQ(failure_of(client.fetch({.url = "https://127.0.0.1:" + port + "/page"})).reason, FailureReason::tls)
        << "the certificate names localhost";
}

TEST_F(TlsTest, OlderTlsIsRefused) {
    make_certificate("localhost");
    serve({"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
    auto options = testing::loopback_allowed();
    options.ca_file = path("certificate.pem");
    Client client(options, system_clock());
    EXPECT_EQ(failure_of(client.fetch({.url = url("page")})).reason, FailureReason::tls);
}

TEST_F(TlsTest, ARedirectToPlainHttpIsFollowedOnlyWithoutCredentials) {
    TestServer plain([](Peer& peer, Asked const& asked) { peer.reply(200, "plain" + asked.header("Authorization")); });
    make_certificate("localhost");
    page("down", "HTTP/1.0 302 Found\r\nLocation: " + plain.url() + "\r\n\r\n");
    serve();
    auto options = testing::loopback_allowed();
    options.ca_file = path("certificate.pem");
    Client client(options, system_clock());
    EXPECT_EQ(reply_of(client.fetch({.url = url("down")})).body, "plain");
    EXPECT_EQ(failure_of(client.fetch({.url = url("down"), .headers = {{"Authorization", "Bearer x"}}})).reason,
              FailureReason::redirect);
    EXPECT_EQ(plain.requests(), 1);
}

}  // namespace
}  // namespace mainstay::net
