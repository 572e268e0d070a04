// Rules of outgoing traffic, case by case.
#include "kernel/net/net_rules.hpp"

#include <gtest/gtest.h>

namespace mainstay::net {
namespace {

bool may_reach(char const* text, Reach reach = Reach::internet) {
    auto const address = IpAddress::parse(text);
    EXPECT_TRUE(address) << text;
    return net::may_reach(*address, reach);
}

TEST(MayReach, RefusesWhateverIsNotOfTheWholeInternet) {
    for (auto const* text :
         {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
          "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2",
          "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1",
          "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
          "239.255.255.255", "240.0.0.1", "255.255.255.255",
          // IPv6
          "::", "::1", "::2", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
          "::ffff:169.254.169.254", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe",
          "64:ff9b:1::8.8.8.8", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1",
          "2001:db8::1", "2002::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "4000::1", "5f00::1", "fc00::1",
          "fd00:ec2::254", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1"})
        EXPECT_FALSE(may_reach(text)) << text;
}

TEST(MayReach, LetsPublicAddressesPass) {
    for (auto const* text : {"1.1.1.1",        "8.8.8.8",          "9.255.255.255",     "11.0.0.0",
                             "100.63.255.255", "100.128.0.0",      "126.255.255.255",   "128.0.0.1",
                             "168.63.129.15",  "168.63.129.17",    "169.253.255.255",   "169.255.0.0",
                             "172.15.255.255", "172.32.0.0",       "192.0.1.0",         "192.167.255.255",
                             "192.169.0.0",    "198.17.255.255",   "198.20.0.0",        "223.255.255.255",
                             "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2001:200::1",       "2001:4860:4860::8888",
                             "2003::1",        "2606:4700::1111",  "2a00:1450:4001::1", "3ffe::1"})
        EXPECT_TRUE(may_reach(text)) << text;
}

TEST(MayReach, AClientMayBeMadeToReachFurther) {
    EXPECT_TRUE(may_reach("127.0.0.1", Reach::internet_and_loopback));
    EXPECT_TRUE(may_reach("::1", Reach::internet_and_loopback));
    EXPECT_FALSE(may_reach("10.0.0.1", Reach::internet_and_loopback));
    EXPECT_FALSE(may_reach("169.254.169.254", Reach::internet_and_loopback));
    EXPECT_TRUE(may_reach("10.0.0.1", Reach::anywhere));
}

TEST(FaultOf, HeadersAndMethodsThatWouldBreakTheMessageAreRefused) {
    using Headers = std::vector<Header>;
    auto const with = [](std::string name, std::string value) {
        return fault_of({.url = "http://a/", .headers = Headers{{std::move(name), std::move(value)}}});
    };
    EXPECT_EQ(with("X-Fine", "a value with \t tab and \xc3\xbc"), "");
    for (auto const& value : {std::string("a\r\nb"), std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3),
                              std::string("\x7f"), std::string("\x1b[2J")})
        EXPECT_NE(with("X-Value", value), "");
    for (auto const& name : {std::string(), std::string("a b"), std::string("a:"), std::string("a\r\nb"),
                             std::string("a\0b", 3), std::string("\xc3\xbc")})
        EXPECT_NE(with(name, "x"), "");
    for (auto const* name : {"Host", "content-length", "Transfer-Encoding", "Connection", "Expect", "Upgrade", "TE"})
        EXPECT_NE(with(name, "x"), "") << name;
    for (auto const* method : {"", "GE T", "GET\r\n", "CONNECT", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
        EXPECT_NE(fault_of({.method = method, .url = "http://a/"}), "") << method;
    EXPECT_NE(fault_of({.url = "http://a/", .headers = Headers(101, {"a", "b"})}), "");
    EXPECT_NE(fault_of({.url = "http://a/", .headers = {{"a", std::string(20'000, 'x')}}}), "");
}

TEST(Follow, MethodsChangeAsBrowsersChangeThem) {
    struct Case {
        int status;
        char const *method, *then;
        bool keeps_body;
    };
    for (auto const& [status, method, then, keeps_body] :
         {Case{301, "POST", "GET", false}, Case{302, "POST", "GET", false}, Case{303, "POST", "GET", false},
          Case{303, "PUT", "GET", false}, Case{303, "HEAD", "HEAD", true}, Case{301, "PUT", "PUT", true},
          Case{302, "DELETE", "DELETE", true}, Case{307, "POST", "POST", true}, Case{308, "POST", "POST", true},
          Case{302, "GET", "GET", true}}) {
        auto const hop = follow("https://a:443", "https://a:443", status, method, false, {{"Content-Type", "x"}});
        EXPECT_EQ(hop.method, then) << status << method;
        EXPECT_EQ(hop.keeps_body, keeps_body) << status << method;
        EXPECT_EQ(hop.headers.empty(), !keeps_body) << status << method;
    }
}

TEST(Follow, CredentialsStayWithTheirOrigin) {
    std::vector<Header> const headers{
        {"AUTHORIZATION", "Bearer x"}, {"Cookie", "a=b"}, {"X-Api-Key", "k", true}, {"Accept", "*/*"}};
    EXPECT_EQ(follow("https://a:443", "https://a:443", 302, "GET", false, headers).headers.size(), 4u);
    for (auto const* to : {"https://b:443", "https://a:8443", "https://sub.a:443"}) {
        auto const hop = follow("https://a:443", to, 302, "GET", false, headers);
        EXPECT_TRUE(hop.is_allowed);
        ASSERT_EQ(hop.headers.size(), 1u) << to;
        EXPECT_EQ(hop.headers[0].name, "Accept");
    }
}

TEST(Follow, TlsIsNotGivenUpWithACredentialOrABody) {
    EXPECT_FALSE(follow("https://a:443", "http://a:80", 302, "GET", false, {{"Authorization", "x"}}).is_allowed);
    EXPECT_FALSE(follow("https://a:443", "http://a:80", 307, "POST", true, {}).is_allowed);
    EXPECT_TRUE(follow("https://a:443", "http://a:80", 302, "POST", true, {}).is_allowed);
    EXPECT_TRUE(follow("https://a:443", "http://a:80", 302, "GET", false, {}).is_allowed);
    EXPECT_TRUE(follow("http://a:80", "https://a:443", 302, "GET", false, {{"Authorization", "x"}}).is_allowed);
}

TEST(Retries, OnlyWhatMayRunTwiceIsRepeated) {
    EXPECT_TRUE(may_repeat({.method = "PUT", .attempts_max = 2}));
    EXPECT_FALSE(may_repeat({.method = "GET", .attempts_max = 1}));
    EXPECT_FALSE(may_repeat({.method = "POST", .attempts_max = 5}));
    EXPECT_TRUE(may_repeat({.method = "POST", .attempts_max = 5, .has_idempotency_key = true}));
    EXPECT_FALSE(is_worth_repeating(400));
    EXPECT_FALSE(is_worth_repeating(501));
    EXPECT_TRUE(is_worth_repeating(429));
    EXPECT_FALSE(is_worth_repeating(FailureReason::refused_address));
    EXPECT_FALSE(is_worth_repeating(FailureReason::too_large));
    EXPECT_FALSE(is_worth_repeating(FailureReason::cancelled));
}

TEST(Retries, WaitsDoubleUpToTheLongestAndAreSpread) {
    Request const request{.first_wait = seconds(1), .longest_wait = seconds(5)};
    for (auto const& [attempt, whole] : {std::pair{2, 1}, {3, 2}, {4, 4}, {5, 5}, {50, 5}}) {
        EXPECT_EQ(wait_before(attempt, request, 0), seconds(whole)) << attempt;
        EXPECT_EQ(wait_before(attempt, request, static_cast<std::uint64_t>(seconds(whole).us) / 2),
                  milliseconds(whole * 500));
        for (std::uint64_t random : {7'654'321ull, ~0ull}) {
            EXPECT_LE(wait_before(attempt, request, random), seconds(whole));
            EXPECT_GE(wait_before(attempt, request, random), milliseconds(whole * 500));
        }
    }
}

TEST(RetryAfter, IsSecondsOrADate) {
    Instant const now = *parse_rfc3339("1994-11-06T08:49:30Z");
    EXPECT_EQ(read_retry_after("120", now), seconds(120));
    EXPECT_EQ(read_retry_after(" 0 ", now), seconds(0));
    EXPECT_EQ(read_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), seconds(7));
    EXPECT_EQ(read_retry_after("Sun, 06 Nov 1994 08:49:20 GMT", now), seconds(0));
    EXPECT_EQ(read_retry_after("999999999999999", now), seconds(1'000'000'000));
    for (auto const* text :
         {"", "-1", "1.5", "soon", "12 s", "99999999999999999999", "Sun, 06 Noe 1994 08:49:37 GMT",
          "Sun, 06 ovD 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"})
        EXPECT_FALSE(read_retry_after(text, now)) << text;
}

class BreakerTest : public testing::Test {
protected:
    bool passes() { return breaker.lets_pass(rule, now); }
    void fail(int times = 1) {
        for (int i = 0; i < times; ++i) breaker.failed(rule, now);
    }
    BreakerRule const rule{.failures = 3, .window = seconds(10), .open_time = seconds(30)};
    Breaker breaker;
    Duration now = seconds(100);
};

TEST_F(BreakerTest, OpensAfterAsManyFailuresWithinTheWindow) {
    fail(2);
    EXPECT_TRUE(passes());
    now = now + seconds(10);
    fail();
    EXPECT_FALSE(passes());
}

TEST_F(BreakerTest, StaysClosedWhenFailuresAreFurtherApart) {
    for (int i = 0; i < 20; ++i) {
        fail();
        EXPECT_TRUE(passes());
        now = now + milliseconds(5'001);
    }
}

TEST_F(BreakerTest, OneRequestTriesOnceTheTimeIsOver) {
    fail(3);
    now = now + milliseconds(29'999);
    EXPECT_FALSE(passes());
    now = now + milliseconds(1);
    EXPECT_TRUE(passes());
    EXPECT_FALSE(passes()) << "while the first tries";
    breaker.failed(rule, now);
    EXPECT_FALSE(passes());
    now = now + seconds(30);
    EXPECT_TRUE(passes());
    breaker.gave_up();
    EXPECT_TRUE(passes()) << "the one before told nothing";
    breaker.succeeded();
    EXPECT_TRUE(passes());
    EXPECT_TRUE(passes());
    fail(2);
    EXPECT_TRUE(passes()) << "begins anew";
}

}  // namespace
}  // namespace mainstay::net
