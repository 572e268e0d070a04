#include "kernel/shared_state/redis_url.hpp"

#include <gtest/gtest.h>

namespace mainstay::shared_state {
namespace {

TEST(RedisUrl, EveryPartIsRead) {
    auto const url = RedisUrl::parse("rediss://mainstay:p%40ss%3aw%2Ford@redis.example.com:6380/3");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->is_tls);
    EXPECT_EQ(url->user, "mainstay");
    EXPECT_EQ(url->password, "p@ss:w/ord");
    EXPECT_EQ(url->host, "redis.example.com");
    EXPECT_EQ(url->port, 6380);
    EXPECT_EQ(url->database, 3);
}

TEST(RedisUrl, WhatIsNotSaidHasItsDefault) {
    auto const url = RedisUrl::parse("redis://localhost");
    ASSERT_TRUE(url);
    EXPECT_FALSE(url->is_tls);
    EXPECT_EQ(url->user + url->password, "");
    EXPECT_EQ(url->port, 6379);
    EXPECT_EQ(url->database, 0);
    EXPECT_EQ(RedisUrl::parse("redis://:secret@localhost/")->password, "secret");
}

TEST(RedisUrl, Ipv6StandsInBrackets) {
    auto const url = RedisUrl::parse("redis://[2001:db8::1]:7000/1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "2001:db8::1");
    EXPECT_EQ(url->port, 7000);
}

TEST(RedisUrl, AnythingElseIsNoUrlOfRedis) {
    for (char const* text : {"",
                             "redis",
                             "redis://",
                             "http://localhost",
                             "redis://localhost:0",
                             "redis://localhost:65536",
                             "redis://localhost:",
                             "redis://localhost:6379x",
                             "redis://localhost/x",
                             "redis://localhost/-1",
                             "redis://localhost/10000",
                             "redis://localhost/0?x=1",
                             "redis://user@localhost",
                             "redis://user:@localhost",
                             "redis://u:%zz@localhost",
                             "redis://[::1",
                             "redis://[x]",
                             "redis://[::1]6379",
                             "redis://a b",
                             "redis:///0",
                             "redis://::1",
                             " redis://localhost",
                             "redis://local\nhost",
                             "unix:///run/redis.sock"})
        EXPECT_FALSE(RedisUrl::parse(text)) << text;
}

}  // namespace
}  // namespace mainstay::shared_state
