#include "base/network.hpp"

#include <gtest/gtest.h>

namespace mainstay {
namespace {

bool is_within(std::string_view address, std::string_view network) {
    return Network::parse(network).value().contains(IpAddress::parse(address).value());
}

TEST(Network, EveryAddressHasOneSpelling) {
    auto const spelled = [](std::string_view text) { return IpAddress::parse(text).value().to_string(); };
    EXPECT_EQ(spelled("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(spelled("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(spelled("2001:0DB8:0:0::0001"), "2001:db8::1");
}

TEST(Network, WhatIsNotAnAddressIsNone) {
    for (std::string_view const text :
         {"", " ", "localhost", "192.0.2", "192.0.2.256", "192.0.2.1:80", "[::1]", "fe80::1%eth0", "192.0.2.01", "1:2",
          "192.0.2.1 ", "unknown", "_hidden", "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"})
        EXPECT_FALSE(IpAddress::parse(text)) << text;
    EXPECT_FALSE(IpAddress::parse(std::string_view("192.0.2.1\0", 10)));
}

TEST(Network, HoldsTheAddressesWhosePrefixIsItsOwn) {
    EXPECT_TRUE(is_within("10.255.0.1", "10.0.0.0/8"));
    EXPECT_FALSE(is_within("11.0.0.1", "10.0.0.0/8"));
    EXPECT_TRUE(is_within("172.31.9.9", "172.16.0.0/12"));
    EXPECT_FALSE(is_within("172.32.0.0", "172.16.0.0/12"));
    EXPECT_TRUE(is_within("::ffff:10.1.1.1", "10.0.0.0/8"));
    EXPECT_TRUE(is_within("2001:db8:7::1", "2001:db8::/32"));
    EXPECT_FALSE(is_within("2001:db9::1", "2001:db8::/32"));
    EXPECT_TRUE(is_within("192.0.2.1", "192.0.2.1"));
    EXPECT_FALSE(is_within("192.0.2.2", "192.0.2.1"));
    EXPECT_FALSE(is_within("::1", "0.0.0.0/0"));
    EXPECT_TRUE(is_within("203.0.113.7", "0.0.0.0/0"));
}

TEST(Network, APrefixThatTheAddressDoesNotHaveIsNone) {
    for (std::string_view const text :
         {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "::/129", "/8", "10/8"})
        EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(Network, KnowsThisMachine) {
    for (std::string_view const text : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(IpAddress::parse(text).value().is_loopback()) << text;
    for (std::string_view const text : {"128.0.0.1", "::", "::2", "10.0.0.1", "1::1"})
        EXPECT_FALSE(IpAddress::parse(text).value().is_loopback()) << text;
}

TEST(Network, ContainsANetworkThatIsNoWider) {
    auto const contains = [](std::string_view outer, std::string_view inner) {
        return Network::parse(outer)->contains(*Network::parse(inner));
    };
    EXPECT_TRUE(contains("10.0.0.0/8", "10.1.0.0/16"));
    EXPECT_TRUE(contains("10.0.0.0/8", "10.0.0.0/8"));
    EXPECT_TRUE(contains("10.0.0.0/8", "10.1.2.3"));
    EXPECT_TRUE(contains("::/0", "10.0.0.0/8"));
    EXPECT_FALSE(contains("10.1.0.0/16", "10.0.0.0/8"));
    EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0/16"));
    EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::/32"));
}

}  // namespace
}  // namespace mainstay
