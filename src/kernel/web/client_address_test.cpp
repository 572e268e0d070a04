#include "kernel/web/client_address.hpp"

#include <gtest/gtest.h>

namespace mainstay::web {
namespace {

std::vector<Network> const proxies{Network::parse("127.0.0.1").value(), Network::parse("10.0.0.0/8").value(),
                                   Network::parse("2001:db8:ffff::/48").value()};

std::string client_of(std::vector<std::string> const& lines) {
    std::vector<Header> headers{{"Host", "app.example.com"}};
    for (std::string const& line : lines) headers.push_back({"X-Forwarded-For", line});
    return forwarded_address("127.0.0.1", headers, proxies);
}

TEST(ClientAddress, IsTheLastEntryThatIsNoProxy) {
    EXPECT_EQ(client_of({"203.0.113.7"}), "203.0.113.7");
    EXPECT_EQ(client_of({"203.0.113.7, 10.1.2.3"}), "203.0.113.7");
    EXPECT_EQ(client_of({"203.0.113.7,10.1.2.3,\t127.0.0.1 "}), "203.0.113.7");
    EXPECT_EQ(client_of({"2001:DB8::7, 2001:db8:ffff::1"}), "2001:db8::7");
    EXPECT_EQ(client_of({"::ffff:203.0.113.7, ::ffff:10.0.0.1"}), "203.0.113.7");
}

TEST(ClientAddress, WhatTheClientItselfWroteToTheLeftIsNotBelieved) {
    EXPECT_EQ(client_of({"127.0.0.1, 203.0.113.7"}), "203.0.113.7");
    EXPECT_EQ(client_of({"198.51.100.1, 10.0.0.9, 203.0.113.7, 10.0.0.1"}), "203.0.113.7");
    EXPECT_EQ(client_of({"<script>, , unknown, 203.0.113.7"}), "203.0.113.7");
}

TEST(ClientAddress, SeveralHeadersAreOneListInOrder) {
    EXPECT_EQ(client_of({"198.51.100.1", "203.0.113.7"}), "203.0.113.7");
    EXPECT_EQ(client_of({"198.51.100.1, 203.0.113.7", "10.0.0.1"}), "203.0.113.7");
}

TEST(ClientAddress, IsThePeersWhenAProxySaysNoAddress) {
    for (std::string const line :
         {"", "unknown", "203.0.113.7:443", "[2001:db8::7]", "203.0.113.7,", "203.0.113.7,,10.0.0.1",
          "203.0.113.7, nonsense, 10.0.0.1", "app.example.com", "203.0.113.777"})
        EXPECT_EQ(client_of({line}), "127.0.0.1") << line;
    EXPECT_EQ(client_of({}), "127.0.0.1");
}

TEST(ClientAddress, IsTheFarthestWhereAllAreProxies) {
    EXPECT_EQ(client_of({"10.0.0.5, 10.0.0.1"}), "10.0.0.5");
}

TEST(ClientAddress, NoMoreEntriesAreLookedAtThanTheLimit) {
    auto const with_proxies = [](std::size_t count) {
        std::string line = "203.0.113.7";
        for (std::size_t i = 0; i < count; ++i) line += ",10.0.0.1";
        return line;
    };
    EXPECT_EQ(client_of({with_proxies(forwarded_entries_max - 1)}), "203.0.113.7");
    EXPECT_EQ(client_of({with_proxies(forwarded_entries_max)}), "127.0.0.1");
    std::string spoofed;
    for (int i = 0; i < 1000; ++i) spoofed += "198.51.100.1,";
    EXPECT_EQ(client_of({spoofed + "203.0.113.7"}), "203.0.113.7");
}

TEST(ClientAddress, OnlyListedAddressesAreTrusted) {
    EXPECT_TRUE(is_trusted("10.9.9.9", proxies));
    EXPECT_TRUE(is_trusted("::ffff:10.9.9.9", proxies));
    EXPECT_FALSE(is_trusted("203.0.113.7", proxies));
    EXPECT_FALSE(is_trusted("", proxies));
    EXPECT_FALSE(is_trusted("127.0.0.1", {}));
}

TEST(ClientAddress, AProxysHeadersAreRecognized) {
    for (std::string const name :
         {"X-Forwarded-For", "x-forwarded-proto", "X-FORWARDED-HOST", "Forwarded", "X-Real-IP", "Via"})
        EXPECT_TRUE(says_forwarded(std::vector<Header>{{"Host", "x"}, {name, ""}})) << name;
    EXPECT_FALSE(says_forwarded(std::vector<Header>{{"Host", "x"}, {"X-Forward", "1"}, {"Accept", "*/*"}}));
}

}  // namespace
}  // namespace mainstay::web
